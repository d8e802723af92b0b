"""Settings of the second shop: the demo's, with another shop in its place and nothing of the demo's own left.

It has the apps that docs/developers.md names and no more.
"""

from shop_demo.settings import *  # noqa: F403
from shop_demo.settings import INSTALLED_APPS, MIDDLEWARE, TEMPLATES

_not_asked_for = {"shop_demo", "django.contrib.postgres", "django.contrib.humanize", "drf_spectacular"}
INSTALLED_APPS = [app for app in INSTALLED_APPS if app not in _not_asked_for]
INSTALLED_APPS.insert(0, "tests.alt_store")
MIDDLEWARE = [path for path in MIDDLEWARE if not path.startswith("shop_demo.")]
_processors = [path for path in TEMPLATES[0]["OPTIONS"]["context_processors"] if not path.startswith("shop_demo.")]
TEMPLATES = [{**TEMPLATES[0], "DIRS": [], "OPTIONS": {"context_processors": _processors}}]
AUTH_USER_MODEL = "alt_store.Buyer"
LOGIN_URL = "/admin/login/"
ROOT_URLCONF = "tests.alt_store.urls"
STATICFILES_DIRS: list[str] = []
REST_FRAMEWORK: dict[str, str] = {}
RETAIL_AI_PRODUCT_MODEL = "alt_store.Article"
RETAIL_AI_PRODUCT_MIGRATION = "0002_article"
RETAIL_AI = {"STORE": "tests.alt_store.adapter.AltStore"}

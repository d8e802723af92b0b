"""Settings of the second shop: the demo's, with another shop in its place."""

from shop_demo.settings import *  # noqa: F403
from shop_demo.settings import INSTALLED_APPS

INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "shop_demo"]
INSTALLED_APPS.insert(0, "tests.alt_store")
AUTH_USER_MODEL = "alt_store.Buyer"
ROOT_URLCONF = "tests.alt_store.urls"
STATICFILES_DIRS: list[str] = []
RETAIL_AI_PRODUCT_MODEL = "alt_store.Article"
RETAIL_AI_PRODUCT_MIGRATION = "0002_article"
RETAIL_AI = {"STORE": "tests.alt_store.adapter.AltStore"}

"""Settings of the third shop: Oscar's own, a forked catalogue, and the lines that docs/developers.md asks for."""

import oscar
from oscar.defaults import *  # noqa: F403

from shop_demo.settings import *  # noqa: F403
from shop_demo.settings import BASE_DIR, MIDDLEWARE

FORKS = {"oscar.apps.catalogue.apps.CatalogueConfig": "tests.oscar_store.catalogue.apps.CatalogueConfig"}
INSTALLED_APPS = [FORKS.get(app, app) for app in oscar.INSTALLED_APPS]
INSTALLED_APPS += ["rest_framework", "retail_ai", "retail_ai.oscar"]
SITE_ID = 1
MIDDLEWARE = [path for path in MIDDLEWARE if not path.startswith("shop_demo.")] + [
    "oscar.apps.basket.middleware.BasketMiddleware"
]
AUTHENTICATION_BACKENDS = [
    "oscar.apps.customer.auth_backends.EmailBackend",
    "django.contrib.auth.backends.ModelBackend",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "tests" / "oscar_store" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.apps.search.context_processors.search_form",
                "oscar.apps.checkout.context_processors.checkout",
                "oscar.core.context_processors.metadata",
            ]
        },
    }
]
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"
OSCAR_DEFAULT_CURRENCY = "EUR"
OSCAR_INITIAL_ORDER_STATUS = "Pending"
OSCAR_ORDER_STATUS_PIPELINE = {"Pending": ("Complete", "Cancelled"), "Complete": (), "Cancelled": ("Pending",)}
OSCAR_ALLOW_ANON_CHECKOUT = True
ROOT_URLCONF = "tests.oscar_store.urls"
LOGIN_URL = "/admin/login/"
STATICFILES_DIRS: list[str] = []
REST_FRAMEWORK: dict[str, str] = {}
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
RETAIL_AI_PRODUCT_MODEL = "catalogue.Product"
RETAIL_AI = {"STORE": "tests.oscar_store.adapter.NewsletterStore"}

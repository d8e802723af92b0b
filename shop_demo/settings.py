"""Settings of the demo shop. Without DATABASE_URL and CELERY_BROKER_URL it uses the embedded services."""

import os
from pathlib import Path

import dj_database_url
from celery.schedules import crontab

BASE_DIR = Path(__file__).resolve().parent.parent
DEMO_DIR = Path(os.environ.get("RETAIL_AI_DEMO_DIR", BASE_DIR / ".demo"))

SECRET_KEY = os.environ.get("SECRET_KEY", "demo-only-not-a-secret")
DEBUG = os.environ.get("DEBUG", "1") == "1"
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "rest_framework",
    "drf_spectacular",
    "shop_demo",
    "retail_ai",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "shop_demo.middleware.content_security_policy",
]
ROOT_URLCONF = "shop_demo.urls"
WSGI_APPLICATION = "shop_demo.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shop_demo.context_processors.shop",
            ]
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgresql://postgres@localhost/retail_ai"), conn_max_age=60
    )
}
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "redis://localhost:6379/0")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "jobs of dead workers": {
        "task": "retail_ai.jobs.pick_up_stalled",
        "schedule": 60,
        "kwargs": {"older_than_seconds": 120},
    },
    "catalogue against the shop": {"task": "retail_ai.catalog.reconcile", "schedule": crontab(hour=2, minute=0)},
    "help pages for the assistant": {"task": "retail_ai.assistant.index", "schedule": crontab(hour=2, minute=30)},
    "recommendations": {"task": "retail_ai.recommendations.train", "schedule": crontab(hour=3, minute=0)},
    "order of searches": {"task": "retail_ai.catalog.learn_ranking", "schedule": crontab(hour=3, minute=30)},
    "what is popular": {"task": "retail_ai.recommendations.count_popular", "schedule": crontab(minute=10)},
    "demand": {"task": "retail_ai.inventory.nightly", "schedule": crontab(hour=4, minute=0)},
    "new stock alerts": {"task": "retail_ai.inventory.digest", "schedule": crontab(hour=7, minute=0)},
    "texts whose facts changed": {"task": "retail_ai.descriptions.flag_stale", "schedule": crontab(hour=4, minute=30)},
    "old jobs": {"task": "retail_ai.jobs.forget_old", "schedule": crontab(hour=5, minute=15)},
    "old events": {"task": "retail_ai.events.forget_old", "schedule": crontab(hour=5, minute=0)},
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "shop_demo" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = DEMO_DIR / "static"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "shop:account"
LOGOUT_REDIRECT_URL = "shop:home"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DEMO_DIR / "mail"
DEFAULT_FROM_EMAIL = "Northwind Demo <shop@example.com>"

REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}

RETAIL_AI_PRODUCT_MODEL = "shop_demo.Product"
RETAIL_AI = {
    "STORE": "shop_demo.adapter.DemoStore",
    "LANGUAGES": ["en", "zh-hans"],
    "SITE_URL": os.environ.get("SITE_URL", "http://localhost:8000"),
}

from django.apps import AppConfig


class AltStoreConfig(AppConfig):
    name = "tests.alt_store"
    label = "alt_store"
    default_auto_field = "django.db.models.BigAutoField"

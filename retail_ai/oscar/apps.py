"""Put "retail_ai.oscar" after Oscar's apps and "retail_ai" in INSTALLED_APPS."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetailAIOscarConfig(AppConfig):
    name = "retail_ai.oscar"
    label = "retail_ai_oscar"
    verbose_name = _("Retail AI")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from retail_ai.oscar.dashboard import add_entry
        from retail_ai.oscar.signals import connect

        connect()
        add_entry()

"""The Django app's entry. Connects checks and the shop's signals; loads no model weights."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetailAIConfig(AppConfig):
    name = "retail_ai"
    verbose_name = _("Retail AI")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from retail_ai import checks, checks_running  # noqa: F401
        from retail_ai.catalog.signals import connect as connect_catalog
        from retail_ai.descriptions.signals import connect as connect_descriptions
        from retail_ai.events.signals import connect as connect_events
        from retail_ai.jobs.registry import load_kinds

        load_kinds()
        connect_catalog()
        connect_descriptions()
        connect_events()

"""Events in the admin: to look at, not to change."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from retail_ai.events.models import Event
from retail_ai.lists import ReadOnlyAdmin


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The newest events; counting them all would be slow, so it is not done."""

    list_display = ("occurred_at", "kind", "customer", "product", "query", "slate", "source")
    list_filter = ("kind", "source")
    search_fields = ("query", "=order", "=visitor")
    list_select_related = ("customer", "product")
    empty_text = _("Nothing has happened yet. Visits are noted as they come; “retail_ai_backfill” reads older orders.")
    show_full_result_count = False

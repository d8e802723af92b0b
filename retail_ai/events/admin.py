"""Events in the admin: to look at, not to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from retail_ai.events.models import Event


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The newest events; counting them all would be slow, so it is not done."""

    list_display = ("occurred_at", "kind", "customer", "product", "query", "slate", "source")
    list_filter = ("kind", "source")
    list_select_related = ("customer", "product")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

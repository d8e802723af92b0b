"""Consents in the admin: to look up, not to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from retail_ai.privacy.models import Consent


@admin.register(Consent)
class ConsentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Who allowed what, and when."""

    list_display = ("occurred_at", "customer", "visitor", "purpose", "granted", "source")
    list_filter = ("purpose", "granted", "source")
    search_fields = ("visitor", "customer__email")
    list_select_related = ("customer",)
    date_hierarchy = "occurred_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

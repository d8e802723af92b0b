"""Filters of the reorder list: how urgent, and what was decided (open ones unless asked otherwise)."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from retail_ai.inventory.models import ReorderSuggestion


class UrgencyFilter(admin.SimpleListFilter):
    """By the days left until the order must go out."""

    title = _("urgency")
    parameter_name = "urgency"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("now", _("today or late")), ("week", _("within 7 days")), ("month", _("within 28 days"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        days = {"now": 0, "week": 7, "month": 28}.get(self.value() or "")
        return queryset if days is None else queryset.filter(order_by__lte=timezone.localdate() + timedelta(days=days))


class StateFilter(admin.SimpleListFilter):
    """Open suggestions by default."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("accepted", _("accepted")), ("dismissed", _("dismissed")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        first, *rest = list(super().choices(changelist))
        yield {**first, "display": _("open")}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        return queryset.filter(state=self.value() or ReorderSuggestion.State.OPEN)

"""Filters of the reorder list: how urgent, and what was decided (open ones unless asked otherwise)."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from retail_ai.inventory.models import ReorderSuggestion, Supplier

MOST_SUPPLIERS = 200


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
        names = ReorderSuggestion.State
        chosen = (names.POSTPONED, names.ACCEPTED, names.DISMISSED)
        return [*((state.value, state.label) for state in chosen), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        first, *rest = list(super().choices(changelist))
        yield {**first, "display": _("open")}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        return queryset.filter(state=self.value() or ReorderSuggestion.State.OPEN)


class SupplierFilter(admin.SimpleListFilter):
    """By supplier, and what has none."""

    title = _("supplier")
    parameter_name = "supplier"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        names = Supplier.objects.order_by("name").values_list("pk", "name")[:MOST_SUPPLIERS]
        return [*((str(pk), name) for pk, name in names), ("none", _("none named"))] if names else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value() or ""
        if value == "none":
            return queryset.filter(supplier=None)
        return queryset.filter(supplier=int(value)) if value.isdecimal() else queryset


class AlertStateFilter(StateFilter):
    """Open alerts by default."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("snoozed", _("snoozed")), ("dismissed", _("dismissed")), ("over", _("over")), ("all", _("all"))]

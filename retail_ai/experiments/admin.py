"""Experiments in the admin: made and switched here; what a running one compares stays as it is."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from retail_ai.experiments.models import Experiment


@admin.register(Experiment)
class ExperimentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Variants with their weights, and how many people met one."""

    list_display = ("key", "is_running", "people", "created_at")
    list_filter = ("is_running",)
    search_fields = ("key",)
    fields = ("key", "variants", "is_running", "created_at")
    empty_text = _('No experiment yet. Add one with variants such as {"red": 1, "blue": 1}.')

    def get_queryset(self, request: HttpRequest) -> QuerySet[Experiment]:
        queryset: QuerySet[Experiment] = super().get_queryset(request)
        return queryset.annotate(met=Count("exposures"))

    @admin.display(description=_("people"), ordering="met")
    def people(self, experiment: Any) -> int:
        return int(experiment.met)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Once people have met its variants, another key or other weights would give them other ones."""
        return ("key", "variants", "created_at") if obj is not None and obj.met else ("created_at",)

"""Filters of the drafts' list: what a person should look at before it goes live. They decide nothing."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from retail_ai.descriptions.bulk import clean_drafts
from retail_ai.descriptions.models import Draft


class LookAt(admin.SimpleListFilter):
    """Clean drafts, or those with a reason to read them first."""

    title = _("to look at")
    parameter_name = "clean"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [
            ("yes", _("nothing: may go live unread")),
            ("no", _("something")),
            ("unbacked", _("claims without a fact")),
            ("style", _("breaks the style guide")),
            ("contradicting", _("the catalogue contradicts itself")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Draft]) -> QuerySet[Draft]:
        narrowed = {
            "yes": lambda: queryset.filter(pk__in=clean_drafts().values("pk")),
            "no": lambda: queryset.exclude(pk__in=clean_drafts().values("pk")),
            "unbacked": lambda: queryset.filter(unsupported__gt=0),
            "style": lambda: queryset.exclude(style=[]),
            "contradicting": lambda: queryset.exclude(contradictions=[]),
        }.get(self.value() or "")
        return narrowed() if narrowed else queryset

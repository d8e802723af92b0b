"""Search in the admin: what was searched for, synonyms, arranged searches with a preview, and the words understood."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from retail_ai.catalog.reports import DAYS, VIEWS, as_csv, search_report, totals
from retail_ai.catalog.search import search_products
from retail_ai.catalog.search_models import CuratedQuery, CuratedResult, FacetValue, SearchLog, Synonym
from retail_ai.lists import ReadOnlyAdmin
from retail_ai.stores import get_store

Base = admin.ModelAdmin
PREVIEWED = 12


class Previewed:
    """Adds a page that shows what shoppers find now for a query, and links to it."""

    def get_urls(self) -> list[URLPattern]:
        name = self.model._meta.model_name  # type: ignore[attr-defined]
        view = self.admin_site.admin_view(self.preview_view)  # type: ignore[attr-defined]
        return [path("preview/", view, name=f"retail_ai_{name}_preview"), *super().get_urls()]  # type: ignore[misc]

    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """What a shopper finds for ``q`` at this moment, with the reason for each product."""
        query = request.GET.get("q", "")[:200]
        result = search_products(query, limit=PREVIEWED) if query.strip() else None
        store = get_store()
        rows = [(hit, store.facts(hit.product), hit.mark(str(hit.product))) for hit in result.hits] if result else []
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("What shoppers find"), "query": query, "result": result, "rows": rows,
            "opts": CuratedQuery._meta,
        }  # fmt: skip
        return TemplateResponse(request, "admin/retail_ai/search/preview.html", context)


@admin.register(Synonym)
class SynonymAdmin(Previewed, Base):  # type: ignore[type-arg]
    """Words that mean the same in this shop. They take effect with the next search."""

    list_display = ("phrase", "direction", "means", "language", "is_active", "preview")
    list_editable = ("is_active",)
    list_filter = ("direction", "language", "is_active")
    search_fields = ("phrase", "means")
    change_list_template = "admin/retail_ai/search/synonyms.html"
    empty_text = _("No synonyms yet. Add words that shoppers type and the shop does not use.")

    @admin.display(description=_("preview"))
    def preview(self, synonym: Synonym) -> str:
        return preview_link(synonym.phrase)


class CuratedResultInline(admin.TabularInline):  # type: ignore[type-arg]
    """Products to show first or to hide."""

    model = CuratedResult
    extra = 1
    raw_id_fields = ("product",)


@admin.register(CuratedQuery)
class CuratedQueryAdmin(Previewed, Base):  # type: ignore[type-arg]
    """Searches whose first results the owner chooses. They take effect with the next search."""

    list_display = ("query", "match", "pinned", "hidden", "is_active", "preview")
    list_editable = ("is_active",)
    list_filter = ("match", "is_active")
    search_fields = ("query", "note")
    inlines = (CuratedResultInline,)
    readonly_fields = ("preview",)
    change_list_template = "admin/retail_ai/search/curated.html"
    empty_text = _("No search is arranged yet. Add one to choose what it shows first, or hides.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CuratedQuery]:
        return super().get_queryset(request).prefetch_related("results")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"query": request.GET.get("query", "")[:200]}

    @admin.display(description=_("shown first"))
    def pinned(self, query: CuratedQuery) -> int:
        return sum(result.action == CuratedResult.Action.PIN for result in query.results.all())

    @admin.display(description=_("hidden"))
    def hidden(self, query: CuratedQuery) -> int:
        return sum(result.action == CuratedResult.Action.HIDE for result in query.results.all())

    @admin.display(description=_("preview"))
    def preview(self, query: CuratedQuery) -> str:
        return preview_link(query.query) if query.pk else "—"


def preview_link(query: str) -> str:
    """A link to what shoppers find for a query."""
    address = f"{reverse('admin:retail_ai_curatedquery_preview')}?{urlencode({'q': query})}"
    return format_html('<a href="{}">{}</a>', address, _("See what shoppers find"))


@admin.register(FacetValue)
class FacetValueAdmin(ReadOnlyAdmin):
    """The shop's own words. One that misleads ("Nothing" is a brand here) can be switched off."""

    list_display = ("value", "kind", "name", "entries", "aliases", "is_understood")
    list_editable = ("is_understood",)
    list_filter = ("kind", "is_understood")
    search_fields = ("value", "name")
    ordering = ("-entries", "value")
    fields = ("value", "kind", "name", "aliases", "entries", "is_understood")
    readonly_fields = fields
    show_full_result_count = False
    empty_text = _("No words are known yet. They are gathered while products are indexed.")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("retail_ai.change_facetvalue")


@admin.register(SearchLog)
class SearchLogAdmin(ReadOnlyAdmin):
    """The report of searches: those without result first, with volumes and clicks, also as CSV."""

    change_list_template = "admin/retail_ai/search/report.html"

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(self.export_view)
        return [path("export/", export, name="retail_ai_searchlog_export"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        days, view = _chosen(request)
        # Days and view are not the list's own parameters: it would refuse them.
        own = request.GET.copy()
        for name in ("days", "view"):
            own.pop(name, None)
        request.GET = own  # type: ignore[assignment]
        context = {
            "title": _("What shoppers search for"), "rows": search_report(days=days, view=view),
            "totals": totals(days), "days": days, "view": view, "all_days": DAYS, "views": VIEWS,
            "may_arrange": request.user.has_perm("retail_ai.add_curatedquery"),
            "may_add_synonym": request.user.has_perm("retail_ai.add_synonym"), **(extra_context or {}),
        }  # fmt: skip
        return super().changelist_view(request, context)

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """All rows of the report as CSV, with a byte-order mark so that spreadsheets read Chinese."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        days, view = _chosen(request)
        text = "\ufeff" + as_csv(search_report(days=days, view=view, limit=None))
        response = HttpResponse(text, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="searches-{view}-{days}-days.csv"'
        return response


def _chosen(request: HttpRequest) -> tuple[int, str]:
    """Days and view out of the address; what is unknown is the usual."""
    days = request.GET.get("days", "")
    view = request.GET.get("view", "")
    return (int(days) if days in map(str, DAYS) else 30), (view if view in VIEWS else "poor")

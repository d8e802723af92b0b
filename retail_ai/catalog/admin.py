"""The catalogue in the admin: entries to read, the state of the index, and buttons that bring it up to date."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from retail_ai.catalog import ranker_admin, search_admin  # noqa: F401 - registers their pages
from retail_ai.catalog.models import CatalogEntry, VectorSpace
from retail_ai.catalog.services import start_index_job
from retail_ai.catalog.spaces import active_space, drop_retired_spaces
from retail_ai.catalog.status import index_status
from retail_ai.exceptions import RetailAIError
from retail_ai.jobs.models import Job
from retail_ai.jobs.tasks import enqueue
from retail_ai.lists import ReadOnlyAdmin
from retail_ai.stores.admin import PanelLink, ProductAction, register_product_action, register_product_panel

MAY_INDEX = "retail_ai.change_catalogentry"


@admin.register(CatalogEntry)
class CatalogEntryAdmin(ReadOnlyAdmin):
    """What is known of each product, with the state of the index above the list."""

    list_display = ("product", "sku", "language", "indexed_at")
    list_filter = ("language", "indexed_at")
    search_fields = ("title", "sku")
    fields = ("product", "text", "terms", "language", "indexed_at")
    readonly_fields = fields
    list_select_related = ("product",)
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        index = path("index/", self.admin_site.admin_view(self.index_view), name="retail_ai_catalogentry_index")
        return [index, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"status": index_status(), "may_index": request.user.has_perm(MAY_INDEX), **(extra_context or {})}
        return super().changelist_view(request, context)

    def index_view(self, request: HttpRequest) -> HttpResponse:
        """Start an index job by POST and go to its page."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not request.user.has_perm(MAY_INDEX):
            raise PermissionDenied
        job = _start(request, full="full" in request.POST)
        if job is None:
            return HttpResponseRedirect(reverse("admin:retail_ai_catalogentry_changelist"))
        return HttpResponseRedirect(reverse("admin:retail_ai_job_change", args=[job.pk]))


@admin.register(VectorSpace)
class VectorSpaceAdmin(ReadOnlyAdmin):
    """The embedders whose vectors are held; those retired can be deleted."""

    list_display = ("identity", "state", "dimensions", "has_index", "created_at", "activated_at")
    list_filter = ("state",)
    empty_text = _("No embedder has been used yet. “Index now” on the page of catalogue entries makes a start.")
    actions = ("drop_retired",)
    fields = list_display
    readonly_fields = fields

    @admin.action(description=_("Delete the vectors of all retired embedders"), permissions=["drop"])
    def drop_retired(self, request: HttpRequest, queryset: QuerySet[VectorSpace]) -> None:
        count = drop_retired_spaces()
        text = ngettext("%(n)d retired space deleted.", "%(n)d retired spaces deleted.", count)
        messages.success(request, text % {"n": count})

    def has_drop_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("retail_ai.delete_vectorspace")


def _start(request: HttpRequest, products: QuerySet[Any] | None = None, *, full: bool = False) -> Job | None:
    try:
        job = start_index_job(started_by=request.user, products=products, full=full)
    except RetailAIError as error:
        messages.error(request, str(error))
        return None
    enqueue(job)
    return job


def _panel(request: HttpRequest, product: Any) -> list[PanelLink]:
    if not request.user.has_perm("retail_ai.view_catalogentry"):
        return []
    entry = CatalogEntry.objects.filter(pk=product.pk).only("indexed_at").first()
    if entry is None:
        return [PanelLink(_("Search index"), _("Not indexed yet: choose “Update index” in the product list."))]
    space = active_space()
    detail = _("Indexed %(time)s ago in %(space)s") % {"time": timesince(entry.indexed_at), "space": space or "—"}
    return [PanelLink(_("Search index"), detail, reverse("admin:retail_ai_catalogentry_change", args=[entry.pk]))]


register_product_action(ProductAction("retail_ai_update_index", _("Update index"), MAY_INDEX, _start))
register_product_panel("catalog", _panel)

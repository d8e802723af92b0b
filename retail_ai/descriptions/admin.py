"""Admin of drafts: the list and its bulk actions. Pages are in admin_views.py and review_views.py."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from retail_ai.descriptions import admin_views as views
from retail_ai.descriptions import guide_admin as _guide_admin  # noqa: F401 (registered on import, like the next)
from retail_ai.descriptions import product_admin as _product_admin  # noqa: F401
from retail_ai.descriptions import review_views
from retail_ai.descriptions import voice_admin as _voice_admin  # noqa: F401
from retail_ai.descriptions.admin_filters import LookAt
from retail_ai.descriptions.bulk import clean_drafts, publish_many, start_bulk_job, undo_many, why_not_clean
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.services import reject_draft
from retail_ai.exceptions import InvalidInput
from retail_ai.stores import get_store

# More than so many texts are published or taken back by a job.
AT_ONCE = 50


@admin.register(Draft)
class DraftAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Drafts that wait, are live, or were put aside. A draft opens on its review page."""

    list_display = ("what", "beginning", "field", "proof", "look_at", "state", "language", "created_at")
    list_filter = ("state", LookAt, "field", "language", "generator", "tone")
    search_fields = ("text",)
    list_select_related = ("product",)
    list_per_page = 50
    show_full_result_count = False
    empty_text = _("No drafts yet. Select products in the shop's list and choose “Generate descriptions”.")
    actions = ("publish_selected", "reject_selected", "undo_selected", "draft_anew")
    change_list_template = "admin/retail_ai/draft/change_list.html"

    @admin.display(description=_("product"), ordering="product")
    def what(self, draft: Draft) -> str:
        return str(draft.product)

    @admin.display(description=_("claims backed"), ordering="unsupported")
    def proof(self, draft: Draft) -> str:
        mark = "no" if draft.unsupported else "yes"
        return format_html('<span class="rai-proof-{}">{} / {}</span>', mark, draft.backed, len(draft.claims))

    @admin.display(description=_("text"))
    def beginning(self, draft: Draft) -> str:
        return draft.text[:120] + ("…" if len(draft.text) > 120 else "")

    @admin.display(description=_("to look at"))
    def look_at(self, draft: Draft) -> str:
        return why_not_clean(draft) or "–"

    @admin.action(description=_("Publish selected drafts (the clean ones)"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Draft]) -> HttpResponse | None:
        waiting = queryset.filter(state=Draft.State.DRAFT)
        if waiting.count() > AT_ONCE:
            return _in_job(request, "descriptions.publish", waiting)
        done, problems = publish_many(drafts=waiting.select_related("product"), reviewer=request.user)
        if done:
            text = ngettext("%d text is live now.", "%d texts are live now.", done) % done
            messages.success(request, text)
        _tell_problems(request, problems)
        if not done and not problems:
            messages.info(request, _("None of the selected texts waits for review."))
        return None

    @admin.action(description=_("Undo: put back what was live before selected texts"), permissions=["change"])
    def undo_selected(self, request: HttpRequest, queryset: QuerySet[Draft]) -> HttpResponse | None:
        live = queryset.filter(state__in=[Draft.State.PUBLISHED, Draft.State.STALE], published_at__isnull=False)
        if live.count() > AT_ONCE:
            return _in_job(request, "descriptions.undo", live)
        done, problems = undo_many(drafts=live.select_related("product"), reviewer=request.user)
        if done:
            text = ngettext("%d text was taken back.", "%d texts were taken back.", done) % done
            messages.success(request, text)
        _tell_problems(request, problems)
        if not done and not problems:
            messages.info(request, _("None of the selected texts is live."))
        return None

    @admin.action(description=_("Reject selected drafts"), permissions=["change"])
    def reject_selected(self, request: HttpRequest, queryset: QuerySet[Draft]) -> None:
        done = 0
        for draft in queryset:
            try:
                reject_draft(draft=draft, reviewer=request.user)
                done += 1
            except InvalidInput:
                continue
        messages.success(request, ngettext("%d draft rejected.", "%d drafts rejected.", done) % done)

    @admin.action(description=_("Draft the products of selected texts anew"), permissions=["change"])
    def draft_anew(self, request: HttpRequest, queryset: QuerySet[Draft]) -> HttpResponse:
        return views.choose(request, get_store().products().filter(pk__in=queryset.values("product")))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return review_views.review(self, request, object_id)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """With what can be done to many at once: publish the clean ones, draft the stale ones anew."""
        stale = Draft.objects.filter(state=Draft.State.STALE).values("product").distinct().count()
        more = {"clean_count": clean_drafts().count(), "stale_count": stale}
        return super().changelist_view(request, more | (extra_context or {}))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("write/", wrap(lambda request: views.write(self, request)), name="retail_ai_draft_write"),
            path("stale/", wrap(lambda request: views.write_stale(self, request)), name="retail_ai_draft_stale"),
            path("clean/", wrap(lambda request: views.publish_clean(self, request)), name="retail_ai_draft_clean"),
            path(
                "<int:pk>/check/",
                wrap(lambda request, pk: review_views.check(self, request, str(pk))),
                name="retail_ai_draft_check",
            ),
            path(
                "texts/<str:key>/",
                wrap(lambda request, key: views.texts(self, request, key)),
                name="retail_ai_draft_texts",
            ),
        ]
        return own + super().get_urls()

    class Media:
        css = {"all": ("retail_ai/descriptions/review.css",)}


def _in_job(request: HttpRequest, kind: str, drafts: QuerySet[Draft]) -> HttpResponse:
    """So many take a while: as a job they can be watched, and those that cannot be done are listed with reasons."""
    return views.to_job(request, start_bulk_job(kind=kind, drafts=drafts, started_by=request.user))


def _tell_problems(request: HttpRequest, problems: dict[str, str]) -> None:
    for problem in list(problems.values())[:5]:
        messages.warning(request, problem)
    if len(problems) > 5:
        messages.warning(request, _("… and %d more were left as they are.") % (len(problems) - 5))

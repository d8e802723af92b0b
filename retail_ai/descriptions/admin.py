"""Admin of drafts: list, bulk actions, and the links on a product's page. Pages are in admin_views.py."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from retail_ai.descriptions import admin_views as views
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.publishing import publish_many
from retail_ai.descriptions.selectors import waiting_of
from retail_ai.descriptions.services import reject_draft
from retail_ai.exceptions import InvalidInput
from retail_ai.stores import get_store
from retail_ai.stores.admin import PanelLink, ProductAction, register_product_action, register_product_panel


@admin.register(Draft)
class DraftAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Drafts that wait, are live, or were put aside. A draft opens on its review page."""

    list_display = ("what", "beginning", "field", "proof", "state", "language", "created_at")
    list_filter = ("state", "field", "language", "generator", "tone")
    search_fields = ("text",)
    list_select_related = ("product",)
    list_per_page = 50
    show_full_result_count = False
    empty_text = _("No drafts yet. Select products in the shop's list and choose “Generate descriptions”.")
    actions = ("publish_selected", "reject_selected", "draft_anew")

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

    @admin.action(description=_("Publish selected drafts (all claims backed)"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Draft]) -> None:
        waiting = queryset.filter(state=Draft.State.DRAFT).select_related("product")
        done, problems = publish_many(drafts=waiting.iterator(), reviewer=request.user)
        if done:
            text = ngettext("%d text is live now.", "%d texts are live now.", done) % done
            messages.success(request, text)
        for problem in problems[:5]:
            messages.warning(request, problem)
        if len(problems) > 5:
            messages.warning(request, _("… and %d more were left as they are.") % (len(problems) - 5))
        if not done and not problems:
            messages.info(request, _("None of the selected texts waits for review."))

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
        return views.review(self, request, object_id)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("write/", wrap(lambda request: views.write(self, request)), name="retail_ai_draft_write"),
            path(
                "texts/<str:key>/",
                wrap(lambda request, key: views.texts(self, request, key)),
                name="retail_ai_draft_texts",
            ),
        ]
        return own + super().get_urls()

    class Media:
        css = {"all": ("retail_ai/descriptions/review.css",)}


def _panel(request: HttpRequest, product: Any) -> list[PanelLink]:
    """Lines on the product's admin page: what waits, and the history."""
    if not request.user.has_perm("retail_ai.view_draft"):
        return []
    lines = []
    for draft in waiting_of(product):
        if draft.unsupported:
            detail = _("waiting, %(bad)d of %(all)d claims without a fact: review") % {
                "bad": draft.unsupported, "all": len(draft.claims)
            }  # fmt: skip
        else:
            detail = _("waiting, %(all)d claims, all backed: review") % {"all": len(draft.claims)}
        label = _("Draft of %(field)s (%(language)s)") % {
            "field": draft.get_field_display(),
            "language": draft.language,
        }
        lines.append(PanelLink(label, detail, reverse("admin:retail_ai_draft_change", args=[draft.pk])))
    if Draft.objects.filter(product=product).exists():
        url = reverse("admin:retail_ai_draft_texts", args=[product.pk])
        lines.append(PanelLink(_("Texts of this product"), _("every version, with undo"), url))
    return lines


register_product_panel("descriptions", _panel)
register_product_action(
    ProductAction("retail_ai_describe", _("Generate descriptions"), "retail_ai.change_draft", views.choose)
)

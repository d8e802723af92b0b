"""What descriptions add to the shop's own product admin: the action, and lines on a product's page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from retail_ai.descriptions import admin_views as views
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.selectors import waiting_of
from retail_ai.stores.admin import PanelLink, ProductAction, register_product_action, register_product_panel


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

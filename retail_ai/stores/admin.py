"""Adds the app's actions and result links to the shop's own product admin, keeping the shop's own actions.

The rooms register what they offer; this module knows none of them.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class ProductAction:
    """An action on selected products. ``start`` returns the Job that it enqueued, or a page to show next."""

    name: str
    label: Text
    permission: str
    start: Callable[[HttpRequest, QuerySet[Any]], Any]


@dataclass(frozen=True, slots=True)
class PanelLink:
    """A line on the product's admin page: what there is (``detail``) and where to see it."""

    label: Text
    detail: Text
    url: str = ""


Panel = Callable[[HttpRequest, Any], list[PanelLink]]
_actions: dict[str, ProductAction] = {}
_panels: dict[str, Panel] = {}
_request: ContextVar[HttpRequest] = ContextVar("retail_ai_product_admin_request")


def register_product_action(action: ProductAction) -> None:
    """Offer an action on every product changelist that uses the mixin."""
    _actions[action.name] = action


def product_action(name: str) -> ProductAction | None:
    """The action registered under a name, so that one room may hand products to another it does not know."""
    return _actions.get(name)


def product_actions() -> list[ProductAction]:
    """All that the rooms offer, for menus other than the Django admin's."""
    return list(_actions.values())


def register_product_panel(name: str, panel: Panel) -> None:
    """Show lines about a product on its admin page."""
    _panels[name] = panel


class RetailAIProductAdminMixin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Put it before ModelAdmin: ``class ProductAdmin(RetailAIProductAdminMixin, admin.ModelAdmin)``."""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        if "_popup" in request.GET:
            return actions
        for action in _actions.values():
            if request.user.has_perm(action.permission):
                actions[action.name] = (_runner(action), action.name, action.label)
        return actions

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        _request.set(request)
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "retail_ai_panel") if obj is not None else fields

    @admin.display(description=_("Retail AI"))
    def retail_ai_panel(self, product: Any) -> str:
        lines = [line for panel in _panels.values() for line in panel(_request.get(), product)]
        if not lines:
            return str(_("Nothing yet. Select the product in the list and choose an action."))
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((_line(line),) for line in lines)))


def _line(line: PanelLink) -> str:
    if line.url:
        return format_html('<a href="{}">{}</a> — {}', line.url, line.label, line.detail)
    return format_html("{} — {}", line.label, line.detail)


def run_action(action: ProductAction, request: HttpRequest, products: QuerySet[Any]) -> HttpResponse | None:
    """Start it; the answer leads to its job, or is the page that it shows next."""
    result = action.start(request, products)
    if isinstance(result, HttpResponse) or result is None:
        return result
    messages.success(request, _("Started: %(job)s") % {"job": result})
    return HttpResponseRedirect(reverse("admin:retail_ai_job_change", args=[result.pk]))


def _runner(action: ProductAction) -> Callable[..., HttpResponse | None]:
    def run(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return run_action(action, request, queryset)

    return run

"""Admin of the inventory room: forecasts and their page, stock by day, product action and panel; more beside."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from retail_ai.exceptions import MissingPackage
from retail_ai.inventory.alert_admin import StockAlertAdmin
from retail_ai.inventory.models import Forecast, StockSnapshot
from retail_ai.inventory.pages import forecast_context
from retail_ai.inventory.purchase_admin import PurchaseOrderAdmin
from retail_ai.inventory.reorder_admin import ReorderSuggestionAdmin
from retail_ai.inventory.selectors import advice_for, advice_line, latest_forecasts, product_search_fields
from retail_ai.inventory.services import start_forecast_job
from retail_ai.inventory.stock_admin import SavedScenarioAdmin, StockPlanAdmin
from retail_ai.inventory.supplier_admin import SupplierAdmin, SupplierPolicyAdmin
from retail_ai.inventory.totals_page import totals_context
from retail_ai.jobs.tasks import enqueue
from retail_ai.lists import ReadOnlyAdmin
from retail_ai.stores import get_store
from retail_ai.stores.admin import PanelLink, ProductAction, register_product_action, register_product_panel

__all__ = [
    "ForecastAdmin", "PurchaseOrderAdmin", "ReorderSuggestionAdmin", "SavedScenarioAdmin", "StockAlertAdmin",
    "StockPlanAdmin", "StockSnapshotAdmin", "SupplierAdmin", "SupplierPolicyAdmin",
]  # fmt: skip


@admin.register(StockSnapshot)
class StockSnapshotAdmin(ReadOnlyAdmin):
    """Stock by day, to look at; the nightly task writes it."""

    list_display = ["product", "day", "quantity", "price"]
    list_select_related = ["product"]
    date_hierarchy = "day"
    empty_text = _("No stock was noted yet. The nightly task and each forecast write the stock of the day.")

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return product_search_fields()


@admin.register(Forecast)
class ForecastAdmin(ReadOnlyAdmin):
    """Each product's newest forecast; a row opens the plot."""

    list_display = ["product", "rate", "method", "own_error", "naive", "verdict", "made"]
    list_filter = ["method"]
    list_per_page = 50
    empty_text = _("No forecast has been made yet. Choose “Forecast demand” in the list of products.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Forecast]:
        return latest_forecasts()

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return product_search_fields()

    @admin.display(description=_("a week"))
    def rate(self, forecast: Forecast) -> str:
        return f"{sum(forecast.mean) / max(1, len(forecast.mean)):.1f}"

    @admin.display(description=_("forecast error"), ordering="error")
    def own_error(self, forecast: Forecast) -> str:
        return "—" if forecast.error is None else f"{forecast.error:.2f}"

    @admin.display(description=_("error of the naive forecast"), ordering="naive_error")
    def naive(self, forecast: Forecast) -> str:
        return "—" if forecast.naive_error is None else f"{forecast.naive_error:.2f}"

    @admin.display(description=_("better than naive"), boolean=True)
    def verdict(self, forecast: Forecast) -> bool | None:
        return None if forecast.error is None else forecast.beats_naive

    @admin.display(description=_("made"), ordering="run__created_at")
    def made(self, forecast: Forecast) -> Any:
        return forecast.run.created_at

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(self.of_product)
        totals = self.admin_site.admin_view(self.totals)
        return [
            path("of/<str:product>/", view, name="retail_ai_product_forecast"),
            path("totals/", totals, name="retail_ai_forecast_totals"),
            *super().get_urls(),
        ]

    def totals(self, request: HttpRequest) -> HttpResponse:
        """The shop and its categories, and whether they are the sums of their products."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {**self.admin_site.each_context(request), **totals_context(request.GET), "opts": self.opts}
        return TemplateResponse(request, "retail_ai/inventory/totals.html", context)

    def of_product(self, request: HttpRequest, product: str) -> HttpResponse:
        """To a product's newest forecast, whose key changes every night."""
        try:
            found = latest_forecasts([get_store().product_model._meta.pk.to_python(product)]).first()
        except (ValidationError, ValueError):
            found = None
        if found is None:
            return HttpResponseRedirect(reverse("admin:retail_ai_forecast_changelist"))
        return HttpResponseRedirect(reverse("admin:retail_ai_forecast_change", args=[found.pk]))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The plot page in place of a form."""
        forecast = self.get_object(request, object_id)
        if forecast is None or not self.has_view_permission(request, forecast):
            return super().change_view(request, object_id, form_url, extra_context)
        context = {**self.admin_site.each_context(request), **forecast_context(forecast), "opts": self.opts}
        return TemplateResponse(request, "retail_ai/inventory/forecast.html", context)


def start_action(request: HttpRequest, products: QuerySet[Any]) -> Any:
    """The product list's "Forecast demand"."""
    try:
        job = start_forecast_job(products=products, started_by=request.user)
    except MissingPackage as error:
        messages.error(request, str(error))
        return None
    enqueue(job)
    return job


def panel(request: HttpRequest, product: Any) -> list[PanelLink]:
    """The line on a product's page: what it sells and what to order."""
    if not request.user.has_perm("retail_ai.view_forecast"):
        return []
    forecast = latest_forecasts([product.pk]).first()
    if forecast is None:
        return []
    advice = advice_for([forecast]).get(product.pk)
    detail = advice_line(advice, timezone.localdate()) if advice else _("stock is not counted")
    return [PanelLink(_("Forecast"), detail, reverse("admin:retail_ai_forecast_change", args=[forecast.pk]))]


register_product_action(
    ProductAction("retail_ai_forecast", _("Forecast demand"), "retail_ai.add_forecastrun", start_action)
)
register_product_panel("inventory", panel)

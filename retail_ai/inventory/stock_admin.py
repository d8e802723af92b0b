"""Stock plans in the admin: every product's cover and risk, what there is too much of, and handing that to others."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from retail_ai.inventory.filters import SupplierFilter
from retail_ai.inventory.models import SavedScenario, StockPlan
from retail_ai.inventory.money_cells import amount
from retail_ai.inventory.scenario_views import rows_of
from retail_ai.inventory.selectors import latest_forecasts, product_search_fields
from retail_ai.inventory.sheets import sku_of, write
from retail_ai.inventory.stock_cells import StockCells
from retail_ai.inventory.typed import csv_response
from retail_ai.lists import ReadOnlyAdmin
from retail_ai.stores import get_store
from retail_ai.stores.admin import product_action

COLUMNS = ("product", "sku", "status", "stock", "on order", "sells a week", "days of cover", "too many", "tied up",
           "currency", "remedy", "discount")  # fmt: skip


@admin.register(StockPlan)
class StockPlanAdmin(StockCells, ReadOnlyAdmin):
    """One row a product, written with each forecast."""

    list_display = [
        "product_link", "status", "in_stock", "rate", "cover", "chance", "order_by", "too_many", "tied_up", "advice",
    ]  # fmt: skip
    list_display_links = None
    list_filter = ["status", "remedy", SupplierFilter]
    list_select_related = ["product", "supplier"]
    list_per_page = 50
    actions = ["to_audience", "to_campaign", "to_boosts", "export_csv"]
    empty_text = gettext_lazy("No plan yet. Plans are written with each forecast; start one from the reorder list.")

    class Media:
        css = {"all": ["retail_ai/inventory/inventory.css"]}

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return product_search_fields()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        sums = StockPlan.objects.aggregate(units=Sum("surplus_units"), value=Sum("surplus_value"))
        extra = {"title": _("Stock plan"), "surplus_units": sums["units"] or 0, "surplus_value": amount(sums["value"])}
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A plan's page is its product's forecast."""
        from django.http import HttpResponseRedirect

        plan = self.get_object(request, object_id)
        if plan is None or not self.has_view_permission(request, plan):
            return super().change_view(request, object_id, form_url, extra_context)
        found = latest_forecasts([plan.product_id]).first()
        page = ("forecast_change", [found.pk]) if found else ("stockplan_changelist", [])
        return HttpResponseRedirect(reverse(f"admin:retail_ai_{page[0]}", args=page[1]))

    @admin.display(description=gettext_lazy("product"), ordering="product")
    def product_link(self, plan: StockPlan) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:retail_ai_stockplan_change", args=[plan.pk]), plan.product
        )

    @admin.display(description=gettext_lazy("chance of running out"), ordering="risk")
    def chance(self, plan: StockPlan) -> str:
        return f"{plan.risk * 100:.0f} %"

    @admin.display(description=gettext_lazy("too many"), ordering="surplus_units")
    def too_many(self, plan: StockPlan) -> str:
        return f"{plan.surplus_units:.0f}" if plan.surplus_units else "—"

    @admin.display(description=gettext_lazy("tied up in them"), ordering="surplus_value")
    def tied_up(self, plan: StockPlan) -> str:
        return amount(plan.surplus_value)

    @admin.display(description=gettext_lazy("what to do"), ordering="remedy")
    def advice(self, plan: StockPlan) -> str:
        return remedy_text(plan)

    @admin.action(description=gettext_lazy("Add to campaign"), permissions=["view"])
    def to_campaign(self, request: HttpRequest, plans: QuerySet[StockPlan]) -> Any:
        """Hand the products to the campaigns, where those are installed and this person may change them."""
        return _hand_over("retail_ai_campaign", request, plans, _("You may not change campaigns."))

    @admin.action(description=gettext_lazy("Draft a campaign to who would want it"), permissions=["view"])
    def to_audience(self, request: HttpRequest, plans: QuerySet[StockPlan]) -> Any:
        """A segment of who would want these products, and a campaign's draft that features them."""
        return _hand_over("retail_ai_wanted", request, plans, _("You may not add campaigns."))

    @admin.action(description=gettext_lazy("Show it more in recommendations for 30 days"), permissions=["view"])
    def to_boosts(self, request: HttpRequest, plans: QuerySet[StockPlan]) -> Any:
        """A boost rule for each product, that ends by itself."""
        return _hand_over("retail_ai_boost", request, plans, _("You may not add slate rules."))

    @admin.action(description=gettext_lazy("Export as CSV"), permissions=["view"])
    def export_csv(self, request: HttpRequest, plans: QuerySet[StockPlan]) -> HttpResponse:
        rows = (
            (plan.product, sku_of(plan.product), plan.status, plan.stock, plan.on_order, plan.weekly_demand,
             plan.days_of_cover, plan.surplus_units, plan.surplus_value, get_store().currency, plan.remedy,
             plan.discount)
            for plan in plans.select_related("product")
        )  # fmt: skip
        return csv_response(write(COLUMNS, rows), f"stock-{timezone.localdate()}")


def _hand_over(name: str, request: HttpRequest, plans: QuerySet[StockPlan], refusal: str) -> Any:
    """Start another room's action on the plans' products."""
    action = product_action(name)
    if action is None or not request.user.has_perm(action.permission):
        messages.error(request, refusal)
        return None
    return action.start(request, get_store().products().filter(pk__in=plans.values("product")))


def remedy_text(plan: StockPlan) -> str:
    """What to do about a surplus, in words."""
    if plan.remedy == StockPlan.Remedy.MARKDOWN and plan.discount:
        return _("%(n)d %% off") % {"n": round(plan.discount * 100)}
    return {
        StockPlan.Remedy.NONE: "—",
        StockPlan.Remedy.FEATURE: _("show it more"),
        StockPlan.Remedy.MARKDOWN: _("lower the price"),
        StockPlan.Remedy.CLEAR: _("clear it out"),
    }[StockPlan.Remedy(plan.remedy)]


@admin.register(SavedScenario)
class SavedScenarioAdmin(ReadOnlyAdmin):
    """Scenarios that somebody kept, as they came out on that day."""

    list_display = ["name", "products", "created_at", "created_by"]
    search_fields = ["name"]
    list_select_related = ["created_by"]
    empty_text = gettext_lazy("No scenario was kept yet. Work one out on the “What if” page of the reorder list.")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What a person kept, a person may throw away."""
        return bool(request.user.has_perm("retail_ai.delete_savedscenario")) if request is not None else False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        scenario = self.get_object(request, object_id)
        if scenario is None or not self.has_view_permission(request, scenario):
            return super().change_view(request, object_id, form_url, extra_context)
        plans = [scenario.result.get(plan) for plan in ("present", "unprepared", "prepared")]
        context = {
            **self.admin_site.each_context(request), "title": str(scenario), "scenario": scenario, "opts": self.opts,
            "rows": rows_of(plans) if all(plans) else [],
        }  # fmt: skip
        return TemplateResponse(request, "retail_ai/inventory/saved_scenario.html", context)

"""URLs of the inventory room."""

from django.urls import path

from retail_ai.inventory.api import AlertList, ForecastList, PurchaseOrderList, ReorderList, StockPlanList
from retail_ai.inventory.api_actions import AlertDecision, PurchaseOrderStep, ReorderDecision, ScenarioView

urlpatterns = [
    path("api/inventory/forecasts", ForecastList.as_view(), name="api_forecasts"),
    path("api/inventory/reorders", ReorderList.as_view(), name="api_reorders"),
    path("api/inventory/reorders/decide", ReorderDecision.as_view(), name="api_reorders_decide"),
    path("api/inventory/stock", StockPlanList.as_view(), name="api_stock"),
    path("api/inventory/alerts", AlertList.as_view(), name="api_alerts"),
    path("api/inventory/alerts/decide", AlertDecision.as_view(), name="api_alerts_decide"),
    path("api/inventory/purchase-orders", PurchaseOrderList.as_view(), name="api_purchase_orders"),
    path("api/inventory/purchase-orders/<int:pk>/step", PurchaseOrderStep.as_view(), name="api_purchase_order_step"),
    path("api/inventory/scenario", ScenarioView.as_view(), name="api_scenario"),
]

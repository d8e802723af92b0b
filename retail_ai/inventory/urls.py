"""URLs of the inventory room."""

from django.urls import path

from retail_ai.inventory.api import ForecastList, ReorderList

urlpatterns = [
    path("api/inventory/forecasts", ForecastList.as_view(), name="api_forecasts"),
    path("api/inventory/reorders", ReorderList.as_view(), name="api_reorders"),
]

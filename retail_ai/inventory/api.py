"""Read-only API of the inventory room, for staff who may see the tables: newest forecasts and reorder suggestions."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import generics, serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from retail_ai.inventory.models import Forecast, ReorderSuggestion
from retail_ai.inventory.selectors import latest_forecasts
from retail_ai.stores import get_store
from retail_ai.throttling import throttle


class MayView(BasePermission):
    """Staff with the view permission on the table; nobody else."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user = request.user
        return bool(user and user.is_active and user.is_staff and user.has_perm(view.permission))


class Pages(PageNumberPagination):
    """100 rows a page."""

    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 500


class ForecastSerializer(serializers.ModelSerializer[Forecast]):
    """A product's newest forecast; lists run from the run's first week on."""

    origin = serializers.DateField(source="run.origin")

    class Meta:
        model = Forecast
        fields = [
            "product", "origin", "method", "mean", "lower80", "upper80", "lower95", "upper95", "error", "naive_error",
        ]  # fmt: skip


class ReorderSerializer(serializers.ModelSerializer[ReorderSuggestion]):
    """A suggestion with the figures it rests on."""

    class Meta:
        model = ReorderSuggestion
        fields = [
            "id", "product", "state", "quantity", "order_by", "days_of_cover", "weekly_demand", "stock", "on_order",
            "reorder_point", "safety_stock", "lead_time_days", "cost", "due_on",
        ]  # fmt: skip


class InventoryList(generics.ListAPIView[Any]):
    """What the lists share; ``?product=`` narrows to one product."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [MayView]
    throttle_classes = [throttle("inventory")]
    pagination_class = Pages

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        product = self.request.query_params.get("product")
        if product is None:
            return queryset
        try:
            key = get_store().product_model._meta.pk.to_python(product)
        except Exception as error:
            raise serializers.ValidationError({"product": "not a product's key"}) from error
        return queryset.filter(product_id=key)


class ForecastList(InventoryList):
    """GET inventory/forecasts."""

    serializer_class = ForecastSerializer
    permission = "retail_ai.view_forecast"
    queryset = Forecast.objects.none()

    def get_queryset(self) -> QuerySet[Forecast]:
        return latest_forecasts().order_by("product_id")


class ReorderList(InventoryList):
    """GET inventory/reorders: open ones, or those in ``?state=``."""

    serializer_class = ReorderSerializer
    permission = "retail_ai.view_reordersuggestion"
    queryset = ReorderSuggestion.objects.none()

    def get_queryset(self) -> QuerySet[ReorderSuggestion]:
        state = self.request.query_params.get("state", ReorderSuggestion.State.OPEN)
        return ReorderSuggestion.objects.filter(state=state)

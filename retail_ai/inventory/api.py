"""Read-only API of the inventory room, for staff who may see the tables: forecasts, reorder suggestions, stock plans,
alerts. What changes something is in api_actions.py."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from retail_ai.inventory.digest import sentence
from retail_ai.inventory.models import Forecast, PurchaseOrder, ReorderSuggestion, StockAlert, StockPlan
from retail_ai.inventory.selectors import latest_forecasts
from retail_ai.stores import get_store
from retail_ai.throttling import throttle


class MayView(BasePermission):
    """Staff with the view's permission; nobody else."""

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
            "id", "product", "supplier", "state", "quantity", "order_by", "days_of_cover", "weekly_demand", "stock",
            "on_order", "reorder_point", "safety_stock", "lead_time_days", "service_level", "risk", "lost_units",
            "lost_value", "cost", "currency", "due_on", "postponed_until",
        ]  # fmt: skip


class StockPlanSerializer(serializers.ModelSerializer[StockPlan]):
    """How a product's stock stands."""

    class Meta:
        model = StockPlan
        fields = [
            "product", "status", "stock", "on_order", "weekly_demand", "days_of_cover", "reorder_point", "order_by",
            "risk", "surplus_units", "surplus_value", "remedy", "discount", "updated_at",
        ]  # fmt: skip


class AlertSerializer(serializers.ModelSerializer[StockAlert]):
    """An alert with the sentence that people read."""

    text = serializers.SerializerMethodField()

    class Meta:
        model = StockAlert
        fields = ["id", "kind", "state", "product", "order", "text", "at_stake", "first_seen", "snoozed_until"]

    def get_text(self, alert: StockAlert) -> str:
        return sentence(alert)


class LineSerializer(serializers.Serializer[Any]):
    """A line of a purchase order."""

    id = serializers.IntegerField(source="pk")
    product = serializers.CharField(source="product_id")
    article = serializers.CharField()
    quantity = serializers.IntegerField()
    received = serializers.IntegerField()
    unit_cost = serializers.DecimalField(max_digits=12, decimal_places=4, allow_null=True)


class PurchaseOrderSerializer(serializers.ModelSerializer[PurchaseOrder]):
    """A purchase order with its lines."""

    number = serializers.CharField(read_only=True)
    lines = LineSerializer(many=True, read_only=True)

    class Meta:
        model = PurchaseOrder
        fields = ["id", "number", "supplier", "state", "currency", "expected_on", "ordered_at", "note", "lines"]


def product_key(text: Any) -> Any:
    """A product's key as the shop has it. Raises the serializers' error for what is none."""
    try:
        return get_store().product_model._meta.pk.to_python(text)
    except (ValidationError, ValueError, TypeError) as error:
        raise serializers.ValidationError({"product": "not a product's key"}) from error


class InventoryList(generics.ListAPIView[Any]):
    """What the lists share; ``?product=`` narrows to one product."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [MayView]
    throttle_classes = [throttle("inventory")]
    pagination_class = Pages

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        product = self.request.query_params.get("product")
        return queryset if product is None else queryset.filter(product_id=product_key(product))

    def chosen(self, name: str, choices: list[str], default: str = "") -> str:
        """A query parameter that must be one of the choices."""
        value = self.request.query_params.get(name, default)
        if value and value not in choices:
            raise serializers.ValidationError({name: f"one of {', '.join(choices)}"})
        return value


PRODUCT = OpenApiParameter("product", str, description="Only this product.")


@extend_schema(parameters=[PRODUCT])
class ForecastList(InventoryList):
    """GET inventory/forecasts."""

    serializer_class = ForecastSerializer
    permission = "retail_ai.view_forecast"
    queryset = Forecast.objects.none()

    def get_queryset(self) -> QuerySet[Forecast]:
        return latest_forecasts().order_by("product_id")


@extend_schema(parameters=[PRODUCT, OpenApiParameter("state", str, description="open unless said otherwise.")])
class ReorderList(InventoryList):
    """GET inventory/reorders: open ones, or those in ``?state=``."""

    serializer_class = ReorderSerializer
    permission = "retail_ai.view_reordersuggestion"
    queryset = ReorderSuggestion.objects.none()

    def get_queryset(self) -> QuerySet[ReorderSuggestion]:
        state = self.chosen("state", ReorderSuggestion.State.values, ReorderSuggestion.State.OPEN)
        return ReorderSuggestion.objects.filter(state=state)


@extend_schema(parameters=[PRODUCT, OpenApiParameter("status", str, description="out, short, ok, excess or dead.")])
class StockPlanList(InventoryList):
    """GET inventory/stock: how every product's stock stands; ``?status=excess`` is what there is too much of."""

    serializer_class = StockPlanSerializer
    permission = "retail_ai.view_stockplan"
    queryset = StockPlan.objects.none()

    def get_queryset(self) -> QuerySet[StockPlan]:
        rows = StockPlan.objects.order_by("pk")
        status = self.chosen("status", StockPlan.Status.values)
        return rows.filter(status=status) if status else rows


@extend_schema(parameters=[PRODUCT, OpenApiParameter("state", str, description="open unless said otherwise.")])
class AlertList(InventoryList):
    """GET inventory/alerts: open ones, or those in ``?state=``."""

    serializer_class = AlertSerializer
    permission = "retail_ai.view_stockalert"
    queryset = StockAlert.objects.none()

    def get_queryset(self) -> QuerySet[StockAlert]:
        state = self.chosen("state", StockAlert.State.values, StockAlert.State.OPEN)
        return StockAlert.objects.filter(state=state).select_related("product", "order")


@extend_schema(parameters=[OpenApiParameter("state", str, description="Only orders in this state.")])
class PurchaseOrderList(InventoryList):
    """GET inventory/purchase-orders, newest first."""

    serializer_class = PurchaseOrderSerializer
    permission = "retail_ai.view_purchaseorder"
    queryset = PurchaseOrder.objects.none()

    def get_queryset(self) -> QuerySet[PurchaseOrder]:
        rows = PurchaseOrder.objects.prefetch_related("lines")
        state = self.chosen("state", PurchaseOrder.State.values)
        return rows.filter(state=state) if state else rows

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        product = self.request.query_params.get("product")
        return queryset if product is None else queryset.filter(lines__product=product_key(product)).distinct()

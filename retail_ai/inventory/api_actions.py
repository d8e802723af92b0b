"""API that changes something in the inventory room: decisions, steps of purchase orders, alerts; and scenarios, which
change nothing unless asked to be kept. Each needs the permission to change the table."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from retail_ai.engine.scenarios import Scenario
from retail_ai.exceptions import RetailAIError
from retail_ai.inventory.alerts import reopen_alerts, set_aside
from retail_ai.inventory.api import MayView, PurchaseOrderSerializer, product_key
from retail_ai.inventory.models import PurchaseOrder, ReorderSuggestion, Supplier
from retail_ai.inventory.purchase_drafts import change_lines
from retail_ai.inventory.purchase_mail import send_order
from retail_ai.inventory.purchasing import cancel, mark_ordered, receive, receive_all, undo
from retail_ai.inventory.reorders import decide, reopen
from retail_ai.inventory.scenario_views import describe
from retail_ai.inventory.whatif import chosen_forecasts, compare, save_scenario
from retail_ai.parsing import PARSERS
from retail_ai.throttling import throttle

MOST_AT_ONCE = 1000
State = ReorderSuggestion.State
VERBS = {"accept": State.ACCEPTED, "postpone": State.POSTPONED, "dismiss": State.DISMISSED}


class Ids(serializers.Serializer[Any]):
    """Which rows."""

    ids = serializers.ListField(child=serializers.IntegerField(min_value=1), min_length=1, max_length=MOST_AT_ONCE)


class DecisionSerializer(Ids):
    """What to do with suggestions; ``quantities`` by id overrule the advised ones."""

    decision = serializers.ChoiceField(["accept", "postpone", "dismiss", "reopen"])
    quantities = serializers.DictField(child=serializers.IntegerField(), required=False)
    until = serializers.DateField(required=False, allow_null=True)


class AlertDecisionSerializer(Ids):
    """What to do with alerts."""

    decision = serializers.ChoiceField(["snooze", "dismiss", "reopen"])
    until = serializers.DateField(required=False, allow_null=True)


class StepSerializer(serializers.Serializer[Any]):
    """A step of a purchase order; ``units`` by line are what to order (``edit``) or what came (``receive``)."""

    step = serializers.ChoiceField(["edit", "order", "send", "receive", "receive_all", "cancel", "undo"])
    units = serializers.DictField(child=serializers.IntegerField(), required=False)
    expected_on = serializers.DateField(required=False, allow_null=True)


class ScenarioSerializer(serializers.Serializer[Any]):
    """What changes, as shares (0.1 is 10 %) and days. ``save_as`` keeps the outcome under that name."""

    product = serializers.CharField(required=False)
    supplier = serializers.PrimaryKeyRelatedField(queryset=Supplier.objects.all(), required=False)
    discount = serializers.FloatField(default=0, min_value=0, max_value=0.9)
    discount_weeks = serializers.IntegerField(default=2, min_value=1, max_value=52)
    late_days = serializers.IntegerField(default=0, min_value=0, max_value=180)
    service_level = serializers.FloatField(default=None, min_value=0.5, max_value=0.999, allow_null=True)
    demand = serializers.FloatField(default=0, min_value=-0.9, max_value=5)
    save_as = serializers.CharField(default="", allow_blank=True, max_length=120)


class InventoryAction(GenericAPIView[Any]):
    """What the actions share: staff with the permission, our errors as 400."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [MayView]
    throttle_classes = [throttle("inventory")]
    parser_classes = PARSERS
    permission = ""

    def post(self, request: Request, **kwargs: Any) -> Response:
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            return Response(self.act(request, given.validated_data, **kwargs))
        except RetailAIError as error:
            raise serializers.ValidationError({"detail": str(error)}) from error

    def act(self, request: Request, given: dict[str, Any], **kwargs: Any) -> Any:
        raise NotImplementedError


@extend_schema(responses=OpenApiTypes.OBJECT)
class ReorderDecision(InventoryAction):
    """POST inventory/reorders/decide."""

    serializer_class = DecisionSerializer
    permission = "retail_ai.change_reordersuggestion"

    def act(self, request: Request, given: dict[str, Any], **kwargs: Any) -> Any:
        if given["decision"] == "reopen":
            return {"changed": reopen(suggestions=given["ids"])}
        done = decide(
            suggestions=given["ids"], state=VERBS[given["decision"]], by=request.user,
            quantities=_by_number(given.get("quantities")), until=given.get("until"),
        )  # fmt: skip
        return {"changed": len(done), "ids": done}


@extend_schema(responses=OpenApiTypes.OBJECT)
class AlertDecision(InventoryAction):
    """POST inventory/alerts/decide."""

    serializer_class = AlertDecisionSerializer
    permission = "retail_ai.change_stockalert"

    def act(self, request: Request, given: dict[str, Any], **kwargs: Any) -> Any:
        if given["decision"] == "reopen":
            return {"changed": reopen_alerts(alerts=given["ids"])}
        dismiss = given["decision"] == "dismiss"
        done = set_aside(alerts=given["ids"], by=request.user, dismiss=dismiss, until=given.get("until"))
        return {"changed": len(done), "ids": done}


@extend_schema(responses=PurchaseOrderSerializer)
class PurchaseOrderStep(InventoryAction):
    """POST inventory/purchase-orders/ID/step."""

    serializer_class = StepSerializer
    permission = "retail_ai.change_purchaseorder"

    def act(self, request: Request, given: dict[str, Any], **kwargs: Any) -> Any:
        order = PurchaseOrder.objects.filter(pk=kwargs["pk"]).first()
        if order is None:
            raise serializers.ValidationError({"detail": "no such order"})
        units, day = _by_number(given.get("units")) or {}, given.get("expected_on")
        steps: dict[str, Callable[[], Any]] = {
            "edit": lambda: change_lines(order=order, quantities=units),
            "order": lambda: mark_ordered(order=order, by=request.user, expected_on=day),
            "send": lambda: send_order(order=order, by=request.user, expected_on=day),
            "receive": lambda: receive(order=order, units=units, by=request.user),
            "receive_all": lambda: receive_all(order=order, by=request.user),
            "cancel": lambda: cancel(order=order, by=request.user),
            "undo": lambda: undo(order=order),
        }
        steps[given["step"]]()
        return PurchaseOrderSerializer(PurchaseOrder.objects.prefetch_related("lines").get(pk=order.pk)).data


@extend_schema(responses=OpenApiTypes.OBJECT)
class ScenarioView(InventoryAction):
    """POST inventory/scenario: the present plan beside one made for the scenario."""

    serializer_class = ScenarioSerializer
    permission = "retail_ai.view_reordersuggestion"

    def act(self, request: Request, given: dict[str, Any], **kwargs: Any) -> Any:
        name, product, supplier = given.pop("save_as"), given.pop("product", None), given.pop("supplier", None)
        if name and not request.user.has_perm("retail_ai.add_savedscenario"):
            self.permission_denied(request)
        key = None if product is None else product_key(product)
        scenario = Scenario(**given)
        comparison = compare(scenario, forecasts=chosen_forecasts(product=key, supplier=supplier))
        if comparison is None:
            raise serializers.ValidationError({"detail": "no forecast of a product whose stock is counted"})
        saved = save_scenario(name=name, comparison=comparison, by=request.user).pk if name else None
        rows = [{**asdict_row(row), "product": str(row.product.pk)} for row in comparison.rows]
        plans = {plan: asdict(getattr(comparison, plan)) for plan in ("present", "unprepared", "prepared")}
        return {
            "scenario": describe(scenario), "products": comparison.products, "weeks": comparison.weeks, **plans,
            "rows": rows, "saved": saved,
        }  # fmt: skip


def asdict_row(row: Any) -> dict[str, Any]:
    """A row without its product, which is a database row."""
    return {name: getattr(row, name) for name in row.__dataclass_fields__ if name != "product"}


def _by_number(values: dict[str, int] | None) -> dict[int, int] | None:
    if values is None:
        return None
    if not all(key.isdecimal() for key in values):
        raise serializers.ValidationError({"detail": "keys must be numbers"})
    return {int(key): value for key, value in values.items()}

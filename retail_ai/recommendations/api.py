"""GET recommendations and POST "not interested". A person may ask for nobody but themselves."""

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from retail_ai.events.tracking import visitor_key
from retail_ai.recommendations.selectors import Recommendation, recommend, slate_title
from retail_ai.recommendations.services import hide_product, unhide_product
from retail_ai.recommendations.slates import SLATES
from retail_ai.stores import get_store
from retail_ai.throttling import throttle


class QuestionSerializer(serializers.Serializer[Any]):
    """What may be asked."""

    slate = serializers.ChoiceField(choices=list(SLATES))
    product = serializers.CharField(required=False, max_length=64)
    customer = serializers.CharField(required=False, max_length=64)
    limit = serializers.IntegerField(required=False, default=12, min_value=1, max_value=50)


class RecommendationSerializer(serializers.Serializer[Any]):
    """A product and why it is shown."""

    product = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()
    image = serializers.CharField(allow_blank=True)
    score = serializers.FloatField()
    reason = serializers.CharField()


class SlateSerializer(serializers.Serializer[Any]):
    """A slate: what to write above it, and its products, best first."""

    slate = serializers.CharField()
    title = serializers.CharField()
    results = RecommendationSerializer(many=True)


class RecommendationsView(APIView):
    """A slate for whoever the session says is asking. Staff who may see releases may ask for any customer."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [AllowAny]
    throttle_classes = [throttle("recommendations")]

    @extend_schema(
        parameters=[QuestionSerializer],
        responses=SlateSerializer,
        operation_id="recommendations_list",
    )
    def get(self, request: Request) -> Response:
        question = QuestionSerializer(data=request.query_params)
        question.is_valid(raise_exception=True)
        asked = question.validated_data
        customer, visitor = _person(request, asked.get("customer"))
        product = find_product(asked["product"]) if asked.get("product") else None
        if product is None and asked["slate"] in ("similar", "bought_together"):
            raise ValidationError({"product": "this slate needs a product"})
        shown = recommend(
            slate=asked["slate"],
            customer=customer,
            visitor=visitor,
            product=product,
            limit=asked["limit"],
            language=get_language(),
        )
        title = slate_title(asked["slate"], shown)
        return Response({"slate": asked["slate"], "title": title, "results": [_card(item) for item in shown]})


class HiddenView(APIView):
    """POST hides a product for the person asking, DELETE takes it back. Both may be repeated."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [AllowAny]
    throttle_classes = [throttle("recommendations")]

    @extend_schema(request=None, responses={204: None}, operation_id="recommendations_hide")
    def post(self, request: Request, product: str) -> Response:
        hide_product(product=find_product(product), **_self(request))
        return Response(status=204)

    @extend_schema(
        request=None,
        responses={204: None},
        operation_id="recommendations_unhide",
        parameters=[OpenApiParameter("product", str, OpenApiParameter.PATH)],
    )
    def delete(self, request: Request, product: str) -> Response:
        unhide_product(product=find_product(product), **_self(request))
        return Response(status=204)


def find_product(key: str) -> Any:
    """The visible product of that key. Raises NotFound, which says no more than that."""
    store = get_store()
    try:
        return store.visible().get(pk=key)
    except (store.product_model.DoesNotExist, ValueError, TypeError) as error:  # type: ignore[attr-defined]
        raise NotFound("no such product") from error
    except Exception as error:
        if type(error).__name__ != "ValidationError":
            raise
        raise NotFound("no such product") from error


def _person(request: Request, wanted: str | None) -> tuple[Any, str]:
    mine = _self(request)
    if not wanted or (mine["customer"] is not None and wanted == str(mine["customer"].pk)):
        return mine["customer"], mine["visitor"]
    if not request.user.has_perm("retail_ai.view_release"):
        raise PermissionDenied("you may ask for yourself only")
    try:
        return get_user_model()._default_manager.get(pk=wanted), ""
    except (get_user_model().DoesNotExist, ValueError) as error:
        raise NotFound("no such customer") from error


def _self(request: Request | HttpRequest) -> dict[str, Any]:
    inner = getattr(request, "_request", request)
    customer = request.user if request.user.is_authenticated else None
    return {"customer": customer, "visitor": visitor_key(inner)}


def _card(item: Recommendation) -> dict[str, Any]:
    store = get_store()
    return {
        "product": str(item.product.pk),
        "title": store.facts(item.product).title,
        "url": store.product_url(item.product),
        "image": store.image_url(item.product),
        "score": round(item.score, 6),
        "reason": item.reason,
    }

"""GET recommendations, POST "not interested" and "do not use". A person may ask for nobody but themselves."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError as BadValue
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from retail_ai.events.tracking import visitor_key
from retail_ai.exceptions import InvalidInput
from retail_ai.privacy.selectors import may_track
from retail_ai.recommendations.api_shapes import QuestionSerializer, SlateSerializer, card
from retail_ai.recommendations.asking import person_of, read_question, visible_product
from retail_ai.recommendations.selectors import slate_title
from retail_ai.recommendations.services import hide_product, stop_using, unhide_product, use_again
from retail_ai.throttling import throttle


class RecommendationsView(APIView):
    """A slate for whoever the session says is asking. Staff who may see releases may ask for anybody."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [AllowAny]
    throttle_classes = [throttle("recommendations")]

    @extend_schema(parameters=[QuestionSerializer], responses=SlateSerializer, operation_id="recommendations_list")
    def get(self, request: Request) -> Response:
        asked = QuestionSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        person = _person(request, asked.validated_data)
        try:
            question = read_question(request._request, {**asked.validated_data})
        except InvalidInput as error:
            raise ValidationError({"detail": str(error)}) from error
        except LookupError as error:
            raise NotFound(str(error)) from error
        shown = question.answer(**person)
        return Response(
            {
                "slate": question.slate,
                "shown_as": shown[0].shown_as if shown else "",
                "title": slate_title(question.slate, shown),
                "results": [card(item) for item in shown],
                "notes": dict(question.notes),
            }
        )


class _MarkView(APIView):
    """POST marks a product for the person asking, DELETE takes it back. Both may be repeated."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [AllowAny]
    throttle_classes = [throttle("recommendations")]
    mark: ClassVar[Callable[..., bool]]
    unmark: ClassVar[Callable[..., bool]]

    def post(self, request: Request, product: str) -> Response:
        type(self).mark(product=find_product(product), **_self(request))
        return Response(status=204)

    def delete(self, request: Request, product: str) -> Response:
        type(self).unmark(product=find_product(product), **_self(request))
        return Response(status=204)


_PATH = [OpenApiParameter("product", str, OpenApiParameter.PATH)]


class HiddenView(_MarkView):
    """Not interested: the product is never suggested to this person again."""

    mark, unmark = staticmethod(hide_product), staticmethod(unhide_product)

    @extend_schema(request=None, responses={204: None}, operation_id="recommendations_hide", parameters=_PATH)
    def post(self, request: Request, product: str) -> Response:
        return super().post(request, product)

    @extend_schema(request=None, responses={204: None}, operation_id="recommendations_unhide", parameters=_PATH)
    def delete(self, request: Request, product: str) -> Response:
        return super().delete(request, product)


class UnusedView(_MarkView):
    """Do not use my views and purchases of this product."""

    mark, unmark = staticmethod(stop_using), staticmethod(use_again)

    @extend_schema(request=None, responses={204: None}, operation_id="recommendations_stop_using", parameters=_PATH)
    def post(self, request: Request, product: str) -> Response:
        return super().post(request, product)

    @extend_schema(request=None, responses={204: None}, operation_id="recommendations_use_again", parameters=_PATH)
    def delete(self, request: Request, product: str) -> Response:
        return super().delete(request, product)


def find_product(key: str) -> Any:
    """The visible product of that key. Raises NotFound, which says no more than that."""
    try:
        return visible_product(key)
    except LookupError as error:
        raise NotFound("no such product") from error


def _person(request: Request, asked: dict[str, Any]) -> dict[str, Any]:
    """Whom the slate is for: the asker, or, for staff with the permission, anybody whom they name."""
    mine = person_of(request._request)
    customer, visitor = asked.get("customer"), asked.get("visitor")
    is_me = customer == str(mine["customer"].pk) if customer and mine["customer"] is not None else not customer
    if is_me and visitor in (None, "", mine["visitor"]):
        return {**mine, "use_history": may_track(request._request)}
    if not request.user.has_perm("retail_ai.view_release"):
        raise PermissionDenied("you may ask for yourself only")
    if visitor:
        return {"customer": None, "visitor": visitor}
    try:
        return {"customer": get_user_model()._default_manager.get(pk=str(customer)), "visitor": ""}
    except (get_user_model().DoesNotExist, ValueError, BadValue) as error:
        raise NotFound("no such customer") from error


def _self(request: Request) -> dict[str, Any]:
    return {**person_of(request._request), "visitor": visitor_key(request._request)}

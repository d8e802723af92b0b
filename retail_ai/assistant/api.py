"""POST a message, GET the conversation. Anyone may talk about themselves only: who it is comes from the session."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from retail_ai.assistant.selectors import Owner, Shown, owner_of, shown_messages
from retail_ai.assistant.services import ask
from retail_ai.assistant.views import page_language
from retail_ai.engine.intents import MAX_CHARACTERS
from retail_ai.exceptions import InvalidInput
from retail_ai.parsing import PARSERS
from retail_ai.throttling import throttle


class QuestionSerializer(serializers.Serializer[Any]):
    """What a person says. Longer texts than the limit are refused rather than cut."""

    text = serializers.CharField(max_length=MAX_CHARACTERS, trim_whitespace=True)


class ShownSerializer(serializers.Serializer[Any]):
    """A message as it is shown."""

    id = serializers.IntegerField()
    role = serializers.CharField()
    text = serializers.CharField()
    language = serializers.CharField()
    outcome = serializers.CharField()
    sources = serializers.ListField(child=serializers.DictField())
    products = serializers.ListField(child=serializers.DictField())
    orders = serializers.ListField(child=serializers.DictField())


class MessagesView(APIView):
    """The caller's own conversation."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [AllowAny]
    throttle_classes = [throttle("assistant")]
    parser_classes = PARSERS

    @extend_schema(responses=ShownSerializer(many=True), operation_id="assistant_messages_list")
    def get(self, request: Request) -> Response:
        return Response([_as_json(shown) for shown in shown_messages(_owner(request))])

    @extend_schema(request=QuestionSerializer, responses=ShownSerializer, operation_id="assistant_messages_create")
    def post(self, request: Request) -> Response:
        given = QuestionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        owner = _owner(request, create=True)
        try:
            _question, reply = ask(owner=owner, text=given.validated_data["text"], page_language=page_language())
        except InvalidInput as error:
            raise serializers.ValidationError({"text": str(error)}) from error
        (shown,) = shown_messages(owner, [reply])
        return Response(_as_json(shown), status=status.HTTP_201_CREATED)


def _owner(request: Request, *, create: bool = False) -> Owner:
    if request.user.is_authenticated:
        return Owner(customer=request.user)
    return owner_of(request._request, create=create)


def _as_json(shown: Shown) -> dict[str, Any]:
    message = shown.message
    return {
        "id": message.pk,
        "role": message.role,
        "text": message.text,
        "language": message.language,
        "outcome": message.outcome,
        "sources": message.sources,
        "products": [
            {
                "title": card.title,
                "url": card.url,
                "price": str(card.price.amount) if card.price else None,
                "currency": card.price.currency if card.price else None,
                "in_stock": card.in_stock,
                "reason": card.reason,
            }
            for card in shown.cards
        ],
        "orders": [
            {"number": o.number, "status": o.status, "placed_at": o.placed_at, "total": str(o.total.amount),
             "currency": o.total.currency, "url": o.url}
            for o in shown.orders
        ],
    }  # fmt: skip

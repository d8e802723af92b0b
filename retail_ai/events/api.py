"""POST events from a page, in batches. Anyone may post about themselves only: who it is comes from the session."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from drf_spectacular.authentication import SessionScheme
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.parsers import BaseParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from retail_ai.events.bots import is_bot
from retail_ai.events.services import record_events
from retail_ai.events.tracking import visitor_key
from retail_ai.parsing import CarefulJSONParser, PlainTextJSONParser
from retail_ai.privacy.selectors import may_track
from retail_ai.throttling import throttle

MOST = 100
# A page reports what just happened; one that was offline, what happened since.
OLDEST = timedelta(days=7)


class SameOriginSession(SessionAuthentication):
    """The session says who it is. A beacon cannot carry a CSRF header, so the browser's Origin header is checked."""

    def enforce_csrf(self, request: Any) -> None:
        origin = request.headers.get("Origin", "")
        if origin and urlsplit(origin).netloc != request.get_host():
            raise PermissionDenied("posted from another site")


class SameOriginSessionScheme(SessionScheme):  # type: ignore[no-untyped-call]
    """How the API's description names it: a session cookie."""

    name = "sessionOfThisSite"
    target_class = SameOriginSession  # type: ignore[assignment]
    priority = 0


class EventSerializer(serializers.Serializer[Any]):
    """One event as a page may report it. Purchases are not taken from pages."""

    kind = serializers.ChoiceField(choices=["view", "search", "cart", "impression", "click"])
    product = serializers.CharField(required=False, allow_null=True, max_length=64)
    query = serializers.CharField(required=False, allow_blank=True, max_length=200)
    slate = serializers.CharField(required=False, allow_blank=True, max_length=40)
    position = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=1000)
    occurred_at = serializers.DateTimeField(required=False)
    id = serializers.CharField(required=False, max_length=60, help_text="The same id is stored once.")


class EventBatchSerializer(serializers.Serializer[Any]):
    """A batch as a page posts it."""

    events = serializers.ListField(child=EventSerializer(), max_length=MOST, allow_empty=False)


class EventResultSerializer(serializers.Serializer[Any]):
    """What came of a batch."""

    stored = serializers.IntegerField()
    known = serializers.IntegerField()
    refused = serializers.DictField(child=serializers.IntegerField())


class EventsView(APIView):
    """Takes at most 100 events; unknown products, times to come and those long past are counted, not stored."""

    authentication_classes = [SameOriginSession]
    permission_classes = [AllowAny]
    throttle_classes = [throttle("events")]
    parser_classes: list[type[BaseParser]] = [CarefulJSONParser, PlainTextJSONParser]

    @extend_schema(request=EventBatchSerializer, responses=EventResultSerializer, operation_id="events_create")
    def post(self, request: Request) -> Response:
        given = EventBatchSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        if not may_track(request._request):
            return Response({"stored": 0, "known": 0, "refused": {"declined": len(given.validated_data["events"])}})
        if is_bot(request._request):
            return Response({"stored": 0, "known": 0, "refused": {"bot": len(given.validated_data["events"])}})
        events, oldest = given.validated_data["events"], timezone.now() - OLDEST
        fresh = [event for event in events if event.get("occurred_at", oldest) >= oldest]
        result = record_events(_row(request, event) for event in fresh)
        if long_past := len(events) - len(fresh):
            result.refused["a time long past"] += long_past
        return Response(
            {"stored": result.stored, "known": result.known, "refused": dict(result.refused)},
            status=status.HTTP_201_CREATED if result.stored else status.HTTP_200_OK,
        )


def _row(request: Request, event: dict[str, Any]) -> dict[str, Any]:
    visitor = visitor_key(request._request)
    reference = f"page:{visitor[:32]}:{event['id']}" if event.get("id") else ""
    return {
        "kind": event["kind"],
        "customer": request.user if request.user.is_authenticated else None,
        "visitor": visitor,
        "product": event.get("product"),
        "query": event.get("query", ""),
        "slate": event.get("slate", ""),
        "position": event.get("position"),
        "occurred_at": event.get("occurred_at", timezone.now()),
        "source": "page",
        "reference": reference,
    }

"""Search over HTTP: products for a query, and completions while typing. Shows only what a shopper may see."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from retail_ai.catalog.search import Hit, search_products
from retail_ai.catalog.suggest import suggest_titles
from retail_ai.engine.facts import ProductFilter
from retail_ai.stores import get_store
from retail_ai.throttling import throttle


class QuerySerializer(serializers.Serializer[Any]):
    """A search: the words, hard limits, and which page."""

    q = serializers.CharField(max_length=500, allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=100, default=20)
    offset = serializers.IntegerField(min_value=0, max_value=10_000, default=0)
    in_stock = serializers.BooleanField(default=True)
    min_price = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0, default=None)
    max_price = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0, default=None)
    brand = serializers.ListField(child=serializers.CharField(max_length=120), max_length=20, default=list)
    category = serializers.ListField(child=serializers.CharField(max_length=120), max_length=20, default=list)

    def limits(self) -> ProductFilter:
        given = self.validated_data
        return ProductFilter(
            in_stock=given["in_stock"],
            min_price=given["min_price"],
            max_price=given["max_price"],
            brands=tuple(given["brand"]),
            categories=tuple(given["category"]),
        )


class HitSerializer(serializers.Serializer[Any]):
    """A product found."""

    id = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()
    image = serializers.CharField()
    price = serializers.CharField(allow_null=True)
    currency = serializers.CharField(allow_null=True)
    score = serializers.FloatField()
    reason = serializers.CharField()


class ResultSerializer(serializers.Serializer[Any]):
    """One page of products, how many can be paged through, and what could not be done."""

    hits = HitSerializer(many=True)
    total = serializers.IntegerField()
    notes = serializers.ListField(child=serializers.CharField())


class SuggestQuerySerializer(serializers.Serializer[Any]):
    """What has been typed so far."""

    q = serializers.CharField(max_length=100, allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=20, default=8)


class SuggestionsSerializer(serializers.Serializer[Any]):
    """Titles that go on from what was typed."""

    suggestions = serializers.ListField(child=serializers.CharField())


class SearchView(APIView):
    """Products for a query, best first."""

    permission_classes = [AllowAny]
    throttle_classes = [throttle("search")]

    @extend_schema(parameters=[QuerySerializer], responses=ResultSerializer, operation_id="catalog_search")
    def get(self, request: Request) -> Response:
        query = QuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        given = query.validated_data
        result = search_products(given["q"], limits=query.limits(), limit=given["limit"], offset=given["offset"])
        hits = [_hit(hit) for hit in result.hits]
        return Response({"hits": hits, "total": result.total, "notes": list(result.notes)})


class SuggestView(APIView):
    """Titles of products that can be bought, for completion while typing."""

    permission_classes = [AllowAny]
    throttle_classes = [throttle("search")]

    @extend_schema(
        parameters=[SuggestQuerySerializer], responses=SuggestionsSerializer, operation_id="catalog_suggest"
    )
    def get(self, request: Request) -> Response:
        query = SuggestQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        given = query.validated_data
        return Response({"suggestions": suggest_titles(given["q"], limit=given["limit"])})


def _hit(hit: Hit) -> dict[str, Any]:
    store = get_store()
    facts = store.facts(hit.product)
    return {
        "id": str(hit.product.pk),
        "title": facts.title,
        "url": store.product_url(hit.product),
        "image": store.image_url(hit.product),
        "price": str(facts.price.amount) if facts.price else None,
        "currency": facts.price.currency if facts.price else None,
        "score": round(hit.score, 4),
        "reason": hit.reason,
    }

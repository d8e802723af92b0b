"""Search over HTTP: products for a query, and completions while typing. Shows only what a shopper may see."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from retail_ai.catalog.recording import record_search
from retail_ai.catalog.search import Hit, SearchResult, search_products
from retail_ai.catalog.serializers import (
    ChipSerializer,
    FacetSerializer,
    QuerySerializer,
    ResultSerializer,
    SuggestionSerializer,
    SuggestionsSerializer,
    SuggestQuerySerializer,
)
from retail_ai.catalog.suggest import suggest
from retail_ai.exceptions import InvalidInput
from retail_ai.stores import get_store
from retail_ai.throttling import throttle


class SearchView(APIView):
    """Products for a query, best first."""

    permission_classes = [AllowAny]
    throttle_classes = [throttle("search")]

    @extend_schema(parameters=[QuerySerializer], responses=ResultSerializer, operation_id="catalog_search")
    def get(self, request: Request) -> Response:
        query = QuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        result = _search(query)
        record_search(request._request, query.validated_data["q"], result, start_session=False)
        return Response(
            {
                "id": result.id,
                "hits": [_hit(hit, result.id) for hit in result.hits],
                "total": result.total,
                "next": result.next,
                "sort": result.sort,
                "chips": ChipSerializer(result.chips, many=True).data,
                "facets": FacetSerializer(result.facets, many=True).data,
                "notes": list(result.notes),
                "is_relaxed": result.is_relaxed,
            }
        )


class SuggestView(APIView):
    """Products that can be bought, categories, brands and searches of others, for completion while typing."""

    permission_classes = [AllowAny]
    throttle_classes = [throttle("search")]

    @extend_schema(
        parameters=[SuggestQuerySerializer], responses=SuggestionsSerializer, operation_id="catalog_suggest"
    )
    def get(self, request: Request) -> Response:
        query = SuggestQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        given = query.validated_data
        items = suggest(given["q"], limit=given["limit"])
        titles = [item.text for item in items if item.kind == "product"]
        return Response({"suggestions": titles, "items": SuggestionSerializer(items, many=True).data})


def _search(query: QuerySerializer) -> SearchResult:
    given = query.validated_data
    try:
        return search_products(
            given["q"],
            limits=query.limits(),
            limit=given["limit"],
            offset=given["offset"],
            cursor=given["cursor"],
            drop=given["drop"],
            facets=given["facet"],
            sort=given["sort"],
            with_facets=True,
        )
    except InvalidInput as error:
        raise ValidationError({"cursor": [str(error)]}) from error


def _hit(hit: Hit, search: str) -> dict[str, Any]:
    store = get_store()
    facts = store.facts(hit.product)
    return {
        "id": str(hit.product.pk),
        "title": facts.title,
        "highlight": hit.mark(facts.title),
        "url": store.product_url(hit.product),
        "click_url": reverse("retail_ai:search_open", args=[search, hit.product.pk]),
        "image": store.image_url(hit.product),
        "price": str(facts.price.amount) if facts.price else None,
        "currency": facts.price.currency if facts.price else None,
        "score": round(hit.score, 4),
        "reason": hit.reason,
    }

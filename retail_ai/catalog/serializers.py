"""What the search's addresses take and give, field by field: the source of their OpenAPI description."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from retail_ai.catalog.ordering import SORTS
from retail_ai.catalog.vocabulary import current_vocabulary, facet_names, facet_values
from retail_ai.engine.facts import ProductFilter

_CLOSEST = 20


class FacetField(serializers.CharField):
    """``name:value``, such as ``colour:black`` or ``brand:Sony``."""

    def to_internal_value(self, data: Any) -> Any:
        name, colon, value = super().to_internal_value(data).partition(":")
        if not colon or not name.strip() or not value.strip():
            raise serializers.ValidationError("Write a filter as name:value, such as colour:black.")
        return name.strip(), value.strip()


class KnownParameters(serializers.Serializer[Any]):
    """Refuses parameters that mean nothing here, so that a misspelt filter is not silently left out."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = sorted(set(data) - set(self.fields) - {"format"})
        if unknown:
            known = ", ".join(sorted(self.fields))
            raise serializers.ValidationError(dict.fromkeys(unknown[:5], f"Unknown parameter. Known: {known}."))
        return super().to_internal_value(data)


class QuerySerializer(KnownParameters):
    """A search: the words, hard limits, what to take back of what was understood, and which page."""

    q = serializers.CharField(max_length=500, allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=100, default=20)
    cursor = serializers.CharField(max_length=60, default="", help_text="“next” of the page before.")
    offset = serializers.IntegerField(min_value=0, max_value=10_000, default=0)
    in_stock = serializers.BooleanField(default=True)
    min_price = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0, default=None)
    max_price = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0, default=None)
    brand = serializers.ListField(child=serializers.CharField(max_length=120), max_length=20, default=list)
    category = serializers.ListField(child=serializers.CharField(max_length=120), max_length=20, default=list)
    facet = serializers.ListField(
        child=FacetField(max_length=250), max_length=20, default=list,
        help_text="name:value, as “facets” gives them; several of one name mean any of them.",
    )  # fmt: skip
    drop = serializers.ListField(
        child=serializers.CharField(max_length=250), max_length=20, default=list,
        help_text="Keys of “chips” that are not to be heeded.",
    )  # fmt: skip
    sort = serializers.ChoiceField(choices=list(SORTS), default="", allow_blank=True)

    def validate_facet(self, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
        vocabulary = current_vocabulary()
        for (name, value), ids in facet_values(pairs, vocabulary).items():
            if not ids:
                names = facet_names(vocabulary)
                known = {one.casefold() for one in names}
                if name.casefold() in known:
                    raise serializers.ValidationError(f"No product states “{value}” as its {name}.")
                raise serializers.ValidationError(f"Unknown filter “{name}”. Known: {', '.join(names[:_CLOSEST])}…")
        return pairs

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
    """A product found. ``highlight`` is HTML: the escaped title with matching words in ``<mark>``; ``click_url`` opens
    the product and notes the click."""

    id = serializers.CharField()
    title = serializers.CharField()
    highlight = serializers.CharField()
    url = serializers.CharField()
    click_url = serializers.CharField()
    image = serializers.CharField()
    price = serializers.CharField(allow_null=True)
    currency = serializers.CharField(allow_null=True)
    score = serializers.FloatField()
    reason = serializers.CharField()


class ChipSerializer(serializers.Serializer[Any]):
    """Something that was understood; give its key as ``drop`` to take it back."""

    key = serializers.CharField()
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    is_applied = serializers.BooleanField()


class FacetCountSerializer(serializers.Serializer[Any]):
    """A value to narrow by, with how many of the found products state it."""

    value = serializers.CharField()
    count = serializers.IntegerField()
    is_chosen = serializers.BooleanField()


class FacetSerializer(serializers.Serializer[Any]):
    """An attribute to narrow by."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    values = serializers.SerializerMethodField()

    @extend_schema_field(FacetCountSerializer(many=True))
    def get_values(self, facet: Any) -> Any:
        return FacetCountSerializer(facet.values, many=True).data


class ResultSerializer(serializers.Serializer[Any]):
    """One page of products, how many can be paged through, what was understood and what could not be done."""

    id = serializers.CharField()
    hits = HitSerializer(many=True)
    total = serializers.IntegerField()
    next = serializers.CharField(allow_blank=True)
    sort = serializers.CharField()
    chips = ChipSerializer(many=True)
    facets = FacetSerializer(many=True)
    notes = serializers.ListField(child=serializers.CharField())
    is_relaxed = serializers.BooleanField()


class SuggestQuerySerializer(KnownParameters):
    """What has been typed so far."""

    q = serializers.CharField(max_length=100, allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=20, default=8)


class SuggestionSerializer(serializers.Serializer[Any]):
    """Something to go on with: a product, a category, a brand or a search that others made."""

    text = serializers.CharField()
    kind = serializers.CharField()
    url = serializers.CharField(allow_blank=True)
    highlight = serializers.CharField()


class SuggestionsSerializer(serializers.Serializer[Any]):
    """Titles that go on from what was typed, and the same with categories, brands and searches, as ``items``."""

    suggestions = serializers.ListField(child=serializers.CharField())
    items = SuggestionSerializer(many=True)

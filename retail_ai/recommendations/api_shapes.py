"""What goes in and out of the recommendations API."""

from typing import Any

from rest_framework import serializers

from retail_ai.recommendations.slates import SLATES
from retail_ai.recommendations.wishes import Recommendation
from retail_ai.stores import get_store


class QuestionSerializer(serializers.Serializer[Any]):
    """What may be asked. similar and bought_together need a product, need a text; complete_cart takes a cart."""

    slate = serializers.ChoiceField(choices=list(SLATES))
    product = serializers.CharField(required=False, max_length=64)
    cart = serializers.CharField(
        required=False, allow_blank=True, max_length=20_000, help_text="Keys of products, with commas. "
        "Default: the cart of the session, where the shop's adapter knows it.",
    )  # fmt: skip
    category = serializers.CharField(required=False, max_length=200, help_text="For popular and trending.")
    text = serializers.CharField(required=False, max_length=500, help_text="A need in the shopper's own words.")
    customer = serializers.CharField(required=False, max_length=64, help_text="For staff: another customer.")
    visitor = serializers.CharField(required=False, max_length=40, help_text="For staff: a visitor's key.")
    limit = serializers.IntegerField(required=False, default=12, min_value=1, max_value=50)


class CauseSerializer(serializers.Serializer[Any]):
    """Something that the score is made of, its share of it, and the product that "do not use" takes, if it is one."""

    text = serializers.CharField()
    share = serializers.FloatField()
    product = serializers.CharField(allow_null=True)


class RecommendationSerializer(serializers.Serializer[Any]):
    """A product and why it is shown."""

    product = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()
    image = serializers.CharField(allow_blank=True)
    price = serializers.CharField(allow_null=True)
    currency = serializers.CharField(allow_blank=True)
    score = serializers.FloatField()
    reason = serializers.CharField()
    causes = CauseSerializer(many=True)


class SlateSerializer(serializers.Serializer[Any]):
    """A slate: what to write above it, and its products, best first. ``shown_as``: the slate that stepped in, if any;
    ``notes``: what of the question was left aside, with counts."""

    slate = serializers.CharField()
    shown_as = serializers.CharField(allow_blank=True)
    title = serializers.CharField()
    results = RecommendationSerializer(many=True)
    notes = serializers.DictField(child=serializers.IntegerField())


def card(item: Recommendation) -> dict[str, Any]:
    """A recommendation as RecommendationSerializer has it."""
    store = get_store()
    price = store.price(item.product)
    return {
        "product": str(item.product.pk),
        "title": store.title(item.product),
        "url": store.product_url(item.product),
        "image": store.image_url(item.product),
        "price": str(price.amount) if price else None,
        "currency": price.currency if price else "",
        "score": round(item.score, 6),
        "reason": item.reason,
        "causes": [
            {"text": cause.text, "share": round(cause.share, 3),
             "product": None if cause.product is None else str(cause.product)}
            for cause in item.causes
        ],
    }  # fmt: skip

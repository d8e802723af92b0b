"""Compares a slate without a rule and with it, on or off, now or in its time to come. It changes nothing."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from retail_ai.exceptions import InvalidInput
from retail_ai.recommendations.history import past_of
from retail_ai.recommendations.models import SlateRule
from retail_ai.recommendations.preview import find_customers, find_products, picked_customer, picked_product
from retail_ai.recommendations.rule_models import SLATE_NAMES
from retail_ai.recommendations.selectors import recommend
from retail_ai.recommendations.slates import SLATES
from retail_ai.recommendations.wishes import Recommendation
from retail_ai.stores.base import StoreAdapter

SHOWN = 12


def compare(rule: SlateRule, given: Mapping[str, str], store: StoreAdapter) -> dict[str, Any]:
    """``given``: slate, product, customer, text and q, as the page's form has them. Rows of both lists, what moved
    marked; ``error`` says what is missing."""
    slate = given.get("slate") or rule.slate or ("similar" if rule.on_category else "popular")
    words = given.get("q", "")
    product, customer = picked_product(given.get("product", "")), picked_customer(given.get("customer", ""))
    context = {
        "slate": slate, "slates": SLATE_NAMES, "q": words, "text": given.get("text", ""), "product": product,
        "customer": customer, "products": find_products(words), "customers": find_customers(words),
    }  # fmt: skip
    ask = {"slate": slate, "product": product, "customer": customer, "text": context["text"], "limit": SHOWN}
    try:
        _check(slate, product, str(context["text"]))
        before = recommend(**ask, rules=_others(rule, slate))
        after = recommend(**ask, rules=[*_others(rule, slate), as_dict(rule)])
    except InvalidInput as error:
        return {**context, "error": str(error), "before": [], "after": []}
    return {**context, "before": _rows(before, after, store), "after": _rows(after, before, store)}


def as_dict(rule: SlateRule) -> dict[str, Any]:
    """The rule as serving has it."""
    return {
        "action": rule.action, "product": rule.product_id, "category": rule.category, "brand": rule.brand,
        "on_category": rule.on_category, "factor": rule.factor, "position": rule.position, "id": rule.pk,
    }  # fmt: skip


def _others(rule: SlateRule, slate: str) -> list[dict[str, Any]]:
    """The rules beside this one that will hold when it does."""
    moment = max(rule.starts_at, timezone.now()) if rule.starts_at else timezone.now()
    return [other for other in past_of(slate=slate, at=moment).rules if other["id"] != rule.pk]


def _check(slate: str, product: Any, text: str) -> None:
    needs = SLATES[slate].needs if slate in SLATES else ""
    if needs == "product" and product is None:
        raise InvalidInput("This slate stands on a product's page: find a product and pick it.")
    if needs == "text" and not text.strip():
        raise InvalidInput("This slate answers a need: type one.")


def _rows(shown: list[Recommendation], other: list[Recommendation], store: StoreAdapter) -> list[dict[str, Any]]:
    """``moved``: places up (positive) or down from the other list; None for one that is not in it."""
    places = {item.product.pk: place for place, item in enumerate(other)}
    return [
        {
            "title": store.title(item.product),
            "reason": item.reason,
            "score": item.score,
            "moved": places[item.product.pk] - place if item.product.pk in places else None,
        }
        for place, item in enumerate(shown)
    ]

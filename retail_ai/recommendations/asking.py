"""Reads a question for a slate out of a request: what every web door (API, widget, page) takes, checked once."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import get_language

from retail_ai.events.tracking import visitor_key
from retail_ai.exceptions import InvalidInput
from retail_ai.privacy.selectors import may_track
from retail_ai.recommendations.selectors import MOST_IN_CART, recommend
from retail_ai.recommendations.slates import SLATES
from retail_ai.recommendations.wishes import Recommendation
from retail_ai.stores import get_store


@dataclass(slots=True)
class Question:
    """What is asked for. ``notes`` counts what of it was left aside, and why."""

    slate: str
    product: Any = None
    cart: list[Any] = field(default_factory=list)
    category: str = ""
    text: str = ""
    limit: int = 12
    notes: Counter[str] = field(default_factory=Counter)

    def answer(self, *, customer: Any, visitor: str, use_history: bool = True) -> list[Recommendation]:
        """The slate for a person."""
        return recommend(
            slate=self.slate, customer=customer, visitor=visitor, product=self.product, cart=self.cart,
            category=self.category, text=self.text, limit=self.limit, language=get_language(), use_history=use_history,
        )  # fmt: skip

    def as_query(self) -> str:
        """The question as a query string, for asking again."""
        given = {
            "slate": self.slate, "product": self.product.pk if self.product is not None else "",
            "cart": ",".join(map(str, self.cart)), "category": self.category, "text": self.text, "limit": self.limit,
        }  # fmt: skip
        return urlencode({name: value for name, value in given.items() if value != ""})


def person_of(request: Any) -> dict[str, Any]:
    """``customer`` and ``visitor`` behind a request. A session without a key stays without one."""
    user = getattr(request, "user", None)
    return {
        "customer": user if user is not None and user.is_authenticated else None,
        "visitor": visitor_key(request, create=False),
    }


def answer_request(request: HttpRequest, question: Question) -> list[Recommendation]:
    """The slate for whoever sent the request, from no history where their browser or they themselves said no."""
    return question.answer(**person_of(request), use_history=may_track(request))


def read_question(request: HttpRequest, given: Any) -> Question:
    """A question out of names and texts. Raises InvalidInput, or LookupError for a product that is not there.

    ``cart``: keys with commas; without it, what the shop's adapter says is in the cart of this request.
    """
    slate = str(given.get("slate", ""))
    if slate not in SLATES:
        raise InvalidInput(f"No slate {slate[:40]!r}; known slates: {', '.join(SLATES)}")
    # PostgreSQL knows no text with a NUL in it.
    category, text = (str(given.get(name, "")).replace("\x00", "") for name in ("category", "text"))
    question = Question(slate, category=category[:200], text=text[:500])
    question.limit = _limit(given.get("limit", 12))
    if given.get("product"):
        question.product = visible_product(given["product"])
    if "cart" in given:
        question.cart = _cart(str(given["cart"]), question.notes)
    elif SLATES[slate].needs == "cart":
        question.cart = list(get_store().cart_of(request))
    _check_needs(question)
    return question


def visible_product(key: Any) -> Any:
    """The visible product of a key as a URL has it. Raises LookupError, which says no more than that."""
    store = get_store()
    try:
        return store.visible().get(pk=store.product_model._meta.pk.to_python(key))
    except (store.product_model.DoesNotExist, ValidationError, ValueError, OverflowError) as error:  # type: ignore[attr-defined]
        raise LookupError("no such product") from error


def _limit(given: Any) -> int:
    try:
        return min(max(int(given), 1), 50)
    except (TypeError, ValueError) as error:
        raise InvalidInput("limit must be a number from 1 to 50") from error


def _check_needs(question: Question) -> None:
    needed = SLATES[question.slate].needs
    if needed == "product" and question.product is None:
        raise InvalidInput("this slate needs a product")
    if needed == "text" and not question.text.strip():
        raise InvalidInput("this slate needs a text")


def _cart(text: str, notes: Counter[str]) -> list[Any]:
    """Keys of products that the shop has, the first MOST_IN_CART of them; the rest is counted, not refused."""
    store, keys = get_store(), []
    for part in dict.fromkeys(one.strip() for one in text.split(",") if one.strip()):
        try:
            keys.append(store.product_model._meta.pk.to_python(part))
        except (ValidationError, ValueError):
            notes["cart: not a product's key"] += 1
    if len(keys) > MOST_IN_CART:
        notes[f"cart: beyond the first {MOST_IN_CART}"] = len(keys) - MOST_IN_CART
    keys = keys[:MOST_IN_CART]
    known = set(store.products().filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    if len(known) < len(keys):
        notes["cart: unknown product"] = len(keys) - len(known)
    return [key for key in keys if key in known]

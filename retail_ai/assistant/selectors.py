"""Reads of the assistant: whose conversation it is, and a message as it is shown now."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import HttpRequest

from retail_ai.assistant.models import Conversation, Message
from retail_ai.catalog.selectors import facts_of
from retail_ai.engine.facts import Money, OrderSummary
from retail_ai.events.tracking import visitor_key
from retail_ai.stores import get_store

MESSAGES_SHOWN = 50
ORDERS_READ = 200


@dataclass(frozen=True, slots=True)
class Owner:
    """Who talks: the signed-in customer, or else the visitor of this session. Only ever made from a request."""

    customer: Any = None
    visitor: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A product as a message shows it now."""

    title: str
    url: str
    image: str
    price: Money | None
    in_stock: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A message with its products and orders as the shop has them at this moment."""

    message: Message
    cards: list[Card]
    orders: list[OrderSummary]


def owner_of(request: HttpRequest, *, create: bool = False) -> Owner:
    """The person behind a request, by its session alone."""
    if request.user.is_authenticated:
        return Owner(customer=request.user)
    return Owner(visitor=visitor_key(request, create=create))


def current_conversation(owner: Owner) -> Conversation | None:
    """The owner's conversation in which something was last said, unless it is closed; nobody else's, ever."""
    if owner.customer is not None:
        mine = Conversation.objects.filter(customer=owner.customer)
    elif owner.visitor:
        mine = Conversation.objects.filter(customer=None, visitor=owner.visitor)
    else:
        return None
    return mine.exclude(state=Conversation.State.CLOSED).order_by("-updated_at", "-pk").first()


def shown_messages(owner: Owner, messages: Iterable[Message] | None = None) -> list[Shown]:
    """Messages of the owner's conversation (default: its newest), oldest first, filled from the shop."""
    if messages is None:
        conversation = current_conversation(owner)
        if conversation is None:
            return []
        messages = list(conversation.messages.order_by("-pk")[:MESSAGES_SHOWN])[::-1]
    messages = list(messages)
    cards = _cards({item["key"] for message in messages for item in message.products})
    orders = _own_orders(owner) if any(message.orders for message in messages) else {}
    return [
        Shown(
            message,
            [_with_reason(cards[i["key"]], i["reason"]) for i in message.products if i["key"] in cards],
            [orders[number] for number in message.orders if number in orders],
        )
        for message in messages
    ]


def _cards(keys: set[str]) -> dict[str, Card]:
    if not keys:
        return {}
    store = get_store()
    products = list(store.visible().filter(pk__in=keys))
    offers, facts = store.offers([p.pk for p in products]), facts_of(products)
    return {
        str(p.pk): Card(
            title=facts[p.pk].title,
            url=store.product_url(p),
            image=store.image_url(p),
            price=offers[p.pk].price,
            in_stock=offers[p.pk].sellable,
            reason="",
        )
        for p in products
        if p.pk in offers
    }


def _with_reason(card: Card, reason: str) -> Card:
    return Card(card.title, card.url, card.image, card.price, card.in_stock, reason)


def _own_orders(owner: Owner) -> dict[str, OrderSummary]:
    if owner.customer is None:
        return {}
    return {o.number: o for o in islice(get_store().orders_of(owner.customer.pk), ORDERS_READ)}

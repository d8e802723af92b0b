"""What happened in a Django-oscar shop, out of its own tables: sales, goods that came back, views, searches.

A child is told of as its parent. A line whose product was deleted since tells of nothing.
"""

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from oscar.core.loading import get_model

from retail_ai.engine.facts import Interaction, SaleLine

CENT = Decimal("0.01")


def sale_lines(since: datetime | None, not_sold: Iterable[str], returned: Iterable[str]) -> Iterator[SaleLine]:
    """Sales and returns, oldest first."""
    return heapq.merge(sold(since, not_sold), _came_back(since, not_sold, returned), key=lambda line: line.occurred_at)


def sold(since: datetime | None, not_sold: Iterable[str], **which: Any) -> Iterator[SaleLine]:
    """Lines of orders that count, oldest first; ``which`` narrows them."""
    lines = _lines(not_sold).filter(**which, **({"order__date_placed__gte": since} if since else {}))
    for line in lines.order_by("order__date_placed", "pk").iterator():
        yield _sale_line(line, line.quantity, line.order.date_placed)


def interactions(since: datetime | None) -> Iterator[Interaction]:
    """What signed-in people viewed and searched for. Oscar keeps nothing of what others did."""
    later = {"date_created__gte": since} if since else {}
    views = get_model("analytics", "UserProductView").objects.filter(**later).select_related("product")
    for view in views.order_by("date_created", "pk").iterator():
        key = view.product.parent_id or view.product_id
        mark = log_mark("view", view.user_id, key, view.date_created)
        yield Interaction("view", view.date_created, key, view.user_id, reference=mark)
    searches = get_model("analytics", "UserSearch").objects.filter(**later).exclude(query="")
    for search in searches.order_by("date_created", "pk").iterator():
        mark = log_mark("search", search.user_id, search.query, search.date_created)
        yield Interaction("search", search.date_created, None, search.user_id, query=search.query, reference=mark)


def log_mark(kind: str, customer: Any, what: Any, when: datetime) -> str:
    """The same for a live event and for Oscar's own record of it, which are written a moment apart."""
    return f"oscar:{kind}:{customer}:{str(what)[:40]}:{when.timestamp() // 60:.0f}"


def _came_back(since: datetime | None, not_sold: Iterable[str], returned: Iterable[str]) -> Iterator[SaleLine]:
    back = get_model("order", "ShippingEventQuantity").objects.filter(
        event__event_type__name__in=list(returned), line__in=_lines(not_sold), quantity__gt=0
    )
    back = back.filter(event__date_created__gte=since) if since else back
    back = back.select_related("event", "line__order", "line__product").order_by("event__date_created", "pk")
    for one in back.iterator():
        yield _sale_line(one.line, one.quantity, one.event.date_created, is_return=True)


def _lines(not_sold: Iterable[str]) -> Any:
    lines = get_model("order", "Line").objects.filter(product__isnull=False, quantity__gt=0)
    return lines.exclude(order__status__in=list(not_sold)).select_related("order", "product")


def _sale_line(line: Any, quantity: int, when: datetime, *, is_return: bool = False) -> SaleLine:
    """``unit_price`` is what was paid for a piece, after discounts and with tax."""
    paid = (line.line_price_incl_tax / line.quantity).quantize(CENT)
    product = line.product.parent_id or line.product_id
    return SaleLine(line.order.number, product, quantity, paid, when, line.order.user_id, is_return)

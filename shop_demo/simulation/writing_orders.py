"""Writes a simulated history's orders, and its returns as orders of their own. Customers are there already."""

from datetime import datetime, timedelta
from decimal import Decimal

from shop_demo.bulk import copy_rows, reserve_ids
from shop_demo.models import Order, OrderLine
from shop_demo.simulation.history import History

STREETS = ("Lindenweg", "Rue des Lilas", "Via Roma", "Hafenstrasse", "Calle Mayor", "Kerkstraat", "ul. Polna")
TOWNS = (
    "28195 Bremen",
    "69002 Lyon",
    "20121 Milano",
    "1012 AB Amsterdam",
    "28013 Madrid",
    "1010 Wien",
    "00-001 Warszawa",
)
ORDER_FIELDS = (
    *("id", "number", "user_id", "email", "name", "address"),
    *("status", "total", "placed_at", "is_simulated", "source"),
)
LINE_FIELDS = ("order_id", "product_id", "title", "quantity", "unit_price")
Row = tuple[object, ...]


def write_orders(history: History, users: list[int]) -> tuple[int, int]:
    """Write orders and returns with their lines; return how many of each. ``users`` are keys by person."""
    baskets = _rows_by_basket(history)
    sent_back = [(row, second) for row, second in history.returns if not history.cancelled[history.lines.basket[row]]]
    ids = reserve_ids(Order, len(baskets) + len(sent_back))
    orders: list[Row] = []
    lines: list[Row] = []
    for pk, (basket, rows) in zip(ids, baskets.items(), strict=False):
        own = [_line(history, pk, row) for row in rows]
        number, placed = f"S{history.start:%y}{basket:06d}", history.moment(int(history.second[basket]))
        orders.append(_order(history, users, pk, number, rows[0], _status(history, basket, placed), own, placed))
        lines += own
    for pk, (row, second) in zip(ids[len(baskets) :], sent_back, strict=True):
        own = [_line(history, pk, row, sign=-1)]
        number = f"R{history.start:%y}{row:06d}"
        orders.append(_order(history, users, pk, number, row, "delivered", own, history.moment(second)))
        lines += own
    return copy_rows(Order, ORDER_FIELDS, orders), copy_rows(OrderLine, LINE_FIELDS, lines)


def _rows_by_basket(history: History) -> dict[int, list[int]]:
    """The rows of ``history.lines`` that make each basket, baskets in time order."""
    rows: dict[int, list[int]] = {}
    for row, basket in enumerate(history.lines.basket):
        rows.setdefault(int(basket), []).append(row)
    return dict(sorted(rows.items()))


def _line(history: History, order: int, row: int, sign: int = 1) -> Row:
    lines, market = history.lines, history.market
    good = market.goods[int(lines.good[row])]
    price = Decimal(f"{market.price[lines.day[row], lines.good[row]]:.2f}")
    return order, good.pk, good.title, sign * int(lines.quantity[row]), price


def _order(
    history: History, users: list[int], pk: int, number: str, row: int, status: str, lines: list[Row], at: datetime
) -> Row:
    """The order that ``lines`` belong to; ``row`` is one of them in the history and says whose it is."""
    person = int(history.lines.person[row])
    guest = bool(history.guest[history.lines.basket[row]])
    username = history.people.usernames[person]
    return (
        pk,
        number,
        None if guest else users[person],
        f"{'guest.' if guest else ''}{username}@example.com",
        " ".join(history.people.names[person]),
        f"{STREETS[person % 7]} {person % 89 + 1}, {TOWNS[person * 3 % 7]}",
        status,
        sum((quantity * price for *_, quantity, price in lines), Decimal(0)),  # type: ignore[operator]
        at,
        True,
        "simulation",
    )


def _status(history: History, basket: int, placed: datetime) -> str:
    if history.cancelled[basket]:
        return "cancelled"
    age = history.day(history.market.days - 1) - placed.date()
    return "delivered" if age > timedelta(4) else "shipped" if age > timedelta(1) else "placed"

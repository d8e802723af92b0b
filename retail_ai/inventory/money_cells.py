"""Amounts for the room's pages, in the language that is active."""

from decimal import Decimal
from typing import Any

from retail_ai.engine.facts import Money
from retail_ai.money import format_money
from retail_ai.stores import get_store


def amount(value: Any, currency: str = "") -> str:
    """An amount with its currency (the shop's where none is given); a dash for None."""
    if value is None:
        return "—"
    return format_money(Money(Decimal(str(round(float(value), 2))), currency or get_store().currency))

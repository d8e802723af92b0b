"""Which open suggestions the money suffices for: each supplier's budget first, then one over all. Reads only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from retail_ai.engine.budget import Share, Wanted, spend
from retail_ai.exceptions import InvalidInput
from retail_ai.inventory.models import ReorderSuggestion
from retail_ai.inventory.terms import buying
from retail_ai.stores import get_store

State = ReorderSuggestion.State


def parse_budget(text: Any) -> float | None:
    """What a person typed; None for nothing. Raises InvalidInput for what is no amount."""
    words = str(text or "").strip().replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    if not words:
        return None
    try:
        amount = Decimal(words)
    except InvalidOperation as error:
        raise InvalidInput(_("“%(text)s” is no amount.") % {"text": words[:40]}) from error
    if not amount.is_finite() or not 0 <= amount < 10**12:
        raise InvalidInput(_("A budget is an amount from 0 up."))
    return float(amount)


def shares(budget: float | None = None, rows: Iterable[ReorderSuggestion] | None = None) -> dict[int, Share[int]]:
    """What is left of each open suggestion, by its key. Reasons: "", "cut", "left out", "no cost", "currency"."""
    if rows is None:
        rows = ReorderSuggestion.objects.filter(state=State.OPEN).select_related("supplier")
    rows = list(rows)
    terms = buying([row.product_id for row in rows], {}) if rows else {}
    wanted = {row.pk: _wanted(row, terms[row.product_id]) for row in rows}
    left = dict(wanted)
    result: dict[int, Share[int]] = {}
    for own, keys in _by_supplier(rows):
        for share in spend([wanted[key] for key in keys], own):
            result[share.key] = share
            left[share.key] = replace(wanted[share.key], quantity=share.quantity, cost=_cost(wanted[share.key], share))
    ours = get_store().currency
    foreign = {row.pk for row in rows if row.currency and row.currency != ours}
    for share in spend([left[row.pk] for row in rows if row.pk not in foreign], budget):
        before = result[share.key]
        result[share.key] = share if share.reason in ("cut", "left out") else before
    if budget is not None:
        for key in foreign:
            result[key] = replace(result[key], reason=result[key].reason or "currency")
    return result


def has_budgets() -> bool:
    """Whether a supplier with open suggestions has a budget."""
    return ReorderSuggestion.objects.filter(state=State.OPEN, supplier__budget__isnull=False).exists()


def reason_text(share: Share[int]) -> str:
    """Why an order is cut or left out, for people."""
    return {
        "": _("within the budget"),
        "cut": _("cut to %(n)d") % {"n": share.quantity},
        "left out": _("left out: others save more"),
        "no cost": _("not counted: no cost known"),
        "currency": _("not counted: other currency"),
    }[share.reason]


def _by_supplier(rows: list[ReorderSuggestion]) -> list[tuple[float | None, list[int]]]:
    """(budget, keys) of each order of a supplier that has a budget, and of all other rows together. An order is in one
    currency."""
    groups: dict[Any, list[int]] = defaultdict(list)
    budgets: dict[Any, float | None] = {None: None}
    for row in rows:
        budget = row.supplier.budget if row.supplier else None
        name = None if budget is None else (row.supplier_id, row.currency)
        groups[name].append(row.pk)
        budgets[name] = None if budget is None else float(budget)
    return [(budgets[name], keys) for name, keys in groups.items()]


def _wanted(row: ReorderSuggestion, how: Any) -> Wanted[int]:
    gain = float(row.lost_value) if row.lost_value is not None else row.lost_units
    cost = None if row.cost is None else float(row.cost)
    return Wanted(row.pk, cost, gain, row.quantity, how.terms.pack_size, how.terms.minimum_order)


def _cost(wanted: Wanted[int], share: Share[int]) -> float | None:
    return None if wanted.cost is None else share.cost

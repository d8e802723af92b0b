"""Turns a need into a queryset: prices asked of the shop's own rows, everything else of what products state.

What cannot be applied (a currency without a rate, a thing that no product states) is said in notes, not guessed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from retail_ai.catalog.search_models import ProductFacets
from retail_ai.engine.facts import Money, ProductFilter
from retail_ai.engine.need import Constraint
from retail_ai.engine.need_settling import bounds_of
from retail_ai.money import format_money
from retail_ai.stores import get_store

# Wishes that order or colour the answer and rule nothing out.
SOFT = frozenset({"sort", "occasion", "quantity"})


@dataclass(slots=True)
class Narrowed:
    """Products within the limits, which constraints were applied, and notes on those that could not be."""

    products: QuerySet[Any]
    applied: tuple[Constraint, ...] = ()
    notes: list[str] = field(default_factory=list)


def narrow(
    constraints: Iterable[Constraint], limits: ProductFilter, chosen: Iterable[tuple[int, ...]] = ()
) -> Narrowed:
    """Products within the limits that fulfil the constraints; ``chosen``: groups of facet values, any of each."""
    notes: list[str] = []
    applied: list[Constraint] = []
    groups: dict[str, set[int]] = {}
    unwanted: set[int] = set()
    for one in constraints:
        if one.kind == "price":
            narrower = _priced(one, limits, notes)
            if narrower is not None:
                limits = narrower
                applied.append(one)
        elif one.kind in SOFT:
            continue
        elif not one.choices:
            _say_unknown(one, notes)
        else:
            applied.append(one)
            if one.negated:
                unwanted.update(one.choices)
            else:
                groups.setdefault(_group(one), set()).update(one.choices)
    products = get_store().narrow(limits)
    wanted = [sorted(ids) for ids in groups.values()] + [sorted(ids) for ids in chosen if ids]
    return Narrowed(_stating(products, wanted, sorted(unwanted)), tuple(applied), notes)


def _group(one: Constraint) -> str:
    """Two colours mean either; a colour and a size mean both, as do two limits on measures."""
    return f"{one.kind}:{one.value}" if one.kind in ("attribute", "measure") else one.kind


def _stating(products: QuerySet[Any], wanted: list[list[int]], unwanted: list[int]) -> QuerySet[Any]:
    if wanted:
        stating = ProductFacets.objects.all()
        for ids in wanted:
            stating = stating.filter(values__overlap=ids)
        products = products.filter(pk__in=stating.values("pk"))
    if unwanted:
        products = products.exclude(pk__in=ProductFacets.objects.filter(values__overlap=unwanted).values("pk"))
    return products


def _priced(one: Constraint, limits: ProductFilter, notes: list[str]) -> ProductFilter | None:
    rate = rate_of(one.unit)
    if rate is None:
        notes.append(
            _("Prices here are in %(ours)s, and there is no exchange rate for %(theirs)s: no limit was set.")
            % {"ours": get_store().currency, "theirs": one.unit}
        )
        return None
    low, high = (None if bound is None else (Decimal(str(bound)) * rate).quantize(Decimal("0.01"))
                 for bound in bounds_of(one))  # fmt: skip
    if rate != 1:
        said = one.high if one.high is not None else one.low
        amount = Money(Decimal(str(said)) * rate, get_store().currency)
        given = Money(Decimal(str(said)), one.unit)
        notes.append(
            _("%(given)s is about %(ours)s here.")
            % {"given": format_money(given).replace(".00", ""), "ours": format_money(amount)}
        )
    return replace(
        limits,
        min_price=max((p for p in (low, limits.min_price) if p is not None), default=None),
        max_price=min((p for p in (high, limits.max_price) if p is not None), default=None),
    )


def rate_of(currency: str) -> Decimal | None:
    """What one unit of a currency is in the shop's; 1 where none was said, None where it is not known."""
    store = get_store()
    if currency in ("", store.currency):
        return Decimal(1)
    return store.exchange_rates().get(currency)


def _say_unknown(one: Constraint, notes: list[str]) -> None:
    if one.negated:
        notes.append(_("No product here states “%(words)s”, so none could be left out for it.") % {"words": one.words})
    elif one.kind in ("people", "age", "size", "measure"):
        notes.append(_("The shop states nothing to choose by for “%(words)s”.") % {"words": one.words})

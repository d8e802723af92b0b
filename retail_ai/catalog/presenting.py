"""Says what was understood and why each product is shown: chips, reasons and marked titles, in the page's language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from retail_ai.catalog.ordering import SORTS
from retail_ai.catalog.retrieval import Candidate
from retail_ai.engine.facts import Money
from retail_ai.engine.need import Constraint
from retail_ai.engine.text import tokens
from retail_ai.money import format_money
from retail_ai.stores import get_store

_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
_SAID_IN_REASONS = ("price", "colour", "size", "measure", "age", "attribute")


@dataclass(frozen=True, slots=True)
class Chip:
    """A constraint as a shopper sees it. ``key`` in ``drop`` takes it back; ``is_applied`` is false for one that could
    not be."""

    key: str
    kind: str
    label: str
    is_applied: bool = True


def chips_of(
    constraints: Iterable[Constraint], applied: Iterable[Constraint], soft: frozenset[str]
) -> tuple[Chip, ...]:
    """A chip for each constraint, in the order of the sentence."""
    keys = {one.key for one in applied}
    return tuple(Chip(one.key, one.kind, label_of(one), one.key in keys or one.kind in soft) for one in constraints)


def label_of(one: Constraint) -> str:
    """ "up to €90", "not black", "size 42", in the page's language."""
    if one.kind == "price":
        return _price(one)
    if one.kind == "sort":
        return str(SORTS[one.value])
    if one.kind == "quantity":
        return _("quantity %(n)s") % {"n": one.value}
    if one.kind == "size":
        return _("size %(size)s") % {"size": one.value.upper()}
    if one.negated:
        return _("not: %(words)s") % {"words": one.value if one.kind == "brand" else _words(one)}
    return (
        one.value if one.kind in ("brand", "category") and one.value.isascii() and one.words.isascii() else one.words
    )


def _words(one: Constraint) -> str:
    return one.words or one.value


def _price(one: Constraint) -> str:
    low, high = (
        ""
        if bound is None
        else format_money(Money(Decimal(str(bound)), one.unit or get_store().currency)).replace(".00", "")
        for bound in (one.low, one.high)
    )
    if one.about:
        return _("around %(price)s") % {"price": low}
    if low and high:
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    return _("up to %(price)s") % {"price": high} if high else _("from %(price)s") % {"price": low}


def reason_of(candidate: Candidate, applied: Iterable[Constraint], *, is_pinned: bool = False) -> str:
    """Why a product is shown: the words it shares with the query, and the limits that it was found within."""
    if is_pinned:
        return _("chosen by the shop")
    if candidate.is_exact:
        return _("exact match")
    parts = []
    if words := _telling(candidate.matched):
        parts.append(_("matches: %(words)s") % {"words": ", ".join(words[:4])})
    parts += [label_of(one) for one in applied if one.kind in _SAID_IN_REASONS][:3]
    if not parts and candidate.is_browsed:
        return _("from the shop's selection")
    return " · ".join(parts) or _("similar in meaning")


def _telling(words: Iterable[str]) -> list[str]:
    """Words that tell a shopper something: no parts of another one of them ("wh" of "wh1000xm4"), no lone digit."""
    words = list(words)
    whole = [one for one in words if not any(one != other and one in other for other in words)]
    return [one for one in whole if not (len(one) == 1 and one.isdigit())]


def marked(title: str, matched: Iterable[str]) -> SafeString:
    """The title as HTML, escaped, with the words that match in ``<mark>``."""
    wanted = set(matched)
    pieces, at = [], 0
    for match in _WORD.finditer(title) if wanted else ():
        if wanted.intersection(tokens(match[0])):
            pieces.append(f"{escape(title[at : match.start()])}<mark>{escape(match[0])}</mark>")
            at = match.end()
    return mark_safe("".join(pieces) + escape(title[at:]))  # noqa: S308 - every piece is escaped above

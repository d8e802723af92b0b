"""What many want: popular, and trending, in the shop or in one category. Nothing here knows a person."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from retail_ai.recommendations import reasons
from retail_ai.recommendations.allowed import allowed_for_a_minute, sellable_products
from retail_ai.recommendations.candidates_sql import blocked, boost_of
from retail_ai.recommendations.ranking import rows_of, show
from retail_ai.recommendations.sql import Row
from retail_ai.recommendations.state_sql import Text
from retail_ai.recommendations.wishes import Candidate, Part, Recommendation, Wish
from retail_ai.stores import get_store

# By so many standard deviations must a week be above the weeks before it.
CLEARLY = 2.0
# Counts older than this say nothing of "this week".
STALE = timedelta(days=3)


_POPULAR = "week DESC, month DESC, overall DESC", "true"
_TREND = "trend DESC", f"trend >= {CLEARLY}"


def popular(wish: Wish, *, shown_as: str = "") -> list[Recommendation]:
    """What most people wanted lately."""
    return _popular(wish, rows_of(wish, popular_rest), shown_as)


def popular_rest(wish: Wish) -> Text:
    return _found(wish, _wanted(wish, "most", *_POPULAR), "SELECT *, false AS trends FROM most")


def trending(wish: Wish) -> list[Recommendation]:
    """What clearly more people want this week than before; what is popular, and named so, where nothing is."""
    said, rows = reasons.trending(here_of(wish)), rows_of(wish, trending_rest)
    rising = [row for row in rows if row[-2]]
    found = [
        Candidate(pk, brand or "", trend, [Part("trend", None, trend)], {}, boost)
        for pk, brand, _week, _month, _overall, trend, _trends, boost in rising
    ]
    shown = show(wish, found, lambda _item, _part, _titles: said)
    return shown or _popular(wish, rows if not rising else rows_of(replace(wish, found=None), popular_rest), "popular")


def trending_rest(wish: Wish) -> Text:
    """What is in demand; where that is nothing, what is popular."""
    rising, given = _wanted(wish, "rising", *_TREND)
    most, more = _wanted(wish, "most", *_POPULAR, instead_of="rising")
    both = "SELECT *, true AS trends FROM rising UNION ALL SELECT *, false FROM most"
    return _found(wish, (f"{rising}, {most}", [*given, *more]), both)


def _popular(wish: Wish, rows: Iterable[Row], shown_as: str) -> list[Recommendation]:
    found, said = [], reasons.popular()
    for pk, brand, week, month, overall, _trend, _trends, boost in rows:
        people, span = week or month or overall, "week" if week else "month" if month else "overall"
        parts = [Part("popular", None, people)]
        found.append(Candidate(pk, brand or "", people, parts, {"span": span}, boost))
    return show(wish, found, lambda item, _part, _titles: said[item.facts["span"]], shown_as=shown_as)


def here_of(wish: Wish) -> str:
    """The category that "here" means: the one asked for, else that of the page's product; empty for the whole shop."""
    if wish.category:
        return wish.category
    path = get_store().category_path(wish.product) if wish.product is not None else ()
    return path[-1] if path else ""


def products_here(wish: Wish) -> tuple[str, tuple[Any, ...]]:
    """What can be bought now, in the category that the wish is about, as ``allowed_products`` has it."""
    store, here = get_store(), here_of(wish)
    if not here:
        return sellable_products()
    return allowed_for_a_minute(("in category", here), lambda: store.in_category(store.sellable(), here))


def _found(wish: Wish, wanted: Text, rows: str) -> Text:
    """The whole of a rest, out of what is wanted: with what must not be shown, and the boosts of this moment."""
    sql, given = wanted
    here = [wish.product.pk] if wish.product is not None else []
    return (
        f"{blocked()}, {sql}, counted AS ({rows}),"  # noqa: S608
        f" found AS (SELECT counted.*, {boost_of('pk')} AS boost FROM counted)"
    ), [here, *given]


def _wanted(wish: Wish, name: str, order: str, condition: str, *, instead_of: str = "") -> Text:
    """The counts of what can be bought here, the best first; nothing where ``instead_of`` has rows."""
    sql, given = products_here(wish)
    unless = f" AND NOT EXISTS (SELECT FROM {instead_of})" if instead_of else ""
    return (
        f"{name} AS MATERIALIZED (SELECT a.pk, a.brand, p.week, p.month, p.overall, p.trend"  # noqa: S608
        f" FROM retail_ai_popularity p JOIN {sql} AS a ON a.pk = p.product_id"
        f" WHERE {condition} AND p.product_id NOT IN (SELECT pk FROM blocked) AND p.counted_at > %s{unless}"
        f" ORDER BY {order}, p.product_id LIMIT {wish.pool})"
    ), [*given, timezone.now() - STALE]

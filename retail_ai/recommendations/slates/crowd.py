"""What many want: popular, and trending, in the shop or in one category. Nothing here knows a person."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from retail_ai.recommendations import reasons
from retail_ai.recommendations.candidates_sql import blocked, boost_of
from retail_ai.recommendations.plain import allowed_for_a_minute, sellable_products
from retail_ai.recommendations.ranking import Candidate, Part, Recommendation, Wish, rows_of, show
from retail_ai.recommendations.state_sql import Text
from retail_ai.stores import get_store

# By so many standard deviations must a week be above the weeks before it.
CLEARLY = 2.0
# Counts older than this say nothing of "this week".
STALE = timedelta(days=3)


_POPULAR = "week DESC, month DESC, overall DESC", "true"
_TREND = "trend DESC", f"trend >= {CLEARLY}"


def popular(wish: Wish, *, shown_as: str = "") -> list[Recommendation]:
    """What most people wanted lately."""
    found, said = [], reasons.popular()
    for pk, brand, shelf, week, month, overall, _trend, boost in rows_of(wish, popular_rest):
        people, span = week or month or overall, "week" if week else "month" if month else "overall"
        parts = [Part("popular", None, people)]
        found.append(Candidate(pk, brand or "", shelf or "", people, parts, {"span": span}, boost))
    return show(wish, found, lambda item, _part, _titles: said[item.facts["span"]], shown_as=shown_as)


def popular_rest(wish: Wish) -> Text:
    return _wanted(wish, *_POPULAR)


def trending(wish: Wish) -> list[Recommendation]:
    """What clearly more people want this week than before; what is popular, and named so, where nothing is."""
    said = reasons.trending(here_of(wish))
    found = [
        Candidate(pk, brand or "", shelf or "", trend, [Part("trend", None, trend)], {}, boost)
        for pk, brand, shelf, _week, _month, _overall, trend, boost in rows_of(wish, trending_rest)
    ]
    shown = show(wish, found, lambda _item, _part, _titles: said)
    return shown or popular(replace(wish, found=None), shown_as="popular")


def trending_rest(wish: Wish) -> Text:
    return _wanted(wish, *_TREND)


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


def _wanted(wish: Wish, order: str, condition: str) -> Text:
    sql, given = products_here(wish)
    here = [wish.product.pk] if wish.product is not None else []
    return (
        f"{blocked()}, most AS (SELECT a.pk, a.brand, a.shelf, p.week, p.month, p.overall, p.trend"  # noqa: S608
        f" FROM retail_ai_popularity p JOIN {sql} AS a ON a.pk = p.product_id"
        f" WHERE {condition} AND p.product_id NOT IN (SELECT pk FROM blocked) AND p.counted_at > %s"
        f" ORDER BY {order}, p.product_id LIMIT {wish.pool}),"
        f" found AS (SELECT most.*, {boost_of('pk')} AS boost FROM most)"
    ), [here, *given, timezone.now() - STALE]

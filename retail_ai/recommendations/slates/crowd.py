"""What many want: popular, and trending, in the shop or in one category. Nothing here knows a person."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from retail_ai.recommendations import reasons
from retail_ai.recommendations.plain import sellable_products
from retail_ai.recommendations.ranking import Candidate, Part, Recommendation, Wish, show
from retail_ai.recommendations.sql import allowed_products, fetch
from retail_ai.stores import get_store

# By so many standard deviations must a week be above the weeks before it.
CLEARLY = 2.0
# Counts older than this say nothing of "this week".
STALE = timedelta(days=3)


def popular(wish: Wish, *, shown_as: str = "") -> list[Recommendation]:
    """What most people wanted lately."""
    found = []
    for pk, brand, shelf, week, month, overall, _ in _wanted(wish, "week DESC, month DESC, overall DESC", "true"):
        people = week or month or overall
        facts = {"week": week, "month": month}
        found.append(Candidate(pk, brand or "", shelf or "", people, [Part("popular", None, people)], facts))
    return show(wish, found, lambda item, _part, _titles: reasons.popular(item.facts), shown_as=shown_as)


def trending(wish: Wish) -> list[Recommendation]:
    """What clearly more people want this week than before; what is popular, and named so, where nothing is."""
    here = here_of(wish)
    found = [
        Candidate(pk, brand or "", shelf or "", trend, [Part("trend", None, trend)], {"week": week, "month": month})
        for pk, brand, shelf, week, month, _overall, trend in _wanted(wish, "trend DESC", f"trend >= {CLEARLY}")
    ]
    shown = show(wish, found, lambda item, _part, _titles: reasons.trending(item.facts, here))
    return shown or popular(wish, shown_as="popular")


def here_of(wish: Wish) -> str:
    """The category that "here" means: the one asked for, else that of the page's product; empty for the whole shop."""
    if wish.category:
        return wish.category
    path = get_store().category_path(wish.product) if wish.product is not None else ()
    return path[-1] if path else ""


def products_here(wish: Wish) -> tuple[str, tuple[Any, ...]]:
    """What can be bought now, in the category that the wish is about, as ``allowed_products`` has it."""
    store, here = get_store(), here_of(wish)
    return allowed_products(store.in_category(store.sellable(), here)) if here else sellable_products()


def _wanted(wish: Wish, order: str, condition: str) -> list[tuple[Any, ...]]:
    sql, given = products_here(wish)
    blocked = wish.blocked(*([wish.product.pk] if wish.product is not None else []))
    return fetch(
        "SELECT a.pk, a.brand, a.shelf, p.week, p.month, p.overall, p.trend FROM retail_ai_popularity p"  # noqa: S608
        f" JOIN {sql} AS a ON a.pk = p.product_id WHERE {condition} AND p.product_id <> ALL(%s) AND p.counted_at > %s"
        f" ORDER BY {order}, p.product_id LIMIT {wish.pool}",
        [*given, blocked, timezone.now() - STALE],
    )

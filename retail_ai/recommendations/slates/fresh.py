"""The slate "new for you": what came into the shop lately, by how well it suits what the person did."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from retail_ai.recommendations import reasons
from retail_ai.recommendations.allowed import allowed_for_a_minute, allowed_products
from retail_ai.recommendations.candidates_sql import FEW, Search, candidate_statement
from retail_ai.recommendations.ranking import find, show
from retail_ai.recommendations.serving import TASTE_OF, plan_for
from retail_ai.recommendations.slates.person import is_someone, tell_by_deed
from retail_ai.recommendations.sql import fetch
from retail_ai.recommendations.state_sql import Text
from retail_ai.recommendations.wishes import Candidate, Part, Recommendation, Wish
from retail_ai.stores import get_store

NEW = timedelta(days=45)
# In a shop with more new products than this, the newest of them are looked at.
LOOKED_AT = 500


def new_for_you(wish: Wish) -> list[Recommendation]:
    """New products that suit this person; simply the newest, and named so, for want of a history. A shop whose adapter
    names no ``created_field`` has none."""
    if not get_store().created_field:
        return []
    if wish.past.deeds and (shown := show(wish, find(wish, new_for_you_rest), tell_by_deed(wish))):
        return shown
    return show(
        wish, _newest(wish, _new_products()), lambda item, _p, _t: reasons.new(item.facts["since"]), shown_as="new"
    )


def new_for_you_rest(wish: Wish) -> Text | None:
    is_wanted = is_someone(wish) and get_store().created_field
    return candidate_statement(_search(wish)) if is_wanted else None


def _new_products() -> QuerySet[Any]:
    """The newest first."""
    store = get_store()
    new = store.sellable().filter(**{f"{store.created_field}__gte": timezone.now() - NEW})
    return new.order_by(f"-{store.created_field}", "pk")


def _search(wish: Wish) -> Search:
    plan = plan_for(wish.serving.release)
    return Search(
        wish.serving,
        allowed_for_a_minute("new", lambda: _new_products()[:LOOKED_AT]),
        wish.pool,
        kernel=plan.kernel,
        no_deeds=True,
        link_weight=plan.weights.get("next", 1.0),
        # A product of which nothing is known yet can only be found by what it is.
        content=max(plan.weights.get("content", 0.0), 1.0),
        taste_of=TASTE_OF,
        exact=True,
    )


def _newest(wish: Wish, products: QuerySet[Any]) -> list[Candidate]:
    store = get_store()
    rows = dict(
        products.exclude(pk__in=wish.blocked()).values_list("pk", str(store.created_field))[: min(wish.pool, FEW)]
    )
    if not rows:
        return []
    sql, params = allowed_products(products.filter(pk__in=list(rows)))
    found = fetch(f"SELECT pk, brand FROM {sql} AS a", params)  # noqa: S608
    made = [
        Candidate(pk, brand or "", rows[pk].timestamp(), [Part("new", None, 0.0)], {"since": rows[pk]})
        for pk, brand in found
    ]
    return sorted(made, key=lambda item: (-item.score, str(item.pk)))

"""The slate "for you": from a person's last events, so that a click changes the next page."""

from dataclasses import replace
from typing import Any

from retail_ai.recommendations import reasons
from retail_ai.recommendations.allowed import sellable_products
from retail_ai.recommendations.candidates_sql import Search, candidate_statement
from retail_ai.recommendations.models import CustomerTaste
from retail_ai.recommendations.ranking import find, show
from retail_ai.recommendations.serving import TASTE_OF, plan_for
from retail_ai.recommendations.slates.crowd import popular, popular_rest
from retail_ai.recommendations.state_sql import Text
from retail_ai.recommendations.wishes import Candidate, Part, Recommendation, Teller, Wish
from retail_ai.stores import get_store


def for_you(wish: Wish) -> list[Recommendation]:
    """From the last events; else from the stored taste; else what is popular, and named so."""
    if not is_someone(wish):
        return popular(wish, shown_as="popular")
    shown = show(wish, find(wish, for_you_rest), tell_by_deed(wish)) if wish.past.deeds else _by_taste(wish)
    return shown or popular(replace(wish, found=None), shown_as="popular")


def for_you_rest(wish: Wish) -> Text | None:
    return candidate_statement(_search(wish)) if is_someone(wish) else popular_rest(wish)


def is_someone(wish: Wish) -> bool:
    """Whether it is known for whom the slate is."""
    return wish.person.who is not None


def tell_by_deed(wish: Wish) -> Teller:
    """Says of each part which deed of the shopper's gave it."""
    kinds, said = {deed.product: deed.kind for deed in wish.past.deeds}, reasons.sentences()

    def tell(_item: Candidate, part: Part, titles: dict[Any, str]) -> str:
        if part.kind in ("next", "content"):
            name = "content" if part.kind == "content" else kinds.get(part.cause, "view")
            return said[name] % {"title": titles[part.cause]}
        return reasons.of_words(part)

    return tell


def _search(wish: Wish) -> Search:
    plan = plan_for(wish.serving.release)
    return Search(
        wish.serving,
        sellable_products(),
        wish.pool,
        kernel=plan.kernel,
        no_deeds=True,
        link_weight=plan.weights.get("next", 1.0),
        content=plan.weights.get("content", 0.0),
        taste_of=TASTE_OF,
    )


def _by_taste(wish: Wish) -> list[Recommendation]:
    """Products near a customer's stored taste vector: for those whose events were forgotten since."""
    from retail_ai.catalog.selectors import nearest_products
    from retail_ai.catalog.spaces import active_space

    customer = wish.person.customer
    space = active_space() if customer is not None and wish.past.may_use and wish.serving.space else None
    taste = CustomerTaste.objects.filter(customer=customer, embedder=space.identity).first() if space else None
    if taste is None:
        return []
    products = get_store().sellable().exclude(pk__in=wish.blocked())
    near = nearest_products(vector=taste.vector, products=products, limit=wish.pool)
    store, least = get_store(), (wish.serving.space.least if wish.serving.space else None) or 0.0
    found = [
        Candidate(one.product.pk, store.facts(one.product).brand, one.score, [Part("taste", None, one.score)])
        for one in near
        if one.score > max(0.0, least)
    ]
    return show(wish, found, lambda _item, part, _titles: reasons.of_words(part))

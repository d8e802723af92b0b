"""Slates from words: because you searched, and a need in the shopper's own words together with what they did."""

from typing import Any

from retail_ai.recommendations import reasons
from retail_ai.recommendations.candidates_sql import Search, boost_of, candidate_statement
from retail_ai.recommendations.plain import only, sellable_products
from retail_ai.recommendations.ranking import Candidate, Part, Recommendation, Wish, find, show
from retail_ai.recommendations.searched import found_for
from retail_ai.recommendations.serving import TASTE_OF, plan_for
from retail_ai.recommendations.slates.person import tell_by_deed
from retail_ai.recommendations.sql import fetch
from retail_ai.recommendations.state_sql import Text

# What was searched for before counts less than what was searched for last.
EARLIER = 0.6
# How much a history may add to what the words alone say of a product.
BEHAVIOUR = 0.5


def because_you_searched(wish: Wish) -> list[Recommendation]:
    """What the last searches find now, the newest search first; owned and hidden products left out."""
    found: dict[Any, Candidate] = {}
    for age, query in enumerate(wish.past.searches):
        for hit in found_for(query):
            amount = hit.relevance * EARLIER**age
            item = found.setdefault(hit.key, Candidate(hit.key, "", "", 0.0))
            item.score += amount
            item.parts.append(Part("search", query, amount))
    ranked = _sellable(wish, found)
    return show(wish, ranked, lambda _item, part, _titles: reasons.of_words(part))


def need(wish: Wish) -> list[Recommendation]:
    """What matches the words and the limits in them, those first that suit what the person did."""
    hits = {hit.key: hit for hit in found_for(wish.text)}
    found = {
        key: Candidate(key, "", "", hit.relevance, [Part("match", hit, hit.relevance)]) for key, hit in hits.items()
    }
    for suited in find(wish, lambda wish: _behaviour(wish, list(hits))) if hits and wish.past.deeds else ():
        item, scale = found[suited.pk], BEHAVIOUR / max(suited.score, 1.0)
        item.score += suited.score * scale
        item.parts += [Part(part.kind, part.cause, part.amount * scale, part.support) for part in suited.parts]
    by_deed = tell_by_deed(wish)

    def tell(item: Candidate, part: Part, titles: dict[Any, str]) -> str:
        if part.kind != "match":
            return by_deed(item, part, titles)
        also = next((p for p in item.parts if p.kind != "match" and titles[p.cause]), None)
        return reasons.match(part.cause, by_deed(item, also, titles) if also is not None else "")

    return show(wish, _sellable(wish, found), tell)


def _behaviour(wish: Wish, keys: list[Any]) -> Text | None:
    plan = plan_for(wish.serving.release)
    search = Search(
        wish.serving,
        only(sellable_products(), keys),
        len(keys),
        kernel=plan.kernel,
        link_weight=plan.weights.get("next", 1.0),
        content=plan.weights.get("content", 0.0),
        taste_of=TASTE_OF,
        exact=True,
    )
    return candidate_statement(search)


def _sellable(wish: Wish, found: dict[Any, Candidate]) -> list[Candidate]:
    """Those that can be bought at this moment and may be shown, best first, brand and shelf filled in."""
    if not found:
        return []
    blocked, ranked = set(wish.blocked()), []
    sql, params = only(sellable_products(), found)
    for pk, brand, shelf, boost in fetch(f"SELECT pk, brand, shelf, {boost_of('pk')} FROM {sql} AS a", params):  # noqa: S608
        if pk not in blocked:
            found[pk].brand, found[pk].shelf, found[pk].boost = brand or "", shelf or "", boost
            ranked.append(found[pk])
    return sorted(ranked, key=lambda item: (-item.score, str(item.pk)))

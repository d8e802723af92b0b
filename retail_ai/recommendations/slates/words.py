"""Slates from words: because you searched, and a need in the shopper's own words together with what they did."""

from typing import Any

from retail_ai.recommendations import reasons
from retail_ai.recommendations.allowed import only, sellable_products
from retail_ai.recommendations.candidates_sql import Search, blocked, boost_of, candidate_statement
from retail_ai.recommendations.ranking import rows_of, show
from retail_ai.recommendations.searched import MOST, found_for
from retail_ai.recommendations.serving import TASTE_OF, plan_for
from retail_ai.recommendations.slates.person import tell_by_deed
from retail_ai.recommendations.sql import fetch
from retail_ai.recommendations.state_sql import Text
from retail_ai.recommendations.wishes import Candidate, Part, Recommendation, Wish

# What was searched for before counts less than what was searched for last.
EARLIER = 0.6
# How much a history may add to what the words alone say of a product.
BEHAVIOUR = 0.5


def because_you_searched(wish: Wish) -> list[Recommendation]:
    """What the last search finds now, without owned and hidden products; for want of enough, the ones before it."""
    found: dict[Any, Candidate] = {}
    ranked: list[Candidate] = []
    for age, query in enumerate(wish.past.searches):
        for hit in found_for(query):
            amount = hit.relevance * EARLIER**age
            item = found.setdefault(hit.key, Candidate(hit.key, "", 0.0))
            item.score += amount
            item.parts.append(Part("search", query, amount))
        ranked = _sellable(wish, found)
        if len(ranked) >= wish.limit:
            break
    return show(wish, ranked, lambda _item, part, _titles: reasons.of_words(part))


def need(wish: Wish) -> list[Recommendation]:
    """What matches the words and the limits in them, those first that suit what the person did."""
    hits, found = {hit.key: hit for hit in wish.hits}, []
    for pk, brand, boost, score, *told in rows_of(wish, need_rest):
        hit = hits[pk]
        item = Candidate(pk, brand or "", hit.relevance, [Part("match", hit, hit.relevance)], boost=boost)
        if score:
            scale = BEHAVIOUR / max(score, 1.0)
            item.score += score * scale
            item.parts += [Part(kind, cause, amount * scale, n) for kind, cause, amount, n in zip(*told, strict=True)]
        found.append(item)
    by_deed = tell_by_deed(wish)

    def tell(item: Candidate, part: Part, titles: dict[Any, str]) -> str:
        if part.kind != "match":
            return by_deed(item, part, titles)
        also = next((p for p in item.parts if p.kind != "match" and titles[p.cause]), None)
        return reasons.match(part.cause, by_deed(item, also, titles) if also is not None else "")

    return show(wish, sorted(found, key=lambda item: (-item.score, str(item.pk))), tell)


def need_rest(wish: Wish) -> Text | None:
    """What was found that can be bought now and may be shown, each with what the person's deeds say of it."""
    if not wish.hits:
        return None
    allowed = only(sellable_products(), [hit.key for hit in wish.hits])
    suited = candidate_statement(_behaviour(wish, allowed), name="suited")
    if suited is None:
        few, given = allowed
        nothing = "NULL::float8 AS score, NULL::text[] AS kinds, NULL::text[] AS causes, NULL::float8[] AS amounts"
        suited = (
            (
                f"{blocked()}, few AS MATERIALIZED (SELECT * FROM {few} AS allowed),"  # noqa: S608
                f" suited AS (SELECT pk, {nothing}, NULL::int[] AS supports FROM few)"
            ),
            [[], *given],
        )
    return (
        f"{suited[0]}, found AS (SELECT few.*, {boost_of('few.pk')} AS boost,"  # noqa: S608
        " score, kinds, causes, amounts, supports FROM few LEFT JOIN suited USING (pk)"
        " WHERE few.pk NOT IN (SELECT pk FROM blocked))"
    ), suited[1]


def _behaviour(wish: Wish, allowed: tuple[str, tuple[Any, ...]]) -> Search:
    plan = plan_for(wish.serving.release)
    return Search(
        wish.serving,
        allowed,
        MOST,
        kernel=plan.kernel,
        link_weight=plan.weights.get("next", 1.0),
        content=plan.weights.get("content", 0.0),
        taste_of=TASTE_OF,
        exact=True,
    )


def _sellable(wish: Wish, found: dict[Any, Candidate]) -> list[Candidate]:
    """Those that can be bought at this moment and may be shown, best first, the brand filled in."""
    if not found:
        return []
    unwanted, ranked = set(wish.blocked()), []
    sql, params = only(sellable_products(), found)
    for pk, brand, boost in fetch(f"SELECT pk, brand, {boost_of('pk')} FROM {sql} AS a", params):  # noqa: S608
        if pk not in unwanted:
            found[pk].brand, found[pk].boost = brand or "", boost
            ranked.append(found[pk])
    return sorted(ranked, key=lambda item: (-item.score, str(item.pk)))

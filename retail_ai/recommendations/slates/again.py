"""What a person knows already: buy again, when it is due, and recently viewed."""

import math
from datetime import timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.utils import timezone

from retail_ai.recommendations import reasons
from retail_ai.recommendations.allowed import sellable_products, visible_products
from retail_ai.recommendations.candidates_sql import boost_of
from retail_ai.recommendations.ranking import rows_of, show
from retail_ai.recommendations.slates.person import is_someone
from retail_ai.recommendations.sql import key_type
from retail_ai.recommendations.state_sql import RETURNED, Text
from retail_ai.recommendations.wishes import Candidate, Part, Recommendation, Wish

# Due from four fifths of the usual interval on. After three of them it is no longer a habit (Bhagat et al., "Buy It
# Again: Modeling Repeat Purchase Recommendations", KDD 2018, offer an item around its own repeat interval too).
DUE, OVER = 0.8, 3.0
# Of the buyers of a product, how many must have bought it again for it to be a thing one buys again.
LEAST_SHARE = 0.1
# Among what is due, what is bought often comes first: each purchase counts one, what all buyers of a product buy again
# two more, and a purchase of today half as much again, fading (chosen on held-out weeks of a gift shop's sales).
SHARE_WORTH, FRESH_WORTH, FADING_DAYS = 2.0, 0.5, 60.0
# Purchases of the last so many days.
YEARS = timedelta(days=730)

_SQL = """
sent_back AS MATERIALIZED ({returned}), days AS (
    SELECT product_id, occurred_at::date AS day, max(occurred_at) AS at FROM retail_ai_event
    WHERE {who} AND kind = 'purchase' AND product_id IS NOT NULL AND occurred_at BETWEEN %s AND %s
        AND product_id NOT IN (SELECT product_id FROM sent_back) GROUP BY 1, 2
), gaps AS (
    SELECT product_id, at, day - lag(day) OVER (PARTITION BY product_id ORDER BY day) AS gap FROM days
), own AS (
    SELECT product_id, count(*) AS times, max(at) AS last, count(gap) AS gaps,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) FILTER (WHERE gap IS NOT NULL) AS days
    FROM gaps GROUP BY product_id
), found AS (
SELECT a.pk, a.brand, own.times, own.last, own.gaps >= 2 AS is_own,
       CASE WHEN own.gaps >= 2 THEN own.days ELSE r.days END AS every, coalesce(r.share, 0) AS share, {boost} AS boost
FROM own JOIN {allowed} AS a ON a.pk = own.product_id
LEFT JOIN retail_ai_repurchase r ON r.product_id = own.product_id AND r.share >= %s
WHERE own.product_id <> ALL(%s) AND own.product_id NOT IN (SELECT product_id FROM hidden)
  AND own.product_id NOT IN (SELECT product_id FROM unused) AND (own.gaps >= 2 OR r.days IS NOT NULL)
)
"""


def buy_again(wish: Wish) -> list[Recommendation]:
    """What this person, or else its buyers in general, buy again after a while, when that while is nearly over."""
    now, rows = timezone.now(), rows_of(wish, buy_again_rest) if wish.past.may_use else []
    found = [item for row in rows if (item := _due(row, now)) is not None]
    found.sort(key=lambda item: (-item.score, str(item.pk)))
    return show(wish, found[: wish.pool], lambda item, _part, _titles: reasons.buy_again(item.facts))


def buy_again_rest(wish: Wish) -> Text | None:
    if wish.person.who is None:
        return None
    (who, key), (sql, given), now = wish.person.who, sellable_products(), wish.person.at
    text = _buy_again(who, sql, boost_of("a.pk"))
    return text, [key, key, key, now - YEARS, now, *given, LEAST_SHARE, list(wish.cart)]


@lru_cache(maxsize=16)
def _buy_again(who: str, allowed: str, boost: str) -> str:
    return _SQL.format(who=who, allowed=allowed, returned=RETURNED.format(who=who), boost=boost)


def recently_viewed(wish: Wish) -> list[Recommendation]:
    """What this person looked at last, without the product they are looking at now; sold out ones too."""
    found = [
        Candidate(pk, "", (score := 1 / (age + 1)), [Part("viewed", pk, score)], {}, boost)
        for pk, age, boost in sorted(rows_of(wish, recently_viewed_rest), key=itemgetter(1))
    ]
    said = reasons.sentences()["viewed"]
    return show(wish, found, lambda _item, _part, _titles: said)


def recently_viewed_rest(wish: Wish) -> Text | None:
    if not is_someone(wish):
        return None
    sql, given = visible_products()
    here = wish.product.pk if wish.product is not None else None
    return _recently_viewed(sql, boost_of("a.pk"), wish.pool), [*given, here]


@lru_cache(maxsize=16)
def _recently_viewed(visible: str, boost: str, pool: int) -> str:
    return (
        f"found AS (SELECT a.pk, age, {boost} AS boost FROM deeds JOIN {visible} AS a"  # noqa: S608
        f" ON a.pk = deeds.product_id WHERE a.pk IS DISTINCT FROM %s::{key_type()} ORDER BY age LIMIT {pool})"
    )


def _due(row: tuple[Any, ...], now: Any) -> Candidate | None:
    """None before or long after its time; else the more often bought, by this person and in general, the higher."""
    pk, brand, times, last, is_own, every, share, boost = row
    every, days = max(float(every), 1.0), (now - last) / timedelta(days=1)
    if not DUE <= days / every <= OVER:
        return None
    score = (times + SHARE_WORTH * share) * (1 + FRESH_WORTH * math.exp(-days / FADING_DAYS))
    facts = {"every": round(every), "last": last, "is_own": is_own}
    return Candidate(pk, brand or "", score, [Part("again", pk, score)], facts, boost)

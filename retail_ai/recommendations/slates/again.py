"""What a person knows already: buy again, when it is due, and recently viewed."""

import math
from datetime import timedelta
from typing import Any

from django.utils import timezone

from retail_ai.recommendations import reasons
from retail_ai.recommendations.plain import sellable_products, visible_products, which_of
from retail_ai.recommendations.ranking import Candidate, Part, Recommendation, Wish, show
from retail_ai.recommendations.sql import fetch
from retail_ai.recommendations.state_sql import RETURNED

# Due from four fifths of the usual interval on. After three of them it is no longer a habit (Bhagat et al., "Buy It
# Again: Modeling Repeat Purchase Recommendations", KDD 2018, offer an item around its own repeat interval too).
DUE, OVER = 0.8, 3.0
# Of the buyers of a product, how many must have bought it again for it to be a thing one buys again.
LEAST_SHARE = 0.1
# Purchases of the last so many days.
YEARS = timedelta(days=730)

_SQL = """
WITH returned AS MATERIALIZED ({returned}), days AS (
    SELECT product_id, occurred_at::date AS day, max(occurred_at) AS at FROM retail_ai_event
    WHERE {who} AND kind = 'purchase' AND product_id IS NOT NULL AND occurred_at BETWEEN %s AND %s
        AND product_id NOT IN (SELECT product_id FROM returned) GROUP BY 1, 2
), gaps AS (
    SELECT product_id, at, day - lag(day) OVER (PARTITION BY product_id ORDER BY day) AS gap FROM days
), own AS (
    SELECT product_id, count(*) AS times, max(at) AS last, count(gap) AS gaps,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) FILTER (WHERE gap IS NOT NULL) AS days
    FROM gaps GROUP BY product_id
)
SELECT a.pk, a.brand, a.shelf, own.times, own.last, own.gaps >= 2 AS is_own,
       CASE WHEN own.gaps >= 2 THEN own.days ELSE r.days END AS every
FROM own JOIN {allowed} AS a ON a.pk = own.product_id
LEFT JOIN retail_ai_repurchase r ON r.product_id = own.product_id AND r.share >= %s
WHERE own.product_id <> ALL(%s) AND (own.gaps >= 2 OR r.days IS NOT NULL)
"""


def buy_again(wish: Wish) -> list[Recommendation]:
    """What this person, or else its buyers in general, buy again after a while, when that while is nearly over."""
    if not wish.past.may_use or (wish.customer is None and not wish.visitor):
        return []
    now = timezone.now()
    found = [item for row in _bought(wish, now) if (item := _due(row, now)) is not None]
    found.sort(key=lambda item: (-item.score, str(item.pk)))
    return show(wish, found[: wish.pool], lambda item, _part, _titles: reasons.buy_again(item.facts))


def recently_viewed(wish: Wish) -> list[Recommendation]:
    """What this person looked at last, without the product they are looking at now; sold out ones too."""
    here = wish.product.pk if wish.product is not None else None
    wanted = [deed for deed in wish.past.deeds if deed.product != here][: wish.pool]
    if not wanted:
        return []
    visible = which_of(visible_products(), (deed.product for deed in wanted))
    found = [
        Candidate(deed.product, "", visible[deed.product][1], 1 / (deed.age + 1),
                  [Part("viewed", deed.product, 1 / (deed.age + 1))])
        for deed in wanted
        if deed.product in visible
    ]  # fmt: skip
    return show(wish, found, lambda _item, _part, _titles: reasons.viewed())


def _bought(wish: Wish, now: Any) -> list[tuple[Any, ...]]:
    if wish.customer is not None:
        who, key = "customer_id = %s", wish.customer.pk
    else:
        who, key = "visitor = %s AND customer_id IS NULL", wish.visitor
    sql, given = sellable_products()
    blocked = [*wish.past.hidden, *wish.past.unused, *wish.cart]
    text = _SQL.format(who=who, allowed=sql, returned=RETURNED.format(who=who))
    return fetch(text, [key, key, key, now - YEARS, now, *given, LEAST_SHARE, blocked])


def _due(row: tuple[Any, ...], now: Any) -> Candidate | None:
    """The nearer to the usual interval, and the more often bought, the higher."""
    pk, brand, shelf, times, last, is_own, every = row
    every = max(float(every), 1.0)
    waited = (now - last) / timedelta(days=1) / every
    if not DUE <= waited <= OVER:
        return None
    score = math.exp(-abs(math.log(waited))) * (1 + math.log(times))
    facts = {"every": round(every), "last": last, "is_own": is_own}
    return Candidate(pk, brand or "", shelf or "", score, [Part("again", pk, score)], facts)

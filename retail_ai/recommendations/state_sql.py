"""The statement behind ``history.past_of``. It writes SQL and reads nothing."""

# The parts put together here are this module's own; values are bound.
# ruff: noqa: S608

from datetime import datetime, timedelta
from typing import Any

from retail_ai.conf import conf
from retail_ai.recommendations.sql import key_type

# Purchases further back than this many events are not looked for: a person's history ends somewhere.
DEEPEST = 3_000
# Where so many of a product's buyers bought it again, owning it is no reason not to suggest it.
AGAIN_SHARE = 0.2
SEARCHES, SEARCHED_WITHIN = 3, timedelta(days=30)
EVENT_COLUMNS = (
    "release", "space", "rules", "consent", "hidden", "unused", "products", "kinds", "times", "bought", "searches",
)  # fmt: skip

_RELEASE = "SELECT id FROM retail_ai_release WHERE state = 'serving'"
_SPACE = (
    "SELECT ARRAY[id, dimensions, has_index::int, likeness[%s]]::float8[] FROM retail_ai_vectorspace"
    " WHERE state = 'active'"
)
_RULES = (
    "SELECT json_agg(json_build_object('action', action, 'product', product_id, 'category', category, 'brand', brand,"
    " 'on_category', on_category, 'factor', factor, 'position', position, 'id', id) ORDER BY id)"
    " FROM retail_ai_slaterule WHERE is_active AND slate IN ('', %s)"
    " AND coalesce(starts_at <= %s, true) AND coalesce(ends_at > %s, true)"
)
_CONSENT = (
    "SELECT granted FROM retail_ai_consent WHERE purpose = 'tracking' AND {who}"
    " ORDER BY occurred_at DESC, id DESC LIMIT 1"
)
# What was sent back, as many as were bought: not owned, and no reason for anything.
RETURNED = (
    "SELECT product_id FROM (SELECT product_id, sum(quantity) AS units FROM retail_ai_event"
    " WHERE {who} AND kind = 'return' AND product_id IS NOT NULL GROUP BY product_id) AS back"
    " WHERE units >= (SELECT coalesce(sum(quantity), 0) FROM retail_ai_event WHERE {who} AND kind = 'purchase'"
    " AND product_id = back.product_id)"
)
_HISTORY = "FROM retail_ai_event WHERE {who} AND kind IN ('view', 'cart', 'purchase')"
_BOUGHT = (
    "SELECT DISTINCT product_id FROM (SELECT product_id, kind {history} ORDER BY occurred_at DESC"
    f" LIMIT {DEEPEST}) AS far_back WHERE kind = 'purchase' AND product_id IS NOT NULL"
    " AND product_id NOT IN (SELECT product_id FROM returned)"
    f" AND product_id NOT IN (SELECT product_id FROM retail_ai_repurchase WHERE share >= {AGAIN_SHARE})"
)
_SEARCHES = (
    "SELECT query FROM retail_ai_event WHERE {who} AND kind = 'search' AND occurred_at BETWEEN %s AND %s"
    f" AND query <> '' ORDER BY occurred_at DESC LIMIT {SEARCHES}"
)
_UNLESS_RETURNED = "NOT (kind = 'purchase' AND product_id IN (SELECT product_id FROM returned))"
_NEWEST = (
    "SELECT array_agg(product_id ORDER BY occurred_at DESC, id DESC) AS products,"
    " array_agg(kind ORDER BY occurred_at DESC, id DESC) AS kinds,"
    " array_agg(occurred_at ORDER BY occurred_at DESC, id DESC) AS times"
    " FROM (SELECT id, product_id, kind, occurred_at {history} AND product_id IS NOT NULL AND occurred_at <= %s"
    f" AND {_UNLESS_RETURNED}"
    " ORDER BY occurred_at DESC, id DESC LIMIT %s) AS newest"
)


def state_statement(
    customer: Any, visitor: str, slate: str, latest: datetime, at: datetime, newest: int
) -> tuple[str, list[Any]]:
    """SQL of one row with EVENT_COLUMNS, and its parameters. Events later than ``latest`` are of a wrong clock."""
    head, moment = f"SELECT ({_RELEASE}), ({_SPACE}), ({_RULES})", [_likeness_place(), slate, at, at]
    if customer is None and not visitor:
        nothing = f"'{{}}'::{key_type()}[]"
        return f"{head}, NULL, {nothing}, {nothing}, NULL, NULL, NULL, {nothing}, NULL", moment
    who, key = ("customer_id = %s", customer.pk) if customer is not None else (
        "visitor = %s AND customer_id IS NULL", visitor[:40]
    )  # fmt: skip
    history = _HISTORY.format(who=who)
    searches, searched = "SELECT NULL::text WHERE false", []
    if slate == "because_you_searched":
        searches, searched = _SEARCHES.format(who=who), [key, latest - SEARCHED_WITHIN, latest]
    sql = (
        f"WITH returned AS MATERIALIZED ({RETURNED.format(who=who)}) {head}, ({_CONSENT.format(who=who)}),"
        f" ARRAY(SELECT product_id FROM retail_ai_hiddenproduct WHERE {who}),"
        f" ARRAY(SELECT product_id FROM retail_ai_unusedproduct WHERE {who}),"
        f" products, kinds, times, ARRAY({_BOUGHT.format(history=history)}), ARRAY({searches})"
        f" FROM ({_NEWEST.format(history=history)}) AS deeds"
    )
    return sql, [key, key, *moment, key, key, key, key, *searched, key, latest, newest]


def _likeness_place() -> int:
    """Where the percentile that RETAIL_AI["LEAST_LIKENESS"] names stands in VectorSpace.likeness; 0, of none, is
    nowhere."""
    rank = min(max(float(conf.LEAST_LIKENESS), 0.0), 1.0)
    return 1 + round(100 * rank) if rank else 0

"""The serving benchmark's yardstick: each slate by hand in one prepared statement on the bare driver.

Each gives what a page needs of the same slate (keys, titles, prices, scores, the three strongest causes' titles) from
the same tables under the same conditions: consent, hidden, not to be used, owned, sent back, visible, in stock, weighed
by stock, at most half of one brand, and the owner's rules that exclude or boost. It knows this one shop's columns. No
pins, other shops, languages, sentences or rows of Django's: what those cost is what the comparison shows.
``agreement`` in the benchmark says that both agree.
"""

# Statements read best unbroken.
# ruff: noqa: E501

from typing import Any

_CARD = "p.id, p.title, p.price, p.slug, p.brand"
_MAY = (
    "coalesce((SELECT granted FROM retail_ai_consent WHERE purpose = 'tracking' AND customer_id = %(who)s"
    " ORDER BY occurred_at DESC, id DESC LIMIT 1), true)"
)
# What too much or too little stock does to a score.
_BOOST = """coalesce((SELECT CASE status WHEN 'excess' THEN 1.15 WHEN 'dead' THEN 1.1 WHEN 'short' THEN 0.8 END
    FROM retail_ai_stockplan s WHERE s.product_id = {key}), 1)"""
# What the owner's rules do that hold now, for this slate and whatever page: boost, exclude.
_RULES = """
rules AS MATERIALIZED (SELECT action, product_id, nullif(lower(brand), '') AS brand, factor FROM retail_ai_slaterule
    WHERE is_active AND slate IN ('', '{slate}') AND category = '' AND on_category = '' AND coalesce(starts_at <= now(), true)
    AND coalesce(ends_at > now(), true))"""
_RULED = """coalesce((SELECT exp(sum(ln(factor))) FROM rules WHERE action = 'boost' AND (product_id = p.id OR rules.brand = lower(p.brand))), 1)"""
_UNRULED = (
    "NOT EXISTS (SELECT FROM rules WHERE action = 'exclude' AND (product_id = p.id OR rules.brand = lower(p.brand)))"
)
_PAST = f"""{_RULES},
back AS MATERIALIZED (SELECT product_id FROM (SELECT product_id, sum(quantity) AS units FROM retail_ai_event
    WHERE customer_id = %(who)s AND kind = 'return' AND product_id IS NOT NULL GROUP BY 1) r WHERE units >= (SELECT
    coalesce(sum(quantity), 0) FROM retail_ai_event e WHERE customer_id = %(who)s AND kind = 'purchase' AND e.product_id = r.product_id)),
hidden AS MATERIALIZED (SELECT product_id FROM retail_ai_hiddenproduct WHERE customer_id = %(who)s),
unused AS MATERIALIZED (SELECT product_id FROM retail_ai_unusedproduct WHERE customer_id = %(who)s),
newest AS (SELECT product_id, kind, occurred_at FROM retail_ai_event WHERE customer_id = %(who)s
    AND kind IN ('view', 'cart', 'purchase') AND product_id IS NOT NULL AND occurred_at <= now() + interval '5 minutes' AND {_MAY}
    AND NOT (kind = 'purchase' AND product_id IN (SELECT * FROM back)) ORDER BY occurred_at DESC, id DESC LIMIT 60),
deeds AS MATERIALIZED (SELECT * FROM (SELECT product_id, row_number() OVER (ORDER BY max(occurred_at) DESC) - 1 AS age,
    bool_or(kind = 'purchase') AS bought FROM newest GROUP BY 1) d
    WHERE product_id NOT IN (SELECT * FROM hidden) AND product_id NOT IN (SELECT * FROM unused)),
blocked AS MATERIALIZED (SELECT product_id FROM deeds WHERE %(own)s UNION SELECT * FROM hidden
    UNION SELECT product_id FROM (SELECT product_id, kind FROM retail_ai_event WHERE customer_id = %(who)s
        AND kind IN ('view', 'cart', 'purchase') AND {_MAY} ORDER BY occurred_at DESC LIMIT 3000) b WHERE kind = 'purchase'
        AND product_id IS NOT NULL AND product_id NOT IN (SELECT * FROM back)
        AND product_id NOT IN (SELECT product_id FROM retail_ai_repurchase WHERE share >= 0.2))"""
_LINKED = """
link AS MATERIALIZED (SELECT n.neighbour_id AS pk, n.product_id AS cause, n.score * src.w AS amount FROM src
    JOIN retail_ai_neighbour n ON n.release_id = {release} AND n.kind = '{kind}' AND n.product_id = src.cause
    WHERE n.neighbour_id NOT IN (SELECT product_id FROM blocked) AND n.neighbour_id NOT IN (SELECT cause FROM src)),
best AS MATERIALIZED (SELECT pk, sum(amount) AS total FROM link GROUP BY pk ORDER BY 2 DESC LIMIT 360),
linked AS MATERIALIZED (SELECT pk FROM best JOIN {products} p ON p.id = pk AND p.is_active AND p.stock > 0
    ORDER BY total DESC LIMIT 36)"""
_NEAR = """
vec AS MATERIALIZED (SELECT cause, w, embedding AS e FROM src JOIN retail_ai_productvector v ON v.space_id = {space}
    AND v.product_id = cause ORDER BY w DESC LIMIT 8),
taste AS MATERIALIZED (SELECT l2_normalize(sum(e * array_fill(w::real, ARRAY[{dims}])::vector)) AS t,
    set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('hnsw.ef_search', '{ef}', true),
    set_config('hnsw.max_scan_tuples', '{scan}', true) FROM vec),
near AS MATERIALIZED (SELECT v.product_id AS pk FROM retail_ai_productvector v JOIN {products} p
    ON p.id = v.product_id AND p.is_active AND p.stock > 0 WHERE v.space_id = {space} AND (SELECT t IS NOT NULL FROM taste)
    AND v.product_id NOT IN (SELECT product_id FROM blocked) AND v.product_id NOT IN (SELECT cause FROM src)
    ORDER BY v.embedding{cast} <#> (SELECT t FROM taste) LIMIT 18),
pool AS MATERIALIZED (SELECT pk FROM linked UNION SELECT pk FROM near),
alike AS MATERIALIZED (SELECT pool.pk, vec.cause, vec.w * greatest(0, -(v.embedding <#> vec.e)) AS cosine FROM pool
    JOIN retail_ai_productvector v ON v.space_id = {space} AND v.product_id = pool.pk CROSS JOIN vec),
part AS (SELECT * FROM link WHERE pk IN (SELECT pk FROM pool) UNION ALL SELECT pk, cause, {weight} * coalesce(
    (SELECT max(total) FROM best) / (SELECT max(s) FROM (SELECT sum(cosine) AS s FROM alike GROUP BY pk) x), 1) * cosine
    FROM alike)"""
# A pool, the stock's say, at most half of one brand while there are others, and of each the three strongest causes.
_SHOWN = f"""
pooled AS (SELECT pk, sum(amount) AS score, (array_agg(cause ORDER BY amount DESC))[1:3] AS causes FROM part GROUP BY pk
    ORDER BY 2 DESC LIMIT 36),
branded AS (SELECT {_CARD}, score * {_BOOST.format(key="pk")} * {_RULED} AS score, causes FROM pooled
    JOIN shop_demo_product p ON p.id = pk WHERE {_UNRULED}),
shown AS (SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY lower(brand) ORDER BY score DESC) > 6 AS is_more
    FROM branded) r ORDER BY is_more, score DESC LIMIT 12)
SELECT shown.*, ARRAY(SELECT c.title FROM unnest(causes) WITH ORDINALITY AS u (cause, place) JOIN shop_demo_product c
    ON c.id = u.cause ORDER BY place) FROM shown ORDER BY is_more, score DESC"""
_TOGETHER = (
    _LINKED
    + """,
part AS (SELECT link.* FROM linked JOIN link USING (pk) JOIN shop_demo_product p ON p.id = pk WHERE NOT EXISTS (
    SELECT FROM src s JOIN shop_demo_product c ON c.id = s.cause AND c.department_id = p.department_id
    JOIN retail_ai_productvector cv ON cv.space_id = {space} AND cv.product_id = s.cause
    JOIN retail_ai_productvector v ON v.space_id = {space} AND v.product_id = p.id
    WHERE -(v.embedding <#> cv.embedding) >= 0.6))"""
)
_COUNTED = f"""
{{name}} AS MATERIALIZED (SELECT {_CARD}, q.week, q.month, {{score}} AS score FROM retail_ai_popularity q JOIN shop_demo_product p
    ON p.id = q.product_id AND p.is_active AND p.stock > 0 WHERE {{condition}} q.counted_at > now() - interval '3 days'
    AND p.department_id = %(shelf)s AND q.product_id <> %(product)s AND q.product_id NOT IN (SELECT product_id FROM blocked)
    ORDER BY {{order}}, p.id LIMIT 36)"""
_POPULAR = {
    "name": "popular",
    "score": "coalesce(nullif(q.week, 0), nullif(q.month, 0), q.overall)",
    "order": "q.week DESC, q.month DESC, q.overall DESC",
}
_RISING = _COUNTED.format(name="rising", score="trend", condition="trend >= 2 AND", order="trend DESC")
_BEST = f""",
boosted AS (SELECT p.*, row_number() OVER () AS place, score * {_BOOST.format(key="p.id")} * {_RULED} AS boosted FROM {{rows}} p
    WHERE {_UNRULED})
SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY lower(brand) ORDER BY boosted DESC, place) > 6 AS is_more FROM boosted) r
ORDER BY is_more, boosted DESC, place LIMIT 12"""

_HISTORY = "src AS MATERIALIZED (SELECT product_id AS cause, power(0.8, age)::float8 AS w FROM deeds WHERE age < 30)"
_PAGE = "src AS MATERIALIZED (SELECT %(product)s::bigint AS cause, 1.0::float8 AS w)"
_CART = (
    "src AS MATERIALIZED (SELECT cause, 1.0::float8 AS w FROM unnest(%(cart)s::bigint[]) AS cause"
    " WHERE cause NOT IN (SELECT * FROM unused))"
)
_NEW = """
fresh AS MATERIALIZED (SELECT * FROM shop_demo_product WHERE is_active AND stock > 0
    AND created_at >= now() - interval '45 days' ORDER BY created_at DESC, id LIMIT 500)"""
STATEMENTS = {
    "for_you": f"WITH {_PAST}, {_HISTORY}, {_LINKED}, {_NEAR}, {_SHOWN}",
    "new_for_you": f"WITH {_PAST}, {_NEW}, {_HISTORY}, {_LINKED}, {_NEAR}, {_SHOWN}",
    "similar": f"WITH {_PAST}, {_PAGE}, {_LINKED}, {_NEAR}, {_SHOWN}",
    "bought_together": f"WITH {_PAST}, {_PAGE}, {_TOGETHER}, {_SHOWN}",
    "complete_cart": f"WITH {_PAST}, {_CART}, {_TOGETHER}, {_SHOWN}",
    "popular": f"WITH {_PAST}, {_COUNTED.format(condition='', **_POPULAR)}" + _BEST.format(rows="popular"),
    "trending": f"WITH {_PAST}, {_RISING}, "
    + _COUNTED.format(condition="NOT EXISTS (SELECT FROM rising) AND", **_POPULAR)
    + _BEST.format(rows="(SELECT * FROM rising UNION ALL SELECT * FROM popular)"),
    "recently_viewed": f"WITH {_PAST} SELECT {_CARD}, {_BOOST.format(key='p.id')} * {_RULED} / (age + 1) AS score FROM deeds"
    f" JOIN shop_demo_product p ON p.id = product_id AND p.is_active AND p.id <> %(product)s WHERE {_UNRULED}"
    " ORDER BY score DESC, age LIMIT 12",
    "buy_again": f"""WITH {_RULES}, back AS MATERIALIZED (SELECT product_id FROM (SELECT product_id, sum(quantity) AS units FROM
    retail_ai_event WHERE customer_id = %(who)s AND kind = 'return' AND product_id IS NOT NULL GROUP BY 1) r WHERE units >=
    (SELECT coalesce(sum(quantity), 0) FROM retail_ai_event e WHERE customer_id = %(who)s AND kind = 'purchase'
        AND e.product_id = r.product_id)),
days AS (SELECT product_id, occurred_at::date AS day, max(occurred_at) AS at FROM retail_ai_event
    WHERE customer_id = %(who)s AND kind = 'purchase' AND product_id IS NOT NULL AND {_MAY} AND occurred_at BETWEEN
    now() - interval '730 days' AND now() AND product_id NOT IN (SELECT * FROM back) GROUP BY 1, 2),
gaps AS (SELECT product_id, at, day - lag(day) OVER (PARTITION BY product_id ORDER BY day) AS gap FROM days),
own AS (SELECT product_id, count(*) AS times, max(at) AS last, count(gap) AS gaps, percentile_cont(0.5) WITHIN GROUP
    (ORDER BY gap) FILTER (WHERE gap IS NOT NULL) AS days FROM gaps GROUP BY 1),
due AS (SELECT own.*, coalesce(r.share, 0) AS share, greatest(CASE WHEN gaps >= 2 THEN own.days ELSE r.days END, 1) AS every FROM own LEFT JOIN
    retail_ai_repurchase r ON r.product_id = own.product_id AND r.share >= 0.1 WHERE gaps >= 2 OR r.days IS NOT NULL),
timed AS (SELECT *, extract(epoch FROM now() - last) / 86400 AS waited FROM due)
SELECT {_CARD}, (times + 2 * share) * (1 + 0.5 * exp(-waited / 60)) * {_BOOST.format(key="p.id")} * {_RULED} AS score, every, last FROM timed JOIN
    shop_demo_product p ON p.id = product_id AND p.is_active AND p.stock > 0 WHERE waited / every BETWEEN 0.8 AND 3
    AND product_id <> ALL(%(cart)s::bigint[]) AND {_UNRULED}
    AND product_id NOT IN (SELECT product_id FROM retail_ai_hiddenproduct WHERE customer_id = %(who)s)
    AND product_id NOT IN (SELECT product_id FROM retail_ai_unusedproduct WHERE customer_id = %(who)s)
    ORDER BY score DESC LIMIT 12""",
}


def statement(slate: str, *, release: int, space: int, dims: int, ef: int, scan: int) -> str:
    """The slate's statement for one release and vector space."""
    kind = "together" if slate in ("bought_together", "complete_cart") else "next"
    weight = 1.0 if slate in ("similar", "new_for_you") else 0.4
    own = "true" if slate in ("for_you", "new_for_you") else "false"
    text = STATEMENTS[slate].replace("%(own)s", own)
    values: dict[str, Any] = {
        "slate": slate, "release": release, "space": space, "dims": dims, "ef": ef, "scan": scan, "kind": kind, "weight": weight,
        "products": "fresh" if slate == "new_for_you" else "shop_demo_product",
        "cast": "" if slate == "new_for_you" else f"::vector({dims})",
    }  # fmt: skip
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text

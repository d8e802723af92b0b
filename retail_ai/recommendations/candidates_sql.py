"""The statement that finds and scores candidates: links from and content near a set of causes. It runs nothing.

A score is what ``plan.ServingPlan`` defines, times the best link's total, which leaves the order as it is: links then
count with their own strength, and taking a cause away lowers the score by what it gave.
"""

# The parts put together here are this module's own; values are bound.
# ruff: noqa: S608

from dataclasses import dataclass, replace
from typing import Any

from retail_ai.recommendations.history import Serving, Space
from retail_ai.recommendations.sql import key_type
from retail_ai.recommendations.state_sql import Text
from retail_ai.stores.boosts import boost_texts

# Candidates that HNSW keeps in hand, and vectors it may look at before it gives up.
EF_SEARCH, MOST_SCANNED = 80, 4_000
# A cosine from which two products of one shelf are taken for substitutes.
SUBSTITUTE = 0.6
# Causes told of each candidate.
TOLD = 3
# More products than this are not compared one by one.
FEW = 2_000


@dataclass(frozen=True, slots=True)
class Search:
    """Links from and content near causes: the person's deeds, weighed by ``kernel`` (see ServingPlan), or else the
    products ``causes``, all the same. ``link``: the kind of link that counts, and ``link_weight`` its weight;
    ``content``: that of nearness to the causes; 0 leaves a kind out.

    ``blocked``: what must not be found besides what the person hid or owns; with ``no_deeds``, what they dealt with
    neither. ``spares_unused``: causes that the person does not want used are none. ``exact``: few products are
    allowed, and all of them are compared. ``catalogue``: all products of the shop as ``allowed`` has them, both with
    shelves; given, what could stand in for a cause is left out (another tent does not go with a tent).
    """

    serving: Serving
    allowed: tuple[str, tuple[Any, ...]]
    pool: int
    kernel: tuple[float, ...] = ()
    causes: tuple[Any, ...] = ()
    blocked: tuple[Any, ...] = ()
    no_deeds: bool = False
    spares_unused: bool = False
    link: str = "next"
    link_weight: float = 1.0
    content: float = 0.0
    taste_of: int = 8
    exact: bool = False
    catalogue: tuple[str, tuple[Any, ...]] | None = None

    @property
    def release(self) -> int | None:
        return self.serving.release

    @property
    def space(self) -> Space | None:
        return self.serving.space


def candidate_statement(search: Search, name: str = "found") -> Text | None:
    """CTEs that go on from a start of ``state_sql``, the last of them ``name``: rows (pk, brand, score, kinds,
    causes, amounts, supports, boost). The arrays tell the strongest TOLD parts of the score. None: nothing to ask."""
    with_links = search.release is not None and search.link_weight > 0
    with_content = search.space is not None and search.content > 0
    if not (with_links or with_content):
        return None
    source, params = _source(search)
    parts, pools, told = [source], list[str](), list[str]()
    if search.exact:
        # Both kinds of candidates are among the few that are allowed: these are looked up once.
        parts.append(f"few AS MATERIALIZED (SELECT * FROM {search.allowed[0]} AS allowed LIMIT {FEW})")
        params += search.allowed[1]
        search = replace(search, allowed=("few", ()))
    if with_links:
        _add_links(search, parts, params, pools, told)
    if with_content and search.space is not None:
        _add_content(search, search.space, parts, params, pools, told)
    parts.append(
        f"pool AS MATERIALIZED ({' UNION '.join(f'SELECT * FROM {name}' for name in pools)}{_apart(search, params)})"
    )
    if with_content and search.space is not None:
        parts.append(_ALIKE.format(space=search.space.pk))
    parts.append(f"part AS ({' UNION ALL '.join(told)})")
    parts.append(
        f"{name} AS (SELECT p.pk, p.brand, sum(amount) AS score, {_told('kind')}, {_told('cause')},"
        f" {_told('amount')}, {_told('support')}, {boost_of('p.pk')} AS boost FROM pool p JOIN part USING (pk)"
        f" GROUP BY p.pk, p.brand HAVING sum(amount) > 0{_alike_enough(search)}"
        f" ORDER BY score DESC, p.pk LIMIT {search.pool})"
    )
    return ", ".join(parts), params


def _source(search: Search) -> Text:
    """``src`` (cause, w, place), the newest first, and ``blocked`` (pk)."""
    key = key_type()
    if search.kernel:
        src = (
            "SELECT product_id AS cause, k.w, row_number() OVER (ORDER BY age) AS place FROM deeds"
            " JOIN unnest(%s::float8[]) WITH ORDINALITY AS k (w, step) ON k.step = age + 1 WHERE k.w > 0"
        )
        params: list[Any] = [list(search.kernel)]
    else:
        src = f"SELECT cause, 1.0::float8 AS w, place FROM unnest(%s::{key}[]) WITH ORDINALITY AS s (cause, place)"
        params = [list(search.causes)]
        if search.spares_unused:
            src += " WHERE cause NOT IN (SELECT product_id FROM unused)"
    return f"src AS MATERIALIZED ({src}), {blocked(no_deeds=search.no_deeds)}", [*params, list(search.blocked)]


def blocked(*, no_deeds: bool = False) -> str:
    """``blocked`` (pk): what must not be shown: hidden, owned, and keys that are the CTE's one parameter."""
    dealt_with = " UNION SELECT product_id FROM deeds" if no_deeds else ""
    return (
        "blocked AS MATERIALIZED (SELECT product_id AS pk FROM hidden UNION SELECT product_id FROM owned"
        f" UNION SELECT unnest(%s::{key_type()}[]){dealt_with})"
    )


def boost_of(key: str) -> str:
    """SQL of what a product's score is multiplied with by the rooms beside this one; NULL where they must be asked."""
    texts = boost_texts(key)
    return (
        "NULL::float8"
        if texts is None
        else " * ".join(f"coalesce(({text})::float8, 1)" for text in texts) or "1::float8"
    )


_ALIKE = (
    "alike AS MATERIALIZED (SELECT pk, cause, likeness, w * greatest(0, likeness) AS cosine FROM (SELECT pool.pk,"
    " vec.cause, vec.w, -(v.embedding <#> vec.e) AS likeness FROM pool JOIN retail_ai_productvector v"
    " ON v.space_id = {space} AND v.product_id = pool.pk CROSS JOIN vec) AS pairs)"
)


def _alike_enough(search: Search) -> str:
    """What nobody chose after any of the causes must be clearly like one of them."""
    least = search.space.least if search.space is not None else None
    return "" if least is None else f" AND max(likeness) >= {float(least)!r}"


def _content_factor(search: Search) -> str:
    """Brings the best sum of cosines to the kind's weight, in units of the best sum of links where there are any."""
    best = "(SELECT max(s) FROM (SELECT sum(cosine) AS s FROM alike GROUP BY pk) AS sums)"
    if search.release is None or not search.link_weight:
        return repr(float(search.content))
    factor = search.content / search.link_weight
    return f"{factor!r} * coalesce((SELECT max(total) FROM best) / nullif({best}, 0), 1)"


def _apart(search: Search, params: list[Any]) -> str:
    """On the same shelf and alike in meaning: substitutes, which shoppers choose between, not complements (McAuley et
    al., "Inferring Networks of Substitutable and Complementary Products", KDD 2015, tell them by co-views)."""
    if search.catalogue is None or search.space is None:
        return ""
    sql, given = search.catalogue
    params += given
    vectors = (
        f"JOIN retail_ai_productvector {{name}} ON {{name}}.space_id = {search.space.pk} AND {{name}}.product_id ="
    )
    return (
        f" WHERE NOT EXISTS (SELECT FROM src JOIN {sql} AS c ON c.pk = src.cause {vectors.format(name='cv')} src.cause"
        f" {vectors.format(name='v')} linked.pk"
        f" WHERE c.shelf = linked.shelf AND -(v.embedding <#> cv.embedding) >= {SUBSTITUTE})"
    )


def _shelf(search: Search) -> str:
    """The column that ``_apart`` compares."""
    return "" if search.catalogue is None else ", a.shelf"


def _told(column: str) -> str:
    return f"(array_agg({column} ORDER BY amount DESC))[1:{TOLD}] AS {column}s"


def _add_links(search: Search, parts: list[str], params: list[Any], pools: list[str], told: list[str]) -> None:
    sql, given = search.allowed
    parts.append(
        f"link AS MATERIALIZED (SELECT n.neighbour_id AS pk, n.product_id AS cause, '{search.link}' AS kind,"
        f" {float(search.link_weight)!r} * n.score * src.w AS amount, n.support FROM src JOIN retail_ai_neighbour n"
        f" ON n.release_id = %s AND n.kind = '{search.link}' AND n.product_id = src.cause"
        " WHERE n.neighbour_id NOT IN (SELECT pk FROM blocked) AND n.score > 0)"
    )
    # Few are allowed, and they may be far down among all that is linked.
    first = "" if search.exact else f" ORDER BY total DESC LIMIT {10 * search.pool}"
    parts.append(f"best AS MATERIALIZED (SELECT pk, sum(amount) AS total FROM link GROUP BY pk{first})")
    parts.append(
        f"linked AS MATERIALIZED (SELECT best.pk, a.brand{_shelf(search)} FROM best JOIN {sql} AS a ON a.pk = best.pk"
        f" ORDER BY total DESC LIMIT {search.pool})"
    )
    params += [search.release, *given]
    pools.append("linked")
    told.append("SELECT pk, kind, cause, amount, support, 2 AS likeness FROM link")


def _add_content(
    search: Search, space: Space, parts: list[str], params: list[Any], pools: list[str], told: list[str]
) -> None:
    sql, given = search.allowed
    parts.append(
        "vec AS MATERIALIZED (SELECT src.cause, src.w, v.embedding AS e FROM src JOIN retail_ai_productvector v"
        f" ON v.space_id = {space.pk} AND v.product_id = src.cause WHERE src.place <= {search.taste_of})"
    )
    parts.append(
        "taste AS MATERIALIZED (SELECT l2_normalize(sum(e * array_fill(w::real, ARRAY[vector_dims(e)])::vector)) AS t,"
        " set_config('hnsw.iterative_scan', 'relaxed_order', true),"
        f" set_config('hnsw.ef_search', '{EF_SEARCH}', true),"
        f" set_config('hnsw.max_scan_tuples', '{MOST_SCANNED}', true) FROM vec)"
    )
    parts.append(_near(search, space, sql))
    params += given
    pools.append("near")
    told.append(
        f"SELECT pk, 'content' AS kind, cause, {_content_factor(search)} * cosine AS amount, 0 AS support, likeness"
        " FROM alike"
    )


def _near(search: Search, space: Space, sql: str) -> str:
    """The products nearest to the taste. An index on casts of the vectors is walked where the space has one."""
    walk = space.has_index and not search.exact
    cast = f"vector({space.dimensions})" if space.dimensions <= 2_000 else f"halfvec({space.dimensions})"
    distance = (
        f"v.embedding::{cast} <#> (SELECT t::{cast} FROM taste)" if walk else "v.embedding <#> (SELECT t FROM taste)"
    )
    return (
        f"near AS MATERIALIZED (SELECT v.product_id AS pk, a.brand{_shelf(search)} FROM retail_ai_productvector v"
        f" JOIN {sql} AS a ON a.pk = v.product_id WHERE v.space_id = {space.pk} AND (SELECT t IS NOT NULL FROM taste)"
        " AND v.product_id NOT IN (SELECT pk FROM blocked) AND v.product_id NOT IN (SELECT cause FROM src)"
        f" ORDER BY {distance} LIMIT {search.pool // 2})"
    )

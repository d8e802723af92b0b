"""A shop of any size for the serving benchmark, written by SQL and COPY in minutes. It times nothing.

Products stand in 200 departments; people stay mostly within a few of them. Every product has 60 links of the kind
"next", 20 "together" and the vector of its title. Links differ from product to product, so that a history's
candidates hardly overlap: more work for the database than real ones, whose links meet.
"""

# Statements read best unbroken.
# ruff: noqa: E501

import random
from typing import Any

from benchmarks.serving_entries import indexed_after, write_entries

SHELVES, BRANDS = 200, 500
WORDS = [
    "trail",
    "road",
    "light",
    "warm",
    "large",
    "folding",
    "steel",
    "oak",
    "linen",
    "cotton",
    "wool",
    "red",
    "blue",
    "green",
    "black",
    "pocket",
    "winter",
    "summer",
    "travel",
    "garden",
    "kitchen",
    "office",
    "kids",
    "dog",
    "cat",
    "lamp",
    "chair",
    "table",
    "shoe",
    "jacket",
    "tent",
    "stove",
    "bag",
    "bottle",
    "knife",
    "pan",
    "phone",
    "case",
    "cable",
    "mouse",
    "keyboard",
    "drill",
    "saw",
    "pen",
    "notebook",
    "novel",
    "puzzle",
    "racket",
    "ball",
    "glove",
    "hat",
    "scarf",
    "ring",
    "watch",
    "clock",
    "shelf",
    "box",
    "basket",
]
SEARCHES = [f"{a} {b}" for a in WORDS[:15] for b in WORDS[26:]]
_SHOP = """
INSERT INTO shop_demo_department (slug, name, name_zh, parent_id, position)
SELECT 'shelf-' || g, 'Shelf ' || g, '', NULL, g FROM generate_series(0, {shelves} - 1) g;
INSERT INTO shop_demo_product (id, sku, slug, title, brand, department_id, description, short_description, seo_title,
    meta_description, attributes, price, stock, is_active, source, created_at)
SELECT g, 'S' || g, 'p-' || g,
    initcap(words[1 + g %% {words}]) || ' ' || words[1 + (g / 7) %% {words}] || ' ' || words[1 + (g / 61) %% {words}] || ' ' || g,
    'Brand ' || (g * 31) %% {brands}, d.id, '', '', '', '', '{{}}', 5 + g %% 200,
    CASE WHEN g %% 10 = 3 THEN 0 ELSE 10 END, g %% 50 <> 7, 'demo',
    now() - make_interval(days => CASE WHEN g %% 40 = 1 THEN g %% 30 ELSE 60 + g %% 700 END)
FROM generate_series(1, {products}) g CROSS JOIN (SELECT %(words)s::text[] AS words) w
JOIN shop_demo_department d ON d.slug = 'shelf-' || g %% {shelves};
INSERT INTO auth_user (id, username, password, first_name, last_name, email, is_staff, is_active, is_superuser, date_joined)
SELECT g, 'c' || g, '!', '', '', '', false, true, false, now() FROM generate_series(1, {customers}) g;
SELECT setval(pg_get_serial_sequence('auth_user', 'id'), {customers} + 1);
SELECT setval(pg_get_serial_sequence('shop_demo_product', 'id'), {products} + 1);
"""
_EVENTS = """
INSERT INTO retail_ai_event (kind, customer_id, visitor, product_id, query, quantity, "order", slate, occurred_at,
    source, reference)
SELECT CASE WHEN r < 0.78 THEN 'view' WHEN r < 0.86 THEN 'cart' WHEN r < 0.97 THEN 'purchase' ELSE 'search' END,
    CASE WHEN who <= {customers} THEN who END, CASE WHEN who > {customers} THEN 'v' || who ELSE '' END,
    CASE WHEN r < 0.97 THEN 1 + (who * 37 %% {shelves} + {shelves} * floor(power(random(), 2) * {rows})::bigint) %% {products} END,
    CASE WHEN r < 0.97 THEN '' ELSE (%(searches)s::text[])[1 + floor(random() * {searches})] END, 1,
    CASE WHEN r BETWEEN 0.86 AND 0.97 THEN 'O' || g / 3 ELSE '' END, '', now() - random() * interval '200 days', 'shop', ''
FROM (SELECT g, random() AS r, 1 + floor(random() * {people})::bigint AS who FROM generate_series(1, {drawn}) g) AS e
"""
# A fifth of each department's rows is used up: whoever bought such a thing had bought it a month and two before.
_REPEATS = """
INSERT INTO retail_ai_event (kind, customer_id, visitor, product_id, query, quantity, "order", slate, occurred_at,
    source, reference)
SELECT kind, customer_id, visitor, product_id, '', 1, "order" || '-' || back, '', occurred_at - make_interval(days => 30 * back), 'shop', ''
FROM retail_ai_event CROSS JOIN generate_series(1, 2) AS back WHERE kind = 'purchase' AND product_id / {shelves} %% 5 = 2
"""
# Of a thousand events drawn, so many repeats come on top.
REPEATS = 44
_LINKS = """
INSERT INTO retail_ai_neighbour (release_id, kind, product_id, neighbour_id, score, support)
SELECT %(release)s, %(kind)s, p, 1 + (p - 1 + s.step * {shelves} + (p * s.place) %% 3) %% {products}, exp(-s.place / 15.0), 1 + p %% 9
FROM generate_series(1, {products}) p CROSS JOIN unnest(%(steps)s::int[]) WITH ORDINALITY AS s (step, place) ORDER BY p
"""


def is_filled(*, products: int, events: int) -> bool:
    """Whether a shop of that size stands. Raises ValueError for one of another size: a kept one is not made over."""
    from retail_ai.events.models import Event
    from retail_ai.recommendations.models import Popularity
    from shop_demo.models import Product

    found = Product.objects.count()
    if found and (
        found != products or abs(Event.objects.count() - events) > events / 100 or not Popularity.objects.exists()
    ):
        raise ValueError("the kept shop is of another size, or was never finished: remove its folder")
    return bool(found)


def fill(*, products: int, events: int, customers: int, say: Any = print) -> None:
    """Fill a migrated demo shop: catalogue, people, events, a serving release, vectors with their index, counts."""
    from django.db import connection
    from pgvector.psycopg import register_vector

    sizes = {"products": products, "customers": customers, "people": int(customers * 1.6), "events": events}
    sizes |= {"shelves": SHELVES, "brands": BRANDS, "words": len(WORDS), "searches": len(SEARCHES)}
    sizes |= {"rows": max(1, products // SHELVES), "drawn": events * 1_000 // (1_000 + REPEATS)}
    with connection.cursor() as cursor:
        # The rows are sound by construction: checking each would take longer than writing it.
        cursor.execute("SET session_replication_role = replica")
        say("shop")
        for statement in _SHOP.format(**sizes).split(";\n"):
            if statement.strip():
                cursor.execute(statement, {"words": WORDS} if "%(words)s" in statement else None)
        say("events")
        with indexed_after(cursor, "retail_ai_event"):
            cursor.execute(_EVENTS.format(**sizes), {"searches": SEARCHES})
            cursor.execute(_REPEATS.format(**sizes), {})
        say("links")
        _links(cursor, sizes)
        say("entries")
        write_entries(cursor)
        say("vectors")
        register_vector(cursor.connection)
    with connection.cursor() as cursor:
        _vectors(cursor)
        say("counts")
        cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM ANALYZE")
    _count()


def _links(cursor: Any, sizes: dict[str, int]) -> None:
    from retail_ai.recommendations.models import Release

    release = Release.objects.create(state="serving", backend="benchmark", passed_gate=True)
    choose = random.Random(7)
    with indexed_after(cursor, "retail_ai_neighbour"):
        for kind, most in (("next", 60), ("together", 20)):
            steps = choose.sample(range(1, sizes["rows"]), min(most, sizes["rows"] - 1)) if sizes["rows"] > 1 else [1]
            cursor.execute(_LINKS.format(**sizes), {"release": release.pk, "kind": kind, "steps": steps})


def _vectors(cursor: Any) -> None:
    """The titles' vectors by the configured embedder, which encodes what is searched for as well."""
    from pgvector import Vector

    from retail_ai.backends import get_embedder
    from retail_ai.catalog.models import VectorSpace
    from retail_ai.catalog.spaces import build_index
    from shop_demo.models import Product

    embedder, products = get_embedder(), list(Product.objects.order_by("pk").values_list("pk", "title"))
    space = VectorSpace.objects.create(identity=embedder.identity, dimensions=embedder.dimensions, state="active")
    with cursor.copy(
        "COPY retail_ai_productvector (product_id, space_id, content_hash, embedding) FROM STDIN (FORMAT BINARY)"
    ) as copy:
        copy.set_types(["int8", "int8", "varchar", "vector"])
        for first in range(0, len(products), 5_000):
            batch = products[first : first + 5_000]
            rows = embedder.embed_documents([title for _key, title in batch])
            for (key, _title), row in zip(batch, rows, strict=True):
                copy.write_row((key, space.pk, "", Vector(row)))
    build_index(space=space)


def _count() -> None:
    from retail_ai.recommendations.popularity import refresh_popularity
    from retail_ai.recommendations.repurchases import refresh_repurchases

    refresh_popularity()
    refresh_repurchases()

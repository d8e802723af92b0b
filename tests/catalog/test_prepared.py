"""Plans that a connection keeps: the same answers, no more of them than are asked for, and what an error leaves."""

import pytest
from django.db import connection

from retail_ai.catalog import prepared
from retail_ai.catalog.retrieval import retrieve
from retail_ai.catalog.search import search_products
from retail_ai.stores import get_store


@pytest.fixture
def shop(make, index):
    for title in ("Running shoes", "O'Neill $1 tent", "Tent for two", "手机", "Television 4k"):
        make(title)
    index()


def _names():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, generic_plans FROM pg_prepared_statements WHERE name LIKE 'retail%'")
        return dict(cursor.fetchall())


def test_kept_plans_answer_as_plain_ones_do(shop, monkeypatch):
    products, texts = get_store().visible(), ("running shoes", "o'neill $1 tent", "手机", "4k")
    kept = [retrieve(text, products=products) for text in texts]
    before = _names()
    again = [retrieve(text, products=products) for text in texts]
    assert sum(_names().values()) >= sum(before.values()) + 2 * len(texts)
    assert set(_names()) == set(before)
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    plain = [retrieve(text, products=products) for text in texts]
    assert [[c.key for c in r.candidates] for r in kept] == [[c.key for c in r.candidates] for r in plain]
    assert [[c.key for c in r.candidates] for r in again] == [[c.key for c in r.candidates] for r in plain]
    assert plain[0].candidates


def test_a_connection_keeps_so_many_statements(shop):
    products = get_store().visible()
    for most in range(prepared.KEPT + 3):
        retrieve("tent", products=products.filter(price__lt=1_000 + most))
    assert len(_names()) <= prepared.KEPT


def test_plans_that_are_gone_are_made_anew(shop):
    assert retrieve("tent", products=get_store().visible()).candidates
    for ask in (
        lambda: retrieve("tent", products=get_store().visible()).candidates,
        lambda: search_products("tent").hits,
    ):
        with connection.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")
        assert ask()
    assert _names()


def test_a_table_that_changes_is_planned_anew(shop):
    before = search_products("tent").hits
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE retail_ai_catalogentry ALTER title TYPE varchar(9999)")
    assert before and search_products("tent").hits == before
    assert retrieve("tent", products=get_store().visible()).candidates


def test_what_another_process_has_prepared_on_the_connection_is_no_error(shop):
    before = search_products("tent").hits
    prepared._kept.clear()
    assert before and search_products("tent").hits == before


@pytest.mark.parametrize("strings", ["on", "off"])
def test_values_are_quoted(make, index, strings):
    odd = [make("Odd thing", sku=sku) for sku in ("a'b", "c\\d\\'", "e%s", "$1 $$g", 'h"i;--', "手'机\\", "{allowed}")]
    index()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL escape_string_warning = off")
        cursor.execute(f"SET LOCAL standard_conforming_strings = {strings}")
    for product in odd:
        found = retrieve(product.sku, products=get_store().visible()).candidates
        assert [one.key for one in found if one.is_exact] == [product.pk]
    assert retrieve("odd\x00 \ud800 thing", products=get_store().visible()).candidates


def test_statements_of_a_failed_message_are_let_go(shop, monkeypatch):
    products = get_store().visible()
    retrieve("tent", products=products)
    kept = prepared.kept_by(connection)
    with connection.cursor() as cursor:
        cursor.execute("PREPARE retail_ai_lost AS SELECT 1")
    kept.is_certain = False
    assert retrieve("tent", products=products).candidates
    assert "retail_ai_lost" not in _names()

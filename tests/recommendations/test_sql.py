"""Statements that PostgreSQL plans once: what a connection keeps, what it does when that is gone, what comes back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.signals import post_init
from psycopg import DataError

from retail_ai.recommendations.selectors import recommend
from retail_ai.recommendations.shop_rows import _shop_rows, rows_by_key
from retail_ai.recommendations.sql import fetch
from shop_demo.models import Department, Product
from tests.events.shop import make_product

ASK = "SELECT word FROM kept_words WHERE word <> %s"


@pytest.fixture
def alone(transactional_db):
    """A connection that nothing has been asked of, outside a transaction, and a table."""
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept_words (word varchar(9)); INSERT INTO kept_words VALUES ('tent')")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE kept_words")
    connection.close()


def _planned():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), sum(generic_plans) FROM pg_prepared_statements")
        return cursor.fetchone()


def _setting():
    with connection.cursor() as cursor:
        cursor.execute("SHOW plan_cache_mode")
        return cursor.fetchone()[0]


def test_a_statement_is_planned_once_a_connection(alone):
    assert [fetch(ASK, [f"{n}"]) for n in range(5)] == [[("tent",)]] * 5
    assert _planned() == (1, 4)


def test_a_pooler_keeps_no_plans(alone, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    assert [fetch(ASK, [f"{n}"]) for n in range(5)] == [[("tent",)]] * 5
    assert _planned() == (0, None) and _setting() == "auto"


@pytest.mark.parametrize("where", ["another connection", "the pool"])
def test_plans_that_are_gone_are_made_anew(alone, where):
    for n in range(3):
        fetch(ASK, [f"{n}"])
    if where == "another connection":
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("ALTER TABLE kept_words ALTER COLUMN word TYPE text")
        other.close()
    else:
        connection.connection.pgconn.exec_(b"DEALLOCATE ALL")
    assert [fetch(ASK, [f"{n}"]) for n in range(3)] == [[("tent",)]] * 3
    assert _planned()[0] == 1


def test_within_a_transaction_plans_are_made_anew_from_the_next_one_on(alone):
    for n in range(3):
        fetch(ASK, [f"{n}"])
    connection.connection.pgconn.exec_(b"DEALLOCATE ALL")
    with pytest.raises(DatabaseError), transaction.atomic():
        fetch(ASK, ["x"])
    with transaction.atomic():
        assert [fetch(ASK, [f"{n}"]) for n in range(3)] == [[("tent",)]] * 3


def test_other_errors_are_errors_once(alone):
    with pytest.raises(Exception, match="kept_nowhere"):
        fetch("SELECT * FROM kept_nowhere WHERE word = %s", ["x"])
    assert fetch(ASK, ["x"]) == [("tent",)]


def test_a_transaction_that_fails_does_not_end_the_keeping_of_plans(alone):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        fetch(ASK, ["x"])
        raise ZeroDivisionError
    assert _setting() == "auto"
    fetch(ASK, ["x"])
    assert _setting() == "force_generic_plan"


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata"])
@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 12, 1, 3, 4, 5, 678901, UTC),
        datetime(2024, 2, 29, tzinfo=UTC),
        datetime(1999, 12, 31, 23, 59, 59, 100000, timezone(timedelta(hours=5, minutes=30))),
    ],
)
def test_moments_are_what_django_reads(db, moment, zone):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL timezone = '{zone}'")
        cursor.execute("SELECT %s::timestamptz", [moment])
        (told,) = cursor.fetchone()
    ((found,),) = fetch("SELECT %s::timestamptz", [moment])
    assert found == told and found.tzinfo == told.tzinfo and (found == moment or zone != "UTC")


def test_a_moment_without_end_is_an_error_as_with_django(db):
    with pytest.raises(DataError, match=r"infinity|too large"):
        fetch("SELECT %s::timestamptz", ["infinity"])


def test_whoever_listens_to_products_hears_of_them(db):
    heard, product = [], make_product("Tent")

    def listen(instance, **_):
        heard.append(instance.pk)

    post_init.connect(listen, sender=Product)
    try:
        assert rows_by_key([product.pk]) == {product.pk: product}
    finally:
        post_init.disconnect(listen, sender=Product)
    assert heard == [product.pk]


def test_a_model_that_is_made_in_its_own_way_is(db, monkeypatch):
    product = make_product("Tent")
    plain = rows_by_key([product.pk])[product.pk]
    usual = Product.from_db.__func__

    def own_way(cls, *given):
        made = usual(cls, *given)
        made.is_own = True
        return made

    monkeypatch.setattr(Product, "from_db", classmethod(own_way))
    _shop_rows.cache_clear()
    made = rows_by_key([product.pk])[product.pk]
    monkeypatch.undo()
    _shop_rows.cache_clear()
    assert made.is_own and not hasattr(plain, "is_own")


def test_rows_of_the_shop_can_be_changed_and_saved(db):
    product = make_product("Tent")
    found = rows_by_key([product.pk])[product.pk]
    assert found._state.db == "default" and not found._state.adding
    found.title = "Tent for two"
    found.save()
    product.refresh_from_db()
    assert product.title == "Tent for two"
    assert recommend(slate="popular") == []


def test_a_card_reads_what_it_needs_and_more_when_asked(db, cards, django_assert_num_queries):
    product = make_product("Tent", description="Of light cloth.")
    cards("title", "department__name")
    with django_assert_num_queries(1):
        found = rows_by_key([product.pk])[product.pk]
        assert (found.pk, found.title, found.department.name) == (product.pk, "Tent", product.department.name)
    assert {"description", "price", "slug"} <= found.get_deferred_fields()
    assert "department_id" not in found.get_deferred_fields()
    with django_assert_num_queries(1):
        assert found.description == "Of light cloth."


def test_a_card_can_go_further_than_one_table(db, cards, django_assert_num_queries):
    child = Department.objects.create(slug="a", name="A", parent=Department.objects.create(slug="b", name="B"))
    products = [make_product("Tent"), make_product("Stove")]
    Product.objects.filter(pk=products[0].pk).update(department=child)
    cards("department__parent__name")
    with django_assert_num_queries(1):
        found = rows_by_key([product.pk for product in products])
        assert found[products[0].pk].department.parent.name == "B"
        assert found[products[1].pk].department.parent is None
    assert found[products[0].pk].department.get_deferred_fields() >= {"name", "slug"}


def test_without_a_word_on_cards_the_whole_row_is_read(db, cards, django_assert_num_queries):
    product = make_product("Tent")
    cards()
    with django_assert_num_queries(1):
        found = rows_by_key([product.pk])[product.pk]
        assert not found.get_deferred_fields() and found.department.path and found.stock == product.stock


def test_a_model_made_in_its_own_way_is_made_of_what_cards_need(db, cards, monkeypatch):
    product = make_product("Tent")
    cards("price", "title")
    monkeypatch.setattr("retail_ai.recommendations.shop_rows._has_plain_attributes", lambda *_: False)
    found = rows_by_key([product.pk])[product.pk]
    assert (found.pk, found.title, found.price) == (product.pk, "Tent", product.price)
    assert "slug" in found.get_deferred_fields()


def test_whoever_listens_to_statements_is_told_them_as_text(db):
    heard = []
    with connection.execute_wrapper(lambda run, sql, *rest: heard.append(sql) or run(sql, *rest)):
        assert fetch("SELECT %s::int, '100 %%'", [7]) == [(7, "100 %")]
    assert heard == ["SELECT $1::int, '100 %'"]

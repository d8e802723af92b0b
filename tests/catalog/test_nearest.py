import pytest

from retail_ai.catalog import distance
from retail_ai.catalog.models import ProductVector
from retail_ai.catalog.selectors import facts_of, nearest_products
from retail_ai.catalog.spaces import active_space
from retail_ai.conf import conf
from shop_demo.models import Product


def titles(found):
    return [n.product.title for n in found]


@pytest.fixture
def shop(make, index):
    make("red phone", price=10), make("red phone case", price=20), make("blue kettle", price=30)
    make("green kettle", price=40, stock=0), make("hidden phone", is_active=False)
    index()


def test_nearest_to_a_text_among_what_can_be_bought(shop):
    found = nearest_products(text="Phones: red phone")
    assert titles(found)[0] == "red phone"
    assert set(titles(found)) == {"red phone", "red phone case", "blue kettle"}
    assert found[0].score == pytest.approx(1, abs=1e-4)
    assert [n.score for n in found] == sorted((n.score for n in found), reverse=True)


def test_nearest_to_a_product_leaves_it_out(shop):
    assert titles(nearest_products(product=Product.objects.get(title="red phone"), limit=1)) == ["red phone case"]


@pytest.mark.parametrize(
    "products",
    [
        lambda: Product.objects.filter(price__gte=20),
        lambda: Product.objects.filter(price__gte=20).distinct(),
        lambda: Product.objects.filter(price__gte=20).order_by("price")[:4],
        lambda: Product.objects.filter(price=20) | Product.objects.filter(price__gt=20),
        lambda: Product.objects.filter(price=20).union(Product.objects.filter(price__gt=20)),
        lambda: Product.objects.filter(department__products__price__gte=20, price__gte=20),
        lambda: Product.objects.filter(title__contains="").exclude(price__lt=20),
        lambda: Product.objects.extra(where=["price >= 20"]),
    ],
)
def test_any_queryset_is_a_filter(shop, products):
    found = nearest_products(text="red phone", products=products())
    assert {p.price for p in (n.product for n in found)} <= {20, 30, 40, 10}
    assert "red phone" not in titles(found)
    assert titles(found)[0] == "red phone case"


def test_what_a_queryset_loads_comes_along(shop, django_assert_num_queries):
    found = nearest_products(text="red phone", products=Product.objects.select_related("department"))
    with django_assert_num_queries(0):
        assert found[0].product.department.name == "Phones"


def test_empty_filter_no_index_and_bad_limits_give_nothing(shop):
    assert nearest_products(text="phone", products=Product.objects.none()) == []
    assert nearest_products(text="phone", limit=0) == []
    assert nearest_products() == []


def test_without_any_index(db):
    assert nearest_products(text="phone") == []


@pytest.fixture
def large(make, index, settings, monkeypatch):
    """200 products count as large here, so that the HNSW path is walked."""
    settings.RETAIL_AI = {**settings.RETAIL_AI, "EXACT_SCAN_LIMIT": 50}
    monkeypatch.setattr(distance, "FEW", 20)
    assert conf.EXACT_SCAN_LIMIT == 50
    for n in range(200):
        make(f"phone model {n} series {n % 7}", stock=n)
    index()
    assert active_space().has_index


def test_a_large_space_answers_from_its_index(large):
    from django.db import connection

    space, everything = active_space(), Product.objects.all()
    sql, params = distance.search_statement([1.0] * 32, everything, 10, space)
    with connection.cursor() as cursor:
        # Whether a sort of so few rows is cheaper depends on when the table was last analysed.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert f"Index Scan using {space.index_name}" in plan


@pytest.mark.parametrize("below", [1, 5, 15, 40, 120, 200])
def test_no_short_page_and_the_right_products_at_every_selectivity(large, below):
    products, space = Product.objects.filter(stock__lt=below), active_space()
    vector = ProductVector.objects.get(product__title="phone model 77 series 0").embedding
    found = nearest_products(vector=vector, products=products, limit=10)
    exact = distance.nearest_keys(vector, products, 10, space, exact=True)
    assert len(found) == min(10, below)
    assert [n.score for n in found] == pytest.approx([score for _, score in exact], abs=1e-5)


def test_an_index_walk_that_gives_up_is_finished_exactly(large, monkeypatch):
    monkeypatch.setattr(distance, "MAX_SCAN_TUPLES", 1)
    monkeypatch.setattr(distance, "MOST_EF_SEARCH", 1)
    monkeypatch.setattr(distance, "FEW", 0)
    assert len(nearest_products(text="phone", products=Product.objects.filter(stock__lt=30), limit=25)) == 25


def test_facts_of_reads_reviews_in_one_go(make, shelf, django_user_model, monkeypatch):
    from retail_ai.stores import get_store

    phone = make("iPhone 13")
    monkeypatch.setattr(get_store(), "review_gists", lambda keys: {phone.pk: ("bright screen", 4.5, 2)}, raising=False)
    facts = facts_of(Product.objects.all())[phone.pk]
    assert (facts.title, facts.review_gist, facts.rating, facts.review_count) == ("iPhone 13", "bright screen", 4.5, 2)

"""Shoppers' queries on the demo catalogue, with the packaged encoder: the thing itself stands above what goes with it.

queries.tsv: query, department of the first hits ("-": nothing fits), and of how many (3 when left out). Weights and
limits were first fitted on the first, third, … line alone. The other half is no clean test: failures of both were
looked at while the method was made, and the last rule of what fits was set with both in view. Expectations are by eye.
"""

from pathlib import Path

import pytest
from django.core.management import call_command

from retail_ai.catalog.search import search_products

ROWS = [line.split("\t") for line in (Path(__file__).parent / "queries.tsv").read_text(encoding="utf-8").splitlines()]
# Of 40 each; measured: 38 and 37.
LEAST_RIGHT = 36


@pytest.fixture(scope="module")
def demo_catalogue(django_db_setup, django_db_blocker):
    """The demo catalogue, loaded and indexed once for the module."""

    from retail_ai.catalog.services import start_index_job
    from retail_ai.jobs.runner import run

    with django_db_blocker.unblock():
        call_command("load_demo_catalogue", verbosity=0)
        run(start_index_job().pk)
        yield
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(autouse=True)
def light_embedder():
    """The real encoder here, in place of the stand-in of the other tests."""


def is_right(query, shelf, count="3"):
    hits = search_products(query, limit=int(count)).hits
    found = {hit.product.department.name for hit in hits}
    return not hits if shelf == "-" else found == {shelf}


@pytest.mark.django_db
@pytest.mark.parametrize("half", [0, 1], ids=["fitted on", "not fitted on"])
def test_the_thing_itself_comes_first(demo_catalogue, half):
    rows = ROWS[half::2]
    wrong = [row for row in rows if not is_right(*row)]
    assert len(rows) == 40
    assert len(rows) - len(wrong) >= LEAST_RIGHT, wrong


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "shelf"),
    [
        ("phone under 300", "Smartphones"),
        ("I need a new mobile phone", "Smartphones"),
        ("我想买一部手机", "Smartphones"),
        ("tent for two", "Tents"),
        ("running shoes", "Running Shoes"),
        ("laptop", "Laptops"),
        ("headphones", "Headphones"),
    ],
)
def test_a_plain_wish_is_met(demo_catalogue, query, shelf):
    assert search_products(query, limit=1).hits[0].product.department.name == shelf


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "shelf"),
    [
        ("Kopfhörer", "Headphones"),
        ("chaussures de course", "Running Shoes"),
        ("ordenador portátil", "Laptops"),
        ("scarpe da corsa", "Running Shoes"),
        ("ノートパソコン", "Laptops"),
        ("наушники", "Headphones"),
        ("노트북 컴퓨터", "Laptops"),
    ],
    ids=["de", "fr", "es", "it", "ja", "ru", "ko"],
)
def test_other_languages_find_products_with_english_titles(demo_catalogue, query, shelf):
    hits = search_products(query, limit=3).hits
    assert [hit.product.department.name for hit in hits] == [shelf] * 3
    assert all(hit.product.title.isascii() for hit in hits)


@pytest.mark.django_db
def test_sixteen_languages_find_the_things_themselves(demo_catalogue):
    """languages.tsv: five things in each of the encoder's languages; the share of the first three hits that are right.
    Measured: .921 over all, .6 at the least (nl)."""
    shares: dict[str, list[float]] = {}
    for line in (Path(__file__).parent / "languages.tsv").read_text(encoding="utf-8").splitlines():
        code, query, shelf = line.split("\t")
        names = [hit.product.department.name for hit in search_products(query, limit=3).hits]
        shares.setdefault(code, []).append(names.count(shelf) / 3)
    means = {code: round(sum(found) / len(found), 2) for code, found in shares.items()}
    print(f"\nright among the first three hits: {means}")  # noqa: T201
    assert len(means) == 16 and min(means.values()) >= 0.5, means
    assert sum(means.values()) / 16 >= 0.88, means


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["zelt für zwei personen", "zelt"])
def test_german_nouns_written_small_are_understood(demo_catalogue, typed):
    names = [hit.product.department.name for hit in search_products(typed, limit=3).hits]
    assert names[0] == "Tents" and names.count("Tents") >= 2, names


@pytest.mark.django_db
def test_what_the_shop_does_not_sell_brings_nothing(demo_catalogue):
    assert search_products("do you sell bicycles").hits == ()


@pytest.mark.django_db
def test_a_price_among_the_words_is_a_limit_and_a_length_is_not(demo_catalogue):
    found = search_products("phone under 600")
    assert {hit.product.price <= 600 for hit in found.hits} == {True}
    assert [chip.label for chip in found.chips if chip.kind == "price"] == ["up to €600"]
    assert all(chip.kind != "price" for chip in search_products("garden hose up to 20 m").chips)

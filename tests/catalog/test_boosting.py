"""Boosts lift gently what the shop would rather sell, and nothing where the shop does not know."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from retail_ai.catalog.retrieval import retrieve
from retail_ai.catalog.search_models import ProductStanding
from retail_ai.catalog.standing import refresh_standing
from retail_ai.checks import check_boosts
from retail_ai.engine.facts import PurchaseTerms
from retail_ai.events.models import Event
from retail_ai.stores import get_store
from shop_demo.models import Product

NAMES = ("Alpha", "Beta", "Gamma", "Delta")
NONE = {"popularity": 0.0, "margin": 0.0, "stock": 0.0, "newness": 0.0}


@pytest.fixture
def shop(make, index):
    for name in NAMES:
        make("blue tent", sku=name)
    for number in range(6):
        make(f"steel peg that holds one tent rope in hard ground and sand, number{number}")
    index()


@pytest.fixture
def boost(settings):
    def _boost(**boosts):
        settings.RETAIL_AI = {**settings.RETAIL_AI, "SEARCH": {"BOOSTS": {**NONE, **boosts}, "VARIANTS": 0}}

    return _boost


def found_first():
    found = retrieve("tent", products=get_store().visible()).candidates
    names = dict(Product.objects.values_list("pk", "sku"))
    return [names[one.key] for one in found]


def tent(name):
    return Product.objects.get(sku=name)


def test_without_data_no_boost_changes_anything(shop, boost):
    boost()
    before = found_first()
    boost(popularity=1.0, margin=1.0, newness=1.0, stock=1.0)
    refresh_standing()
    ProductStanding.objects.update(since=None)
    assert found_first() == before


def test_what_people_want_rises_among_its_likes_but_not_over_what_fits_better(shop, boost):
    boost()
    usual = found_first()
    wanted = tent(usual[3])
    peg = Product.objects.get(title__endswith="number3")
    for person in range(8):
        Event.objects.create(kind="purchase", product=wanted, visitor=f"p{person}")
        Event.objects.create(kind="purchase", product=peg, visitor=f"p{person}")
    Event.objects.create(kind="view", product=tent(usual[0]), visitor="p")
    refresh_standing()
    boost(popularity=0.1)
    assert found_first()[0] == usual[3] and set(found_first()[:4]) == set(NAMES)


def test_margin_comes_from_what_the_shop_pays(shop, boost, monkeypatch):
    costs = {"Alpha": "9", "Beta": "2", "Gamma": "9", "Delta": "9"}
    terms = [PurchaseTerms(tent(name).pk, "", Decimal(cost)) for name, cost in costs.items()]
    other = PurchaseTerms(tent("Alpha").pk, "", Decimal("0.1"), "JPY")
    monkeypatch.setattr(type(get_store()), "purchase_terms", lambda self: iter([*terms, other]))
    refresh_standing()
    assert ProductStanding.objects.get(pk=tent("Beta").pk).margin == pytest.approx(0.8)
    boost(margin=0.1)
    assert found_first()[0] == "Beta"


def test_the_newest_rises(shop, boost):
    refresh_standing()
    ProductStanding.objects.update(since=timezone.localdate() - timedelta(days=400))
    ProductStanding.objects.filter(pk=tent("Gamma").pk).update(since=timezone.localdate())
    boost(newness=0.1)
    assert found_first()[0] == "Gamma"


def test_what_there_is_much_of_rises_as_the_shop_counts_it_now(shop, boost):
    boost(stock=0.1)
    for name in ("Delta", "Alpha"):
        Product.objects.update(stock=5)
        Product.objects.filter(sku=name).update(stock=500)
        assert found_first()[0] == name


def test_a_boost_that_means_nothing_is_named(boost):
    boost(popularity=0.1)
    assert check_boosts() == []
    boost(price=0.1, margin=40)
    assert {found.id for found in check_boosts()} == {"retail_ai.E007"} and len(check_boosts()) == 2

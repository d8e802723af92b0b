"""What someone owns, what they sent back, and how alike a product must be to be suggested for that alone."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from retail_ai.catalog.likeness import FEWEST, measure_likeness, percentiles
from retail_ai.catalog.models import ProductVector, VectorSpace
from retail_ai.events.services import record_event
from retail_ai.recommendations.models import Repurchase
from retail_ai.recommendations.selectors import recommend
from shop_demo.models import Product
from tests.events.shop import make_customer, make_product
from tests.recommendations.test_slates import buy, links, titles

pytestmark = pytest.mark.django_db


def ago(**given):
    return timezone.now() - timedelta(**given)


@pytest.fixture
def pair():
    tent, stove, lamp = (make_product(title) for title in ("Tent", "Stove", "Lamp"))
    links("next", (tent, stove, 5.0), (stove, tent, 4.0), (stove, lamp, 3.0))
    return tent, stove, lamp


@pytest.mark.parametrize("who", ["customer", "visitor"])
def test_what_was_sent_back_is_not_owned_and_no_reason_for_anything(pair, who):
    tent, stove, _lamp = pair
    person = {"customer": make_customer()} if who == "customer" else {"visitor": "v"}
    record_event(kind="view", product=tent, occurred_at=ago(days=5), **person)
    record_event(kind="purchase", product=stove, quantity=2, occurred_at=ago(days=4), **person)
    assert titles(recommend(slate="for_you", **person)) == ["Lamp"]
    record_event(kind="return", product=stove, occurred_at=ago(days=3), **person)
    assert titles(recommend(slate="for_you", **person)) == ["Lamp"], "one of two was kept"
    record_event(kind="return", product=stove, occurred_at=ago(days=2), **person)
    (shown,) = recommend(slate="for_you", **person)
    assert (shown.product, shown.reason) == (stove, "Because you viewed Tent")
    record_event(kind="purchase", product=stove, occurred_at=ago(days=1), **person)
    assert "Stove" not in titles(recommend(slate="for_you", **person)), "bought again, it is owned again"


def test_somebody_elses_return_changes_nothing(pair):
    tent, stove, _lamp = pair
    record_event(kind="view", product=tent, visitor="v", occurred_at=ago(days=5))
    record_event(kind="purchase", product=stove, visitor="v", occurred_at=ago(days=4))
    record_event(kind="return", product=stove, visitor="w", occurred_at=ago(days=3))
    assert titles(recommend(slate="for_you", visitor="v")) == ["Lamp"]


def test_what_was_sent_back_is_not_due_again():
    ada, coffee = make_customer(), make_product("Coffee")
    buy(ada, coffee, 89, 59, 29)
    assert titles(recommend(slate="buy_again", customer=ada)) == ["Coffee"]
    record_event(kind="return", customer=ada, product=coffee, quantity=3)
    assert recommend(slate="buy_again", customer=ada) == []


def test_training_counts_what_is_bought_again():
    from retail_ai.recommendations.jobs import STEPS

    coffee = make_product("Coffee")
    for number in range(4):
        buy(make_customer(f"c{number}"), coffee, 60 + number, 40 + number)
    assert STEPS["popularity"](None)["products bought again"] == 1
    assert Repurchase.objects.get().product_id == coffee.pk


@pytest.fixture
def circle():
    """Products at whole degrees of half a circle: their cosines are known."""
    degrees = np.arange(0, 180, 3)
    products = [make_product(f"At {degree}") for degree in degrees]
    space = VectorSpace.objects.create(identity="circle", dimensions=2, state=VectorSpace.State.ACTIVE)
    ProductVector.objects.bulk_create(
        ProductVector(space=space, product=product, content_hash="", embedding=[np.cos(angle), np.sin(angle)])
        for product, angle in zip(products, np.radians(degrees), strict=True)
    )
    return products


def test_what_is_no_more_alike_than_strangers_is_not_suggested_for_likeness(circle, settings):
    # Half of a pool of candidates comes from likeness: all of those are shown where nothing was measured.
    everything = recommend(slate="similar", product=circle[0], limit=50)
    assert len(everything) == 30 and min(item.score for item in everything) < 0.1
    assert measure_likeness() == len(circle) >= FEWEST
    # Of the 1,770 pairs, the 89 nearest are at most 6 degrees apart, the 177 nearest at most 12.
    assert titles(recommend(slate="similar", product=circle[0], limit=50)) == ["At 3", "At 6"]
    settings.RETAIL_AI = {**settings.RETAIL_AI, "LEAST_LIKENESS": 0.9}
    assert titles(recommend(slate="similar", product=circle[0], limit=50)) == ["At 3", "At 6", "At 9", "At 12"]
    settings.RETAIL_AI = {**settings.RETAIL_AI, "LEAST_LIKENESS": 0}
    assert len(recommend(slate="similar", product=circle[0], limit=50)) == 30


def test_what_people_chose_is_suggested_however_unlike_it_is(circle):
    measure_likeness()
    links("next", (circle[0], circle[40], 1.0))
    assert "At 120" in titles(recommend(slate="similar", product=circle[0], limit=50))


def test_a_small_shop_has_no_limit(circle):
    Product.objects.filter(pk__in=[product.pk for product in circle[FEWEST - 1 :]]).delete()
    assert measure_likeness() == FEWEST - 1
    assert VectorSpace.objects.get().likeness == []
    VectorSpace.objects.all().delete()
    assert measure_likeness() == 0


def test_percentiles_are_those_of_all_pairs():
    vectors = np.array([[1, 0], [0, 1], [0, -1]], dtype=np.float32)
    found = percentiles(vectors)
    assert len(found) == 101 and (found[0], found[50], found[100]) == (-1.0, 0.0, 0.0)

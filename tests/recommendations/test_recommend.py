import pytest
from django.utils import timezone

from retail_ai.events.models import Event
from retail_ai.events.services import record_event
from retail_ai.exceptions import InvalidInput
from retail_ai.privacy.models import Consent
from retail_ai.recommendations.models import CustomerTaste
from retail_ai.recommendations.selectors import recommend
from retail_ai.recommendations.services import hide_product, unhide_product
from shop_demo.models import Product
from tests.events.shop import make_customer
from tests.recommendations.world import index, make_world, train

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    products, customers = make_world()
    index(products.values())
    train()
    return products, customers


def titles(shown):
    return [item.product.title for item in shown]


def test_a_click_changes_the_next_page(world):
    products, _ = world
    assert recommend(slate="for_you", visitor="v")[0].reason.startswith("Popular")
    record_event(kind="view", visitor="v", product=products["Tent"])
    first = recommend(slate="for_you", visitor="v")[0]
    assert (first.product.title, first.reason) == ("Camping stove", "Because you viewed Tent")
    record_event(kind="cart", visitor="v", product=products["Crime novel"])
    first = recommend(slate="for_you", visitor="v")[0]
    assert (first.product.title, first.reason) == ("Reading lamp", "Because Crime novel is in your cart")


def test_removing_the_named_cause_changes_the_score(world):
    products, _ = world
    for title in ("Tent", "Crime novel"):
        record_event(kind="view", visitor="v", product=products[title])
    before = {item.product.title: item for item in recommend(slate="for_you", visitor="v")}
    assert before["Camping stove"].reason == "Because you viewed Tent"
    Event.objects.filter(visitor="v", product=products["Tent"]).delete()
    after = {item.product.title: item.score for item in recommend(slate="for_you", visitor="v")}
    assert after.get("Camping stove", 0) < before["Camping stove"].score


def test_only_what_can_be_bought_now_and_was_not_bought_or_hidden_is_shown(world):
    products, _ = world
    record_event(kind="view", visitor="v", product=products["Tent"])
    assert "Headlamp" in titles(recommend(slate="for_you", visitor="v"))
    Product.objects.filter(title="Headlamp").update(stock=0)
    assert "Headlamp" not in titles(recommend(slate="for_you", visitor="v"))
    hide_product(product=products["Camping stove"], visitor="v")
    assert "Camping stove" not in titles(recommend(slate="for_you", visitor="v"))
    assert "Camping stove" not in titles(recommend(slate="similar", product=products["Tent"], visitor="v"))
    unhide_product(product=products["Camping stove"], visitor="v")
    record_event(kind="purchase", visitor="v", product=products["Camping stove"])
    assert "Camping stove" not in titles(recommend(slate="for_you", visitor="v"))


def test_what_is_bought_again_and_again_may_be_suggested_again(world, settings):
    products, _ = world
    record_event(kind="purchase", visitor="v", product=products["Camping stove"])
    record_event(kind="view", visitor="v", product=products["Tent"])
    ask = {"slate": "similar", "product": products["Tent"], "visitor": "v"}
    assert "Camping stove" not in titles(recommend(**ask))
    settings.RETAIL_AI = {**settings.RETAIL_AI, "REPEAT_CATEGORIES": ["camping"]}
    assert "Camping stove" in titles(recommend(**ask))


def test_similar_fuses_what_people_did_with_what_reads_alike(world):
    products, _ = world
    shown = recommend(slate="similar", product=products["Tent"], limit=20)
    reasons = {item.product.title: item.reason for item in shown}
    assert titles(shown)[0] == "Camping stove" and reasons["Camping stove"] == "Often chosen after Tent"
    cold = recommend(slate="similar", product=products["Dust"])
    assert cold and all(item.reason == "Similar to Dust" for item in cold)
    assert "Tent" not in titles(shown)


def test_bought_together_is_nothing_rather_than_filler(world):
    products, _ = world
    shown = recommend(slate="bought_together", product=products["Sleeping bag"])
    assert [(item.product.title, item.reason) for item in shown] == [
        ("Camping stove", "Often bought with Sleeping bag")
    ]
    assert recommend(slate="bought_together", product=products["Dust"]) == []
    assert recommend(slate="bought_together") == recommend(slate="similar") == []


def test_who_declined_gets_nothing_from_what_they_did(world):
    products, _ = world
    record_event(kind="view", visitor="v", product=products["Tent"])
    Consent.objects.create(visitor="v", purpose="tracking", granted=False)
    assert recommend(slate="for_you", visitor="v")[0].reason.startswith("Popular")
    assert recommend(slate="recently_viewed", visitor="v") == []


def test_recently_viewed_leaves_out_the_page_one_is_on(world):
    products, _ = world
    for title in ("Tent", "Headlamp"):
        record_event(kind="view", visitor="v", product=products[title])
    assert titles(recommend(slate="recently_viewed", visitor="v")) == ["Headlamp", "Tent"]
    assert titles(recommend(slate="recently_viewed", visitor="v", product=products["Headlamp"])) == ["Tent"]


def test_a_customer_whose_events_were_forgotten_is_served_from_the_taste_vector(world):
    _, customers = world
    Event.objects.filter(customer=customers[1]).delete()
    assert CustomerTaste.objects.filter(customer=customers[1]).exists()
    assert recommend(slate="for_you", customer=customers[1])[0].reason.startswith("Close to")


def test_reasons_speak_the_language_that_was_asked_for(world):
    products, _ = world
    ask = {"slate": "similar", "product": products["Tent"], "limit": 1}
    assert recommend(**ask, language="en")[0].reason == "Often chosen after Tent"
    assert "Tent" in recommend(**ask, language="zh-hans")[0].reason


def test_bad_questions(world):
    with pytest.raises(InvalidInput, match="known slates: similar"):
        recommend(slate="nonsense")
    assert recommend(slate="popular", limit=0) == recommend(slate="popular", limit=-3) == []


def test_few_queries(world, django_assert_max_num_queries):
    products, _ = world
    ada = make_customer()
    for title in ("Tent", "Headlamp"):
        record_event(kind="view", customer=ada, product=products[title], occurred_at=timezone.now())
    with django_assert_max_num_queries(10):
        assert recommend(slate="for_you", customer=ada)
    with django_assert_max_num_queries(9):
        assert recommend(slate="similar", customer=ada, product=products["Tent"])
    with django_assert_max_num_queries(5):
        assert recommend(slate="popular", customer=ada)

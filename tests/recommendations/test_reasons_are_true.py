"""For every slate with causes: without the cause that a reason names, the score is another. Choices act at once."""

import pytest

from retail_ai.catalog.models import ProductVector, VectorSpace
from retail_ai.events.models import Event
from retail_ai.events.services import record_event
from retail_ai.privacy.models import Consent
from retail_ai.recommendations.models import CustomerTaste, HiddenProduct, UnusedProduct
from retail_ai.recommendations.selectors import recommend
from retail_ai.recommendations.services import hide_product, stop_using, use_again
from retail_ai.recommendations.tastes import refresh_tastes
from tests.events.shop import make_customer, make_product
from tests.recommendations.test_slates import ago, buy, catalogue, links, titles  # noqa: F401
from tests.recommendations.world import index

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    made = {title: make_product(title) for title in ("Tent", "Stove", "Mat", "Lamp", "Novel", "Gas", "Mug")}
    index(made.values())
    tent, stove, mat, lamp, novel, gas, mug = made.values()
    links("next", (tent, mat, 0.5), (tent, lamp, 0.2), (stove, mat, 0.3), (novel, lamp, 0.6), (novel, mug, 0.1))
    links("together", (tent, gas, 0.5), (stove, gas, 0.6), (stove, mug, 0.2), (tent, mug, 0.3))
    return made


@pytest.mark.parametrize("slate", ["for_you", "new_for_you"])
def test_each_part_of_a_score_goes_with_its_cause(shop, slate):
    for title in ("Tent", "Stove", "Novel"):
        record_event(kind="view", visitor="v", product=shop[title])
    before = recommend(slate=slate, visitor="v")
    assert before
    for item in before:
        cause = item.causes[0]
        assert item.reason == cause.text and cause.product is not None
        product = next(p for p in shop.values() if p.pk == cause.product)
        stop_using(product=product, visitor="v")
        after = {other.product.pk: other for other in recommend(slate=slate, visitor="v")}
        left = after.get(item.product.pk)
        assert left is None or left.score < item.score
        assert left is None or all(told.product != cause.product for told in left.causes)
        use_again(product=product, visitor="v")
    assert titles(recommend(slate=slate, visitor="v")) == titles(before)


def test_with_links_alone_the_score_falls_by_exactly_the_part(shop):
    from retail_ai.catalog.models import ProductVector

    ProductVector.objects.all().delete()
    for title in ("Tent", "Stove", "Novel"):
        record_event(kind="view", visitor="v", product=shop[title])
    mat = next(item for item in recommend(slate="for_you", visitor="v") if item.product == shop["Mat"])
    part = mat.causes[0].share * mat.score
    stop_using(product=next(p for p in shop.values() if p.pk == mat.causes[0].product), visitor="v")
    left = next(item for item in recommend(slate="for_you", visitor="v") if item.product == shop["Mat"])
    assert left.score == pytest.approx(mat.score - part)


def test_a_cart_without_the_named_product_gives_another_score(shop):
    cart = [shop["Tent"].pk, shop["Stove"].pk]
    for item in recommend(slate="complete_cart", cart=cart):
        rest = [key for key in cart if key != item.causes[0].product]
        after = {other.product.pk: other.score for other in recommend(slate="complete_cart", cart=rest)}
        assert after.get(item.product.pk, 0) < item.score


@pytest.mark.parametrize("slate", ["similar", "bought_together"])
def test_the_page_of_another_product_gives_another_score(shop, slate):
    for item in recommend(slate=slate, product=shop["Tent"]):
        assert item.causes[0].product == shop["Tent"].pk
        after = {other.product.pk: other.score for other in recommend(slate=slate, product=shop["Novel"])}
        assert after.get(item.product.pk) != item.score


def test_without_the_search_or_the_habit_the_product_goes(catalogue):  # noqa: F811
    ada = make_customer()
    record_event(kind="search", customer=ada, query="light tent")
    buy(ada, catalogue["Lamp"], 89, 59, 29)
    assert recommend(slate="because_you_searched", customer=ada) and recommend(slate="buy_again", customer=ada)
    Event.objects.all().delete()
    assert recommend(slate="because_you_searched", customer=ada) == recommend(slate="buy_again", customer=ada) == []


def test_what_the_person_did_is_told_and_gone_when_taken_out_of_a_need(catalogue):  # noqa: F811
    links("next", (catalogue["Lamp"], catalogue["Heavy tent"], 1.0))
    record_event(kind="view", visitor="v", product=catalogue["Lamp"])
    before = recommend(slate="need", text="tent", visitor="v")[0]
    assert "Because you viewed Lamp" in before.reason
    stop_using(product=catalogue["Lamp"], visitor="v")
    after = next(i for i in recommend(slate="need", text="tent", visitor="v") if i.product == before.product)
    assert after.score < before.score and "Lamp" not in after.reason


def test_a_choice_also_forgets_the_stored_taste_and_no_history_is_used_of_who_declined(shop):
    ada = make_customer()
    CustomerTaste.objects.create(customer=ada, embedder="x", vector=[1.0])
    hide_product(product=shop["Mug"], customer=ada)
    assert not CustomerTaste.objects.exists() and HiddenProduct.objects.count() == 1
    record_event(kind="view", customer=ada, product=shop["Tent"])
    assert recommend(slate="for_you", customer=ada)
    assert recommend(slate="for_you", customer=ada, use_history=False) == []
    Consent.objects.create(customer=ada, purpose="tracking", granted=False)
    for slate in ("for_you", "recently_viewed", "buy_again", "because_you_searched"):
        assert recommend(slate=slate, customer=ada) == []
    assert UnusedProduct.objects.count() == 0


def test_nothing_is_inferred_from_sensitive_categories(shop, settings):
    test = make_product("Pregnancy test", department="Health")
    links("next", (test, shop["Mug"], 5.0))
    ask = {"slate": "for_you", "visitor": "v"}
    for product in (test, shop["Tent"]):
        record_event(kind="view", visitor="v", product=product)
    assert "Pregnancy" in recommend(**ask)[0].reason
    settings.RETAIL_AI = {**settings.RETAIL_AI, "SENSITIVE_CATEGORIES": ["health"]}
    shown = recommend(**ask)
    assert shown and all("Pregnancy" not in cause.text for item in shown for cause in item.causes)
    assert "Pregnancy test" not in titles(recommend(slate="recently_viewed", visitor="v"))
    links("next", (shop["Tent"], test, 9.0))
    assert "Pregnancy test" not in titles(recommend(**ask))
    page = {"slate": "similar", "product": shop["Tent"]}
    assert "Pregnancy test" in titles(recommend(**page))
    assert "Pregnancy test" not in titles(recommend(**page, in_mail=True))


def test_a_taste_holds_nothing_of_sensitive_categories(shop, settings):
    ada, test = make_customer(), make_product("Pregnancy test", department="Health")
    vector = ProductVector.objects.get(product=shop["Mug"]).embedding
    ProductVector.objects.create(space=VectorSpace.objects.get(), product=test, content_hash="x", embedding=vector)
    for product in (test, shop["Tent"]):
        record_event(kind="view", customer=ada, product=product, occurred_at=ago(1))
    assert refresh_tastes() == 1
    with_all = CustomerTaste.objects.get().vector
    settings.RETAIL_AI = {**settings.RETAIL_AI, "SENSITIVE_CATEGORIES": ["health"]}
    refresh_tastes()
    taste = CustomerTaste.objects.get()
    assert taste.based_on == 1 and list(taste.vector) != list(with_all)

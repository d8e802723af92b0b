"""The owner's rules: what each does to a slate, where and when it holds, and the preview that shows it beforehand."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from retail_ai.events.services import record_event
from retail_ai.recommendations.models import HiddenProduct, SlateRule
from retail_ai.recommendations.popularity import refresh_popularity
from retail_ai.recommendations.selectors import recommend
from shop_demo.models import Product
from tests.events.shop import make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    """Five products, the first the most popular."""
    made = {}
    for place, (title, brand) in enumerate(
        [("A", "Acme"), ("B", "Acme"), ("C", "Bolt"), ("D", "Bolt"), ("E", "Cork")]
    ):
        made[title] = make_product(title, brand=brand, department="Tents" if title in "AC" else "Camping")
        for person in range(9 - place):
            record_event(kind="view", visitor=f"{title}{person}", product=made[title])
    refresh_popularity()
    return made


def order(**ask):
    return "".join(item.product.title for item in recommend(slate="popular", **ask))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({}, "ABCDE"),
        ({"action": "exclude", "product": "A"}, "BCDE"),
        ({"action": "exclude", "brand": "acme"}, "CDE"),
        ({"action": "exclude", "category": "TENTS"}, "BDE"),
        ({"action": "boost", "product": "D", "factor": 3}, "DABCE"),
        ({"action": "boost", "brand": "Acme", "factor": 0.1}, "CDEAB"),
        ({"action": "bury", "category": "tents"}, "BDEAC"),
        ({"action": "pin", "product": "E", "position": 2}, "AEBCD"),
        ({"action": "exclude", "product": "A", "slate": "for_you"}, "ABCDE"),
        ({"action": "exclude", "product": "A", "is_active": False}, "ABCDE"),
        ({"action": "exclude", "product": "A", "starts_at": timedelta(days=1)}, "ABCDE"),
        ({"action": "exclude", "product": "A", "ends_at": timedelta(days=-1)}, "ABCDE"),
        ({"action": "exclude", "product": "A", "starts_at": timedelta(days=-1), "ends_at": timedelta(days=1)}, "BCDE"),
        ({"action": "exclude", "product": "A", "on_category": "Tents"}, "ABCDE"),
    ],
)
def test_what_a_rule_does(shop, rule, expected):
    if rule:
        product = shop.get(rule.pop("product", ""))
        times = {name: timezone.now() + rule.pop(name) for name in ("starts_at", "ends_at") if name in rule}
        SlateRule.objects.create(product=product, **rule, **times)
    assert order() == expected


def test_a_pinned_product_must_be_for_sale_and_not_hidden_by_the_shopper(shop):
    new = make_product("N")
    SlateRule.objects.create(action="pin", product=new, position=1)
    first = recommend(slate="popular", visitor="v")[0]
    assert (first.product, first.reason) == (new, "Picked by our team")
    HiddenProduct.objects.create(visitor="v", product=new)
    assert order(visitor="v") == "ABCDE"
    Product.objects.filter(pk=new.pk).update(stock=0)
    assert order() == "ABCDE"


def test_a_rule_may_hold_on_the_pages_of_a_category_only(shop):
    SlateRule.objects.create(action="exclude", product=shop["C"], on_category="tents")
    assert order(category="Camping") == "BDE"
    assert order(product=shop["A"]) == ""
    assert order() == "ABCDE"


def test_no_brand_takes_more_than_its_share_while_there_are_others(shop, settings):
    settings.RETAIL_AI = {**settings.RETAIL_AI, "MOST_OF_A_BRAND": 0.25}
    assert order(limit=4) == "ACEB"


@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "exclude"},
        {"action": "exclude", "brand": "Acme", "category": "Tents"},
        {"action": "pin", "brand": "Acme"},
        {"action": "boost", "brand": "Acme", "factor": 0},
        {"action": "bury", "brand": "A", "starts_at": timezone.now(), "ends_at": timezone.now() - timedelta(days=1)},
    ],
)
def test_rules_that_cannot_work_are_refused(wrong):
    with pytest.raises(ValidationError):
        SlateRule(**wrong).full_clean()


def test_the_preview_shows_both_lists_even_of_a_rule_that_is_off(shop, admin_client):
    rule = SlateRule.objects.create(action="pin", product=shop["E"], position=1, is_active=False)
    url = reverse("admin:retail_ai_slaterule_preview", args=[rule.pk])
    page = admin_client.get(url).content.decode()
    assert "Without the rule" in page and "With the rule" in page and "↑ 4" in page and "↓ 1" in page
    assert "find a product and pick it" in admin_client.get(url, {"slate": "similar"}).content.decode()
    assert admin_client.get(url, {"slate": "similar", "product": shop["A"].pk, "q": "a"}).status_code == 200
    assert "known slates" in admin_client.get(url, {"slate": "<x>"}).content.decode()
    assert order() == "ABCDE"


@pytest.mark.parametrize(
    ("given", "doubt"),
    [
        ({"category": "Campin"}, "a category named “Campin”"),
        ({"brand": "Acmee"}, "a brand named “Acmee”"),
        ({"product": "sold out", "action": "pin"}, "E cannot be bought now"),
        ({"product": "sold out", "on_category": "<b>"}, "a category named “&lt;b&gt;”"),
        ({"category": "camping"}, None),
        ({"brand": "ACME"}, None),
    ],
)
def test_a_rule_that_may_do_nothing_is_saved_and_doubted(shop, admin_client, given, doubt):
    Product.objects.filter(pk=shop["E"].pk).update(stock=0)
    whole = {"action": "exclude", "factor": "1.5", "position": "1", "is_active": "on", **given}
    whole |= {"product": shop["E"].pk} if "product" in given else {}
    page = admin_client.post(reverse("admin:retail_ai_slaterule_add"), whole, follow=True).content.decode()
    assert SlateRule.objects.count() == 1
    assert doubt in page if doubt else "named “" not in page


def test_rules_are_made_and_switched_in_the_admin(shop, admin_client):
    add = reverse("admin:retail_ai_slaterule_add")
    given = {"action": "exclude", "product": shop["A"].pk, "factor": "1.5", "position": "1", "is_active": "on"}
    assert "No rule yet" in admin_client.get(reverse("admin:retail_ai_slaterule_changelist")).content.decode()
    assert "Choose exactly one" in admin_client.post(add, {**given, "brand": "Acme"}).content.decode()
    assert admin_client.post(add, given).status_code == 302
    rule = SlateRule.objects.get()
    assert rule.created_by.username == "admin" and order() == "BCDE"
    switch = {"action": "switch_off", "_selected_action": [rule.pk]}
    assert admin_client.post(reverse("admin:retail_ai_slaterule_changelist"), switch).status_code == 302
    assert order() == "ABCDE"
    assert "see what it changes" in admin_client.get(reverse("admin:retail_ai_slaterule_changelist")).content.decode()

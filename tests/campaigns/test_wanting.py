"""Who would want a product that lies too long, and the draft that is made for them."""

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from retail_ai.campaigns.audience import audience_of, mailable, members
from retail_ai.campaigns.clearing import draft_for
from retail_ai.campaigns.models import Campaign, Segment, SegmentProduct
from retail_ai.campaigns.wanting import would_want
from retail_ai.exceptions import InvalidInput
from retail_ai.inventory.models import StockPlan
from retail_ai.privacy.models import Consent
from retail_ai.recommendations.models import HiddenProduct, Neighbour, Release, SlateRule, UnusedProduct
from retail_ai.recommendations.rule_boosts import boost_products
from tests.campaigns.test_audience import bought
from tests.events.shop import make_customer, make_product

pytestmark = pytest.mark.django_db
PLANS = "/admin/retail_ai/stockplan/"


@pytest.fixture
def shop():
    """Who bought a tent goes on to a lantern, of which too many lie there; a mug leads to it half as often."""
    tent, mug, lantern = make_product(), make_product("Mug"), make_product("Lantern", stock=500)
    release = Release.objects.create(state="serving")
    for product, score in ((tent, 0.4), (mug, 0.2)):
        Neighbour.objects.create(release=release, kind="next", product=product, neighbour=lantern, score=score)
    ada, bob, eve = (make_customer(name) for name in ("ada", "bob", "eve"))
    bought(ada, mug, 20)
    bought(bob, tent, 20)
    bought(eve, tent, 20)
    bought(eve, lantern, 10)
    StockPlan.objects.create(
        product=lantern,
        status="excess",
        stock=500,
        surplus_units=400,
        remedy="clear",
        weekly_demand=1,
        reorder_point=2,
    )
    return tent, mug, lantern, ada, bob, eve


def test_those_who_bought_what_leads_to_it_and_not_yet_itself(shop):
    *_rest, lantern, ada, bob, _eve = shop
    assert would_want([lantern.pk]) == [(bob.pk, 1.0), (ada.pk, 0.5)]
    assert would_want([]) == []


def test_what_people_said_counts(shop, settings):
    tent, _mug, lantern, ada, bob, _eve = shop
    HiddenProduct.objects.create(customer=ada, product=lantern)
    UnusedProduct.objects.create(customer=bob, product=tent)
    assert would_want([lantern.pk]) == []
    UnusedProduct.objects.all().delete()
    settings.RETAIL_AI = {**settings.RETAIL_AI, "SENSITIVE_CATEGORIES": ["Camping"]}
    assert would_want([lantern.pk]) == []
    with pytest.raises(InvalidInput, match="sensitive"):
        draft_for(products=[lantern.pk])


def test_what_those_did_who_declined_is_not_used(shop):
    *_rest, lantern, ada, bob, _eve = shop
    Consent.objects.create(customer=bob, purpose="tracking", granted=False)
    assert would_want([lantern.pk]) == [(ada.pk, 0.5)]


def test_a_segment_keeps_its_other_rules_and_the_likeliest(shop):
    *_rest, lantern, _ada, _bob, _eve = shop
    segment = Segment.objects.create(name="Lanterns")
    SegmentProduct.objects.create(segment=segment, product=lantern)
    assert {contact.name for contact in mailable(members(segment))} == {"Ada", "Bob"}
    segment.at_most = 1
    assert [contact.name for contact in mailable(members(segment))] == ["Bob"]
    segment.lapsed_days = 30
    assert audience_of(segment).matching == 0


def test_a_draft_is_made_from_the_stock_plan(shop, admin_client):
    *_rest, lantern, _ada, _bob, _eve = shop
    chosen = {"action": "to_audience", "_selected_action": [StockPlan.objects.get().pk]}
    page = admin_client.post(PLANS, chosen, follow=True).content.decode()
    assert "2 customers would want these products; 2 of them may be mailed." in page
    campaign = Campaign.objects.get()
    assert campaign.state == "draft" and [row.product for row in campaign.featured.all()] == [lantern]
    assert campaign.name == f"Would want: Lantern, {timezone.localdate().isoformat()}"
    admin_client.post(PLANS, chosen)
    assert Campaign.objects.count() == 2 and Segment.objects.count() == 2
    form = admin_client.get(f"/admin/retail_ai/segment/{campaign.segment_id}/change/").content.decode()
    assert "2 customers match" in form and "Would want one of these products" in form


def test_nothing_is_made_of_nothing(shop):
    for products in ([], [10**9]):
        with pytest.raises(InvalidInput, match="at least one product"):
            draft_for(products=products)
    assert not Segment.objects.exists()


def test_boosts_end_and_are_not_doubled(shop, admin_client):
    *_rest, lantern, _ada, _bob, _eve = shop
    chosen = {"action": "to_boosts", "_selected_action": [StockPlan.objects.get().pk]}
    page = admin_client.post(PLANS, chosen, follow=True).content.decode()
    assert "1 products are shown more" in page and "Lantern" in page
    rule = SlateRule.objects.get()
    assert (rule.product, rule.action, rule.slate) == (lantern, "boost", "") and rule.ends_at is not None
    assert boost_products(products=[lantern.pk]) == 1 and SlateRule.objects.count() == 1


def test_who_may_not_is_told_so(shop, client):
    clerk = make_customer("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_stockplan"))
    client.force_login(clerk)
    for action, said in (("to_audience", "You may not add campaigns."), ("to_boosts", "You may not add slate rules.")):
        chosen = {"action": action, "_selected_action": [StockPlan.objects.get().pk]}
        assert said in client.post(PLANS, chosen, follow=True).content.decode()
    assert not Campaign.objects.exists() and not SlateRule.objects.exists()

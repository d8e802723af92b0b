import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from retail_ai.campaigns.audience import audience_of, mailable, members
from retail_ai.campaigns.models import Segment
from retail_ai.events.models import Event
from retail_ai.privacy.services import record_consent
from tests.events.shop import make_customer, make_product

pytestmark = pytest.mark.django_db


def bought(customer, product, days_ago, order="N1"):
    moment = timezone.now() - timezone.timedelta(days=days_ago)
    Event.objects.create(kind="purchase", customer=customer, product=product, order=order, occurred_at=moment)


def names(**rules):
    return sorted(contact.name for contact in mailable(members(Segment(name="x", **rules))))


@pytest.fixture
def shoppers():
    tent, novel = make_product(), make_product("Novel", department="Books")
    ada, bob, eve = make_customer("ada"), make_customer("bob"), make_customer("eve", wants_news=False)
    bought(ada, tent, 5)
    bought(ada, novel, 200, "N2")
    bought(bob, novel, 100)
    bought(eve, tent, 5)
    return ada, bob, eve


def test_every_rule_must_hold(shoppers):
    assert names() == ["Ada", "Bob"]
    assert names(category="camping") == ["Ada"]
    assert names(category="Books", bought_within_days=150) == ["Bob"]
    assert names(bought_within_days=30) == ["Ada"]
    assert names(lapsed_days=30) == ["Bob"]
    assert names(min_orders=2) == ["Ada"]
    assert names(min_orders=2, lapsed_days=30) == []
    assert names(category="No such shelf") == []


def test_only_who_wants_mail_and_did_not_withdraw_is_a_contact(shoppers):
    ada, *_ = shoppers
    assert audience_of(Segment(name="x")).matching == 3
    record_consent(purpose="marketing", granted=False, customer=ada)
    assert names() == ["Bob"]
    record_consent(purpose="marketing", granted=True, customer=ada)
    assert names() == ["Ada", "Bob"]


def test_nobody_is_chosen_by_what_they_bought_of_a_sensitive_category_or_after_declining(shoppers, settings):
    ada, *_ = shoppers
    record_consent(purpose="tracking", granted=False, customer=ada)
    assert names(category="Books") == ["Bob"]
    assert names() == ["Ada", "Bob"]
    settings.RETAIL_AI = {**settings.RETAIL_AI, "SENSITIVE_CATEGORIES": ["books"]}
    assert names(category="Books") == []
    with pytest.raises(ValidationError, match="sensitive"):
        Segment(name="x", category="BOOKS ").full_clean()


def test_many_customers_are_read_in_batches(shoppers, monkeypatch):
    monkeypatch.setattr("retail_ai.campaigns.audience.BATCH", 1)
    assert names() == ["Ada", "Bob"]


def test_one_address_is_mailed_once(shoppers):
    ada, bob, _ = shoppers
    bob.email = ada.email.upper()
    bob.save()
    assert len(names()) == 1

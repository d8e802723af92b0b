from types import SimpleNamespace

import pytest
from django.core import mail

from retail_ai.campaigns.holding import is_held_out
from retail_ai.campaigns.models import Campaign, CampaignRecipient, Segment
from retail_ai.campaigns.sending import send_all
from retail_ai.campaigns.services import approve_campaign, start_prepare_job, start_send_job
from retail_ai.events.services import record_event
from retail_ai.jobs.runner import run
from retail_ai.privacy.models import Consent
from retail_ai.privacy.services import erase_customer, record_consent
from retail_ai.recommendations.popularity import refresh_popularity
from tests.events.shop import make_customer, make_product

State = CampaignRecipient.State


def drawn(percent, people=2000, campaign=7):
    of = SimpleNamespace(pk=campaign, holdout_percent=percent)
    return {key for key in range(people) if is_held_out(SimpleNamespace(campaign=of, customer_id=key))}


def test_about_the_share_is_drawn_and_none_at_zero():
    assert drawn(0) == set()
    assert 150 < len(drawn(10)) < 250
    assert 900 < len(drawn(50)) < 1100


def test_a_larger_share_keeps_who_was_drawn_and_campaigns_draw_independently():
    assert drawn(10) < drawn(20)
    both = drawn(50) & drawn(50, campaign=8)
    assert 400 < len(both) < 600


@pytest.fixture
def campaign():
    """Thirty customers who bought a tent, and a stove to suggest; half of them are held out."""
    tent, stove = make_product(), make_product("Stove")
    for number in range(30):
        person = make_customer(f"c{number}")
        record_event(kind="purchase", customer=person, product=tent, reference=f"N{person.pk}")
    record_event(kind="view", visitor="v", product=stove)
    refresh_popularity()
    segment = Segment.objects.create(name="Everyone")
    return Campaign.objects.create(name="Spring", segment=segment, holdout_percent=50)


def prepared(campaign):
    job = start_prepare_job(campaign=campaign)
    run(job.pk)
    campaign.refresh_from_db()
    job.refresh_from_db()
    return job


def held(campaign):
    return campaign.recipients.filter(state=State.HELD)


@pytest.mark.django_db(transaction=True)
def test_who_is_held_out_is_noted_without_address_or_words_and_never_mailed(campaign):
    counts = prepared(campaign).report
    kept = held(campaign).count()
    assert 0 < kept < 30 and campaign.recipients.count() == 30, counts
    assert set(held(campaign).values_list("email", "name", "subject", "text", "html")) == {("", "", "", "", "")}
    assert all(row.items == [] for row in held(campaign))
    approve_campaign(campaign=campaign, approved_by=make_customer("boss"))
    run(start_send_job(campaign=campaign).pk)
    assert len(mail.outbox) == 30 - kept
    came_to = send_all([row.pk for row in held(campaign)])
    assert set(came_to.values()) == {State.HELD} and len(mail.outbox) == 30 - kept
    assert held(campaign).count() == kept


@pytest.mark.django_db(transaction=True)
def test_preparing_again_holds_out_the_same(campaign):
    prepared(campaign)
    first = set(held(campaign).values_list("customer", flat=True))
    prepared(campaign)
    assert first and set(held(campaign).values_list("customer", flat=True)) == first


@pytest.mark.django_db(transaction=True)
def test_one_who_withdrew_is_not_drawn_and_one_who_is_erased_leaves_no_row(campaign):
    prepared(campaign)
    first, second = (row.customer for row in held(campaign)[:2])
    record_consent(purpose=Consent.Purpose.MARKETING, granted=False, customer=first, source="test")
    prepared(campaign)
    assert not campaign.recipients.filter(customer=first).exists()
    erase_customer(customer=second)
    assert not campaign.recipients.filter(customer=second).exists()

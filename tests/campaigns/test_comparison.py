"""Who was mailed beside who was held out: what counts, what is said, and what the owner's page shows."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from retail_ai.campaigns.comparison import comparison_of
from retail_ai.campaigns.comparison_words import plot, rows, said
from retail_ai.campaigns.models import Campaign, CampaignRecipient
from retail_ai.events.services import record_event
from tests.events.shop import make_customer, make_product

pytestmark = pytest.mark.django_db
State = CampaignRecipient.State
SENT = timezone.now() - timedelta(days=10)


@pytest.fixture
def tent():
    return make_product("Tent", price="50.00")


@pytest.fixture
def campaign():
    return Campaign.objects.create(name="Spring", state=Campaign.State.SENT, holdout_percent=50)


def draw(campaign, state, people, *, sent_at=SENT):
    """So many customers drawn into an arm."""
    made = [make_customer(f"{state}{number}") for number in range(people)]
    CampaignRecipient.objects.bulk_create(
        CampaignRecipient(
            campaign=campaign,
            customer=person,
            state=state,
            sent_at=None if state in (State.HELD, State.FAILED) else sent_at,
        )
        for person in made
    )
    return made


def buy(person, product, *, days, price="50.00", quantity=1):
    record_event(
        kind="purchase", customer=person, product=product, reference=f"{person.pk}-{days}", quantity=quantity,
        unit_price=price, occurred_at=SENT + timedelta(days=days),
    )  # fmt: skip


def test_both_arms_count_what_was_bought_in_the_week_after_the_first_mail(campaign, tent):
    mailed, held = draw(campaign, State.SENT, 6), draw(campaign, State.HELD, 3)
    (failed,) = draw(campaign, State.FAILED, 1)
    campaign.recipients.filter(customer=mailed[5]).update(sent_at=SENT + timedelta(days=2))
    buy(mailed[0], tent, days=1, quantity=2)
    buy(mailed[0], tent, days=3)
    buy(mailed[1], tent, days=8)  # too late
    buy(mailed[2], tent, days=-1)  # before
    buy(mailed[5], tent, days=1)  # before this one's own mail, but as for those held out
    buy(failed, tent, days=1)  # drawn to be mailed
    buy(held[0], tent, days=6, price="20.00")
    result = comparison_of(campaign)
    assert (result.mailed.people, result.mailed.buyers, result.mailed.spent) == (7, 3, 250.0)
    assert result.mailed.squares == 150.0**2 + 50.0**2 + 50.0**2
    assert (result.held.people, result.held.buyers, result.held.spent) == (3, 1, 20.0)
    assert result.is_over and result.spending is None
    assert result.extra_buyers.difference == pytest.approx(7 * (3 / 7 - 1 / 3))


def test_nothing_is_compared_before_the_first_mail_or_with_nobody_held_out(campaign):
    draw(campaign, State.HELD, 2)
    assert comparison_of(campaign) is None
    campaign.recipients.all().delete()
    CampaignRecipient.objects.create(campaign=campaign, customer=make_customer("x"), state=State.SENT, sent_at=SENT)
    assert comparison_of(campaign) is None


def test_too_few_are_said_to_be_too_few(campaign, tent):
    mailed, held = draw(campaign, State.SENT, 12), draw(campaign, State.HELD, 6)
    buy(mailed[0], tent, days=1)
    buy(held[0], tent, days=1)
    words = " ".join(said(comparison_of(campaign)))
    assert "cannot be told" in words and "here were 18" in words and "Too few bought" in words


@pytest.mark.parametrize(("buyers", "others", "word"), [(40, 4, "brought buyers"), (4, 40, "cost buyers")])
def test_a_clear_effect_is_said_with_its_interval_in_people_and_money(campaign, tent, buyers, others, word):
    mailed, held = draw(campaign, State.SENT, 60), draw(campaign, State.HELD, 60)
    for person in [*mailed[:buyers], *held[:others]]:
        buy(person, tent, days=2)
    first, *more = said(comparison_of(campaign))
    assert word in first and "36" in first
    low, high = (int(part) for part in first.split("(")[1].split(")")[0].split(" to "))
    assert 0 < low < 36 < high
    assert "Too few" in more[-1]  # four buyers in one arm
    for person in [*mailed[:12], *held[:12]]:
        buy(person, tent, days=3)
    assert "In money" in said(comparison_of(campaign))[-1]


def test_a_week_that_is_not_over_says_until_when(campaign):
    draw(campaign, State.SENT, 2, sent_at=timezone.now())
    draw(campaign, State.HELD, 2)
    result = comparison_of(campaign)
    assert not result.is_over and "too early" in said(result)[0] and "until" in said(result)[1]


def test_the_page_shows_it_in_a_plot_and_a_table_and_in_chinese(campaign, tent, admin_client):
    mailed, _held = draw(campaign, State.SENT, 20), draw(campaign, State.HELD, 10)
    buy(mailed[0], tent, days=1)
    page = admin_client.get(reverse("admin:retail_ai_campaign_change", args=[campaign.pk])).content.decode()
    assert "What the mail itself brought" in page and 'role="img"' in page and "held out 0.0 %" in page
    assert "5.0 % (0.9 % … 23.6 %)" in page and "they might have ordered anyway" in page
    with translation.override("zh-hans"):
        result = comparison_of(campaign)
        assert "无法" in said(result)[0] and "对照" in rows(result)[1][0] and "对照" in plot(result)


def test_a_campaign_without_hold_out_says_only_that_they_might_have_bought_anyway(campaign, admin_client):
    CampaignRecipient.objects.create(campaign=campaign, customer=make_customer("x"), state=State.SENT, sent_at=SENT)
    page = admin_client.get(reverse("admin:retail_ai_campaign_change", args=[campaign.pk])).content.decode()
    assert "they might have ordered anyway" in page and "What the mail itself brought" not in page

import re
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends import locmem
from django.db import connection

from retail_ai.campaigns.audience import mailable
from retail_ai.campaigns.links import unsubscribe_url
from retail_ai.campaigns.models import Campaign, CampaignRecipient, Segment
from retail_ai.campaigns.results import results_of
from retail_ai.campaigns.sending import open_ledger
from retail_ai.campaigns.services import (
    approve_campaign,
    feature_products,
    send_test,
    start_prepare_job,
    start_send_job,
    unsubscribe,
    withdraw_approval,
)
from retail_ai.campaigns.templates import DEFAULT_BODY, DEFAULT_SUBJECT, check_placeholders, fill
from retail_ai.events.models import Event
from retail_ai.events.services import record_event
from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job, JobFailure
from retail_ai.jobs.runner import run
from retail_ai.jobs.services import cancel_job, resume_job, retry_failed
from retail_ai.privacy.models import Consent
from retail_ai.recommendations.popularity import refresh_popularity
from shop_demo.models import Profile
from tests.events.shop import make_customer, make_product

pytestmark = pytest.mark.django_db(transaction=True)
State = CampaignRecipient.State


@pytest.fixture
def world():
    """Two customers who bought a tent, and a stove that others look at."""
    tent, stove = make_product(), make_product("<b>Stove</b>")
    people = [make_customer("ada"), make_customer("bob")]
    for person in people:
        record_event(kind="purchase", customer=person, product=tent, reference=f"N{person.pk}")
    record_event(kind="view", visitor="v", product=stove)
    refresh_popularity()
    segment = Segment.objects.create(name="Everyone")
    campaign = Campaign.objects.create(
        name="Spring", segment=segment, subject="For {name}", body="Hi {name} <&>", holdout_percent=0
    )
    return campaign, people, stove


def prepared(campaign):
    run(start_prepare_job(campaign=campaign).pk)
    campaign.refresh_from_db()
    return campaign


def send(campaign):
    approve_campaign(campaign=campaign, approved_by=None)
    job = start_send_job(campaign=campaign)
    run(job.pk)
    campaign.refresh_from_db()
    job.refresh_from_db()
    return job


def test_the_words_that_a_campaign_starts_with_are_in_the_customers_language(world):
    campaign, people, _ = world
    Profile.objects.filter(user=people[1]).update(language="zh-hans")
    Campaign.objects.filter(pk=campaign.pk).update(
        subject=DEFAULT_SUBJECT, body=DEFAULT_BODY.replace("\n", "\r\n")
    )  # as a browser sends it
    prepared(Campaign.objects.get(pk=campaign.pk))
    english, chinese = (campaign.recipients.get(customer=person) for person in people)
    assert english.subject == "Chosen for you, Ada" and "we chose 1 products for you" in english.text
    assert chinese.subject == "Bob，为您精选" and "挑选了 1 件商品" in chinese.text and "we chose" not in chinese.html


def test_each_customers_mail_is_written_with_products_and_reasons(world):
    campaign, _, stove = world
    assert prepared(campaign).state == "prepared"
    recipient = campaign.recipients.get(name="Ada")
    assert recipient.subject == "For Ada"
    assert [item["product"] for item in recipient.items] == [str(stove.pk)]
    assert "Popular this week" in recipient.text and "Hi Ada <&>" in recipient.text
    assert "&lt;b&gt;Stove" in recipient.html and "<b>Stove" not in recipient.html
    assert "Hi Ada &lt;&amp;&gt;" in recipient.html
    assert unsubscribe_url(recipient) in recipient.text


def test_featured_products_come_first_and_change_what_was_prepared(world):
    campaign, *_ = world
    lamp = make_product("Lamp")
    prepared(campaign)
    assert feature_products(campaign=campaign, products=[lamp.pk, lamp.pk]) == 1
    assert campaign.state == "draft"
    items = prepared(campaign).recipients.first().items
    assert (items[0]["title"], items[0]["reason"]) == ("Lamp", "Picked by our team")
    with pytest.raises(InvalidInput, match="At most"):
        feature_products(campaign=campaign, products=range(51))


def test_it_is_sent_once_to_each_with_a_way_out(world):
    campaign, *_ = world
    job = send(prepared(campaign))
    assert (campaign.state, job.done, job.failed, len(mail.outbox)) == ("sent", 2, 0, 2)
    message = mail.outbox[0]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.alternatives[0][1] == "text/html"
    with pytest.raises(InvalidInput, match="approve it first"):
        start_send_job(campaign=campaign)
    with pytest.raises(InvalidInput):
        start_prepare_job(campaign=campaign)
    assert results_of(campaign).states == {"sent": 2}


def test_nothing_is_sent_without_approval_and_approval_can_be_taken_back(world):
    campaign, *_ = world
    with pytest.raises(InvalidInput, match="prepare"):
        approve_campaign(campaign=campaign, approved_by=None)
    prepared(campaign)
    with pytest.raises(InvalidInput, match="approve it first"):
        start_send_job(campaign=campaign)
    approve_campaign(campaign=campaign, approved_by=None)
    withdraw_approval(campaign=campaign)
    with pytest.raises(InvalidInput):
        start_send_job(campaign=campaign)


def test_who_unsubscribed_after_approval_gets_nothing(world):
    campaign, (ada, _), _ = world
    prepared(campaign)
    unsubscribe(customer=ada.pk)
    send(campaign)
    assert [message.to for message in mail.outbox] == [["bob@example.com"]]
    assert campaign.recipients.get(customer=ada).state == State.SKIPPED


def test_a_worker_killed_while_sending_leads_to_one_unknown_and_no_second_mail(world):
    campaign, *_ = world
    prepared(campaign)
    first, second = campaign.recipients.all()
    approve_campaign(campaign=campaign, approved_by=None)
    job = start_send_job(campaign=campaign)
    with open_ledger() as ledger:
        assert ledger.claim(first.pk) and not ledger.claim(first.pk)
    run(job.pk)
    job.refresh_from_db()
    assert [message.to for message in mail.outbox] == [[second.email]]
    assert (job.failed, campaign.recipients.get(pk=first.pk).state) == (1, State.UNKNOWN)


def test_a_claim_outlives_the_transaction_that_was_open_around_it(world):
    campaign, *_ = world
    prepared(campaign)
    recipient = campaign.recipients.first()
    connection.set_autocommit(False)
    try:
        with open_ledger() as ledger:
            assert ledger.claim(recipient.pk)
        connection.rollback()
    finally:
        connection.set_autocommit(True)
    recipient.refresh_from_db()
    assert recipient.state == State.SENDING


def test_a_refusing_mail_server_is_a_failure_that_can_be_tried_again(world, settings, monkeypatch):
    campaign, *_ = world
    prepared(campaign)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    approve_campaign(campaign=campaign, approved_by=None)
    job = start_send_job(campaign=campaign)
    run(job.pk)
    assert set(campaign.recipients.values_list("state", flat=True)) <= {State.FAILED, State.READY}


def test_a_test_mail_goes_to_the_asker_only_and_counts_as_nothing(world):
    campaign, *_ = world
    recipient = prepared(campaign).recipients.first()
    send_test(recipient=recipient, to="owner@example.com")
    assert mail.outbox[0].to == ["owner@example.com"] and mail.outbox[0].subject.startswith("[Test]")
    recipient.refresh_from_db()
    assert recipient.state == State.READY
    with pytest.raises(InvalidInput):
        send_test(recipient=recipient, to="")


def test_looking_at_the_unsubscribe_page_changes_nothing_and_pressing_does(world, client):
    campaign, (ada, _), _ = world
    send(prepared(campaign))
    url = unsubscribe_url(campaign.recipients.get(customer=ada)).removeprefix("http://localhost:8000")
    assert client.get(url).status_code == 200
    assert Consent.objects.count() == 0
    for _time in range(2):
        assert client.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Consent.objects.get().granted is False
    assert list(mailable([ada.pk])) == [] and results_of(campaign).unsubscribed == 1
    assert client.get(url[:-3]).status_code == 404


def test_orders_after_the_mail_are_counted_and_older_ones_are_not(world):
    campaign, (ada, _), stove = world
    send(prepared(campaign))
    assert results_of(campaign).orders == 0
    Event.objects.create(kind="purchase", customer=ada, product=stove, order="NEW")
    assert (results_of(campaign).orders, results_of(campaign).buyers) == (1, 1)


def test_placeholders():
    assert fill("{name} {x} {name.password}", name="A") == "A {x} {name.password}"
    with pytest.raises(ValidationError, match="secret"):
        check_placeholders("{secret}")


def test_nothing_of_a_sensitive_category_is_mailed_not_even_what_was_featured(world, settings):
    campaign, _people, stove = world
    test = make_product("Pregnancy test", department="Health")
    record_event(kind="view", visitor="w", product=test)
    refresh_popularity()
    feature_products(campaign=campaign, products=[test.pk])
    mails = prepared(campaign).recipients.all()
    assert mails and all("Pregnancy test" in written.text for written in mails)
    settings.RETAIL_AI = {**settings.RETAIL_AI, "SENSITIVE_CATEGORIES": ["health"]}
    mails = prepared(campaign).recipients.all()
    assert mails
    for written in mails:
        assert "Pregnancy test" not in written.text
        assert str(stove.pk) in [item["product"] for item in written.items]


def test_a_job_taken_up_again_writes_no_mail_into_what_was_approved(world):
    campaign, (ada, _), _ = world
    old = start_prepare_job(campaign=campaign)
    cancel_job(job=old)
    Segment.objects.filter(pk=campaign.segment_id).update(min_orders=9)
    campaign.refresh_from_db()
    prepared(campaign)
    assert not campaign.recipients.exists()
    resume_job(job=old)
    run(old.pk)
    assert not campaign.recipients.exists()
    Segment.objects.filter(pk=campaign.segment_id).update(min_orders=0)
    campaign.refresh_from_db()
    newest = start_prepare_job(campaign=campaign)
    run(newest.pk)
    approve_campaign(campaign=campaign, approved_by=None)
    campaign.recipients.filter(customer=ada).delete()
    JobFailure.objects.create(job=newest, key=str(ada.pk), reason="x")
    retry_failed(job=newest)
    run(newest.pk)
    assert not campaign.recipients.filter(customer=ada).exists()
    assert "approved" in newest.failures.get().reason


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (SMTPServerDisconnected("Connection unexpectedly closed"), State.UNKNOWN),
        (TimeoutError("timed out"), State.UNKNOWN),
        (SMTPRecipientsRefused({"ada@example.com": (550, b"no such user")}), State.FAILED),
        (SMTPDataError(554, b"rejected"), State.FAILED),
    ],
)
def test_a_line_that_drops_leaves_one_unknown_and_the_others_are_sent(world, monkeypatch, error, state):
    """Nobody knows whether the server took that mail: trying again could send it twice."""
    campaign, *_ = world
    first, second = prepared(campaign).recipients.all()
    broken = [error]
    opened = []

    class Line(locmem.EmailBackend):
        def open(self):
            opened.append(True)

        def send_messages(self, messages):
            if broken:
                raise broken.pop()
            return super().send_messages(messages)

    monkeypatch.setattr("retail_ai.campaigns.sending.get_connection", Line)
    send(campaign)
    first.refresh_from_db()
    assert first.state == state and len(opened) >= 2
    assert [message.to for message in mail.outbox] == [[second.email]]
    assert first.email not in first.reason
    job = Job.objects.filter(kind="campaigns.send").get()
    retry_failed(job=job)
    run(job.pk)
    assert len(mail.outbox) == (1 if state == State.UNKNOWN else 2)


def test_a_job_that_failed_names_nobody(world, monkeypatch):
    """Erasing a customer deletes their failures, and the job's own error must not outlive them."""
    campaign, *_ = world
    prepared(campaign)

    def refuse(self, messages):
        raise SMTPRecipientsRefused({to: (550, b"no") for message in messages for to in message.to})

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refuse)
    job = send(campaign)
    assert job.state == "failed" and "550" in job.error and "@" not in job.error


def test_a_mail_whose_product_or_price_has_changed_is_not_sent(world):
    campaign, _people, stove = world
    approve_campaign(campaign=prepared(campaign), approved_by=None)
    type(stove).objects.filter(pk=stove.pk).update(price="25.00")
    with pytest.raises(InvalidInput, match="1 product in these mails"):
        start_send_job(campaign=campaign)
    campaign.refresh_from_db()
    assert campaign.state == "approved"
    type(stove).objects.filter(pk=stove.pk).update(price="20.00")
    job = start_send_job(campaign=campaign)
    type(stove).objects.filter(pk=stove.pk).update(stock=0)
    run(job.pk)
    assert mail.outbox == []
    assert set(campaign.recipients.values_list("state", flat=True)) == {State.SKIPPED}
    assert "price" in campaign.recipients.first().reason


def test_the_unsubscribe_link_of_a_test_mail_is_nobodys(world, client):
    """An owner who tries whether it works must not unsubscribe the customer whose mail it is."""
    campaign, *_ = world
    recipient = prepared(campaign).recipients.first()
    send_test(recipient=recipient, to="owner@example.com")
    for body in (mail.outbox[0].body, mail.outbox[0].alternatives[0][0]):
        (path,) = re.findall(r"http://localhost:8000(/retail-ai/unsubscribe/[^\s\"]+)", body)
        assert client.post(path).status_code == 200
    assert not Consent.objects.exists()
    recipient.refresh_from_db()
    assert recipient.unsubscribed_at is None and unsubscribe_url(recipient) in recipient.text


def test_a_very_long_name_is_cut(world):
    campaign, (ada, _), _ = world
    type(ada).objects.filter(pk=ada.pk).update(first_name="A" * 150, last_name="B" * 150)
    assert len(prepared(campaign).recipients.get(customer=ada).name) == 150


def test_results_count_an_order_once_and_only_within_the_window(world, django_assert_max_num_queries):
    campaign, (ada, bob), stove = world
    send(prepared(campaign))
    sent = campaign.recipients.get(customer=ada).sent_at
    for customer, order, days in ((ada, "A", 1), (ada, "A", 1), (ada, "B", 6.9), (ada, "C", 7.1), (bob, "D", -1)):
        moment = sent + timedelta(days=days)
        Event.objects.create(kind="purchase", customer=customer, product=stove, order=order, occurred_at=moment)
    with django_assert_max_num_queries(4):
        results = results_of(campaign)
    assert (results.orders, results.buyers) == (2, 1)

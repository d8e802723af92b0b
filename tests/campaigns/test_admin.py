import pytest
from django.contrib.admin import site
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.urls import reverse

from retail_ai.campaigns.models import Campaign, Segment
from retail_ai.campaigns.services import approve_campaign
from retail_ai.events.services import record_event
from retail_ai.jobs.models import Job
from retail_ai.jobs.runner import run
from retail_ai.jobs.services import cancel_job, resume_job
from retail_ai.recommendations.popularity import refresh_popularity
from tests.events.shop import make_customer, make_product

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def campaign():
    tent, stove = make_product(), make_product("Stove")
    record_event(kind="purchase", customer=make_customer(), product=tent, reference="N1")
    record_event(kind="view", visitor="v", product=stove)
    refresh_popularity()
    return Campaign.objects.create(name="Spring", segment=Segment.objects.create(name="All"), holdout_percent=0)


@pytest.fixture
def enqueued(monkeypatch):
    """No broker here: what would be queued is run at once."""
    monkeypatch.setattr("retail_ai.campaigns.admin_views.enqueue", lambda job: run(job.pk))


def url(name, *args):
    return reverse(f"admin:retail_ai_campaign_{name}", args=args)


def press(client, name, campaign):
    response = client.post(url(name, campaign.pk))
    assert response.status_code == 302
    campaign.refresh_from_db()
    return response


def test_from_draft_to_sent_by_buttons(admin_client, campaign, enqueued):
    page = admin_client.get(url("change", campaign.pk)).content.decode()
    assert "Prepare mails" in page and "Send now" not in page
    press(admin_client, "prepare", campaign)
    assert campaign.state == "prepared"
    recipient = campaign.recipients.get()
    listing = admin_client.get(url("recipients", campaign.pk)).content.decode()
    assert "Ada" in listing and "Stove" in listing
    assert 'sandbox src="' in admin_client.get(url("recipient", campaign.pk, recipient.pk)).content.decode()
    framed = admin_client.get(url("recipient_html", campaign.pk, recipient.pk))
    assert framed["X-Frame-Options"] == "SAMEORIGIN" and "sandbox" in framed["Content-Security-Policy"]
    admin_client.post(url("recipient", campaign.pk, recipient.pk))
    assert [message.to for message in mail.outbox] == [["admin@example.com"]]
    press(admin_client, "send", campaign)
    assert campaign.state == "prepared"
    press(admin_client, "approve", campaign)
    assert campaign.approved_by is not None
    press(admin_client, "send", campaign)
    assert campaign.state == "sent" and len(mail.outbox) == 2
    assert "they might have ordered anyway" in admin_client.get(url("change", campaign.pk)).content.decode()
    assert Job.objects.filter(kind="campaigns.send").count() == 1


def test_changed_words_take_prepared_mails_back_to_draft(admin_client, campaign, enqueued):
    press(admin_client, "prepare", campaign)
    form = {
        "name": "Spring", "segment": campaign.segment_id, "subject": "New {name}", "body": "x", "language": "",
        "products_each": 2, "holdout_percent": 20, "featured-TOTAL_FORMS": 0, "featured-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert admin_client.post(url("change", campaign.pk), form).status_code == 302
    campaign.refresh_from_db()
    assert (campaign.state, campaign.subject) == ("draft", "New {name}")
    page = admin_client.post(url("change", campaign.pk), {**form, "body": "{secret}"}).content.decode()
    assert "Unknown placeholder" in page
    assert LogEntry.objects.count() == 1


def test_staff_without_permission_can_do_nothing(client, campaign):
    client.force_login(make_customer("clerk", is_staff=True))
    for name in ("prepare", "approve", "send"):
        assert client.post(url(name, campaign.pk)).status_code == 403
    assert client.get(url("recipients", campaign.pk)).status_code == 403
    campaign.refresh_from_db()
    assert campaign.state == "draft"


def test_looking_changes_nothing(admin_client, campaign):
    for name in ("prepare", "approve", "send"):
        assert admin_client.get(url(name, campaign.pk)).status_code == 405


def test_products_are_added_to_a_chosen_or_a_new_campaign(admin_client, campaign):
    lamp = make_product("Lamp")
    asked = admin_client.post(
        reverse("admin:shop_demo_product_changelist"),
        {"action": "retail_ai_campaign", "_selected_action": [lamp.pk]},
    )
    assert "Lamp" in asked.content.decode() and "Spring" in asked.content.decode()
    admin_client.post(url("feature"), {"product": [lamp.pk], "campaign": campaign.pk})
    assert campaign.featured.get().product == lamp
    admin_client.post(url("feature"), {"product": [lamp.pk], "campaign": "", "name": "Autumn"})
    assert Campaign.objects.get(name="Autumn").featured.count() == 1


def test_a_segment_says_how_many_it_means(admin_client, campaign):
    page = admin_client.get(reverse("admin:retail_ai_segment_change", args=[campaign.segment_id])).content.decode()
    assert "1 customers match, 1 of them may be mailed now." in page


def test_the_page_says_when_there_is_nobody_to_mail_and_offers_no_approval(admin_client, campaign, enqueued):
    Segment.objects.update(min_orders=9)
    press(admin_client, "prepare", campaign)
    page = admin_client.get(url("change", campaign.pk)).content.decode()
    assert "There is no mail" in page and 'value="Approve"' not in page


def test_the_page_says_when_sending_was_stopped_and_where_to_resume_it(admin_client, campaign, enqueued, monkeypatch):
    press(admin_client, "prepare", campaign)
    press(admin_client, "approve", campaign)
    monkeypatch.setattr("retail_ai.campaigns.admin_views.enqueue", lambda job: cancel_job(job=job))
    press(admin_client, "send", campaign)
    job = Job.objects.get(kind="campaigns.send")
    page = admin_client.get(url("change", campaign.pk)).content.decode()
    assert "Sending was stopped" in page and reverse("admin:retail_ai_job_change", args=[job.pk]) in page
    assert mail.outbox == []
    resume_job(job=job)
    run(job.pk)
    assert "Sending is over" in admin_client.get(url("change", campaign.pk)).content.decode()
    assert len(mail.outbox) == 1


def test_words_saved_late_do_not_take_a_campaign_back(admin_client, campaign, enqueued, monkeypatch):
    """Two people at once: the one approves while the other's form is being saved."""
    press(admin_client, "prepare", campaign)
    stale = Campaign.objects.get(pk=campaign.pk)
    approve_campaign(campaign=campaign, approved_by=None)
    stale.name = "Late"
    site.get_model_admin(Campaign).save_model(None, stale, None, change=True)
    campaign.refresh_from_db()
    assert (campaign.state, campaign.name) == ("approved", "Late") and campaign.approved_at is not None


def test_the_language_is_chosen_among_those_that_the_shop_writes(admin_client, campaign, settings):
    settings.RETAIL_AI = {**settings.RETAIL_AI, "LANGUAGES": ["en", "zh-hans"]}
    form = {
        "name": "Spring", "segment": campaign.segment_id, "subject": "x", "body": "x", "language": "deutsch",
        "products_each": 2, "holdout_percent": 20, "featured-TOTAL_FORMS": 0, "featured-INITIAL_FORMS": 0,
    }  # fmt: skip
    page = admin_client.post(url("change", campaign.pk), form).content.decode()
    assert "Select a valid choice" in page and "zh-hans" in page
    assert admin_client.post(url("change", campaign.pk), {**form, "language": "zh-hans"}).status_code == 302

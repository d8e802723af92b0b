"""Every door of the app on whichever shop is installed: admin lists and pages, product actions, the HTTP interface."""

import re
import uuid

import pytest
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.core import mail
from django.urls import get_resolver, reverse

from retail_ai.assistant.services import start_index_job as start_passages_job
from retail_ai.campaigns.models import Campaign
from retail_ai.campaigns.services import first_campaign, start_prepare_job
from retail_ai.catalog.services import start_index_job
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.services import start_draft_job
from retail_ai.events.services import start_backfill_job
from retail_ai.inventory.services import start_forecast_job, take_stock
from retail_ai.jobs import tasks
from retail_ai.jobs.models import Job
from retail_ai.jobs.runner import run
from retail_ai.recommendations.services import start_train_job
from tests.contracts.store.world import make_superuser, make_world

pytestmark = pytest.mark.django_db(transaction=True)
OK = (200, 302)


@pytest.fixture
def sent(monkeypatch):
    """Ids of jobs handed to the queue: no broker runs here, and what the queue does has tests of its own."""
    ids = []
    monkeypatch.setattr(tasks.run_job, "delay", ids.append)
    return ids


@pytest.fixture
def boss(client, db, sent):
    user = make_superuser()
    client.force_login(user)
    return user


@pytest.fixture
def world(shop, boss):
    return make_world(shop)


@pytest.fixture
def full(world, boss, store):
    """The same shop when every part of the main job has run once."""
    jobs = [start_backfill_job, start_index_job, start_train_job, start_forecast_job, start_passages_job]
    for start in jobs:
        run(start(started_by=boss).pk)
    run(start_draft_job(products=store.products(), started_by=boss, generator="composer").pk)
    campaign = first_campaign(created_by=boss)
    Campaign.objects.update(holdout_percent=0)
    run(start_prepare_job(campaign=campaign, started_by=boss).pk)
    take_stock()
    assert not Job.objects.exclude(state="done").exists()
    return world


def product_page(store, name, *args):
    meta = store.product_model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=[quote(pk) for pk in args])


def act(client, store, action, products, *, everything=False):
    data = {"action": action, "_selected_action": [str(p.pk) for p in products], "select_across": int(everything)}
    return client.post(product_page(store, "changelist"), data)


def test_the_product_list_offers_our_actions_beside_the_shops_own(client, world, store):
    page = client.get(product_page(store, "changelist")).content.decode()
    offered = set(re.findall(r'<option value="(\w+)"', page))
    assert {"hide", "retail_ai_describe", "retail_ai_recommend", "retail_ai_campaign"} <= offered, offered
    assert act(client, store, "hide", world.products[:2]).status_code in OK
    assert store.visible().count() == len(world.products) - 2


def test_generate_descriptions_for_the_whole_list(client, world, store, sent):
    page = act(client, store, "retail_ai_describe", world.products[:1], everything=True)
    keys = page.context["form"].initial["keys"]
    given = {"keys": keys, "fields_": ["description"], "languages": ["en"], "tone": "plain", "generator": "composer"}
    started = client.post(reverse("admin:retail_ai_draft_write"), given)
    job = Job.objects.get()
    assert started.url == reverse("admin:retail_ai_job_change", args=[job.pk]) and sent == [job.pk]
    run(job.pk)
    assert Draft.objects.filter(job=job, state="draft").count() == len(world.products)
    assert client.get(started.url).status_code == 200


def test_update_recommendations_starts_a_training(client, world, store, sent):
    assert act(client, store, "retail_ai_recommend", world.products[:3]).status_code == 302
    job = Job.objects.get()
    assert (job.kind, sent) == ("recommendations.train", [job.pk])
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.failed) == ("done", 0)


def test_add_to_campaign_asks_which_and_adds(client, world, store, boss):
    page = act(client, store, "retail_ai_campaign", world.products[:3])
    assert page.status_code == 200 and b"Alder Tent" in page.content
    keys = [str(p.pk) for p in world.products[:3]]
    added = client.post(reverse("admin:retail_ai_campaign_feature"), {"name": "Spring", "product": keys})
    campaign = Campaign.objects.get()
    assert added.status_code == 302 and campaign.created_by == boss
    assert set(campaign.featured.values_list("product", flat=True)) == {p.pk for p in world.products[:3]}


def test_a_products_own_page_shows_what_there_is(client, full, store):
    page = client.get(product_page(store, "change", full.products[0].pk)).content.decode()
    panel = page[page.index("retail_ai_panel") :]
    assert "waiting" in panel and "Indexed" in panel and "Recommendations" in panel
    for address in set(re.findall(r'href="(/admin/retail_ai/[^"]+)"', panel)):
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_every_list_and_page_of_the_app_in_the_admin_opens(client, full, django_assert_max_num_queries):
    ours = [model for model in admin.site._registry if model._meta.app_label == "retail_ai"]
    assert len(ours) >= 10
    for model in ours:
        name = f"admin:retail_ai_{model._meta.model_name}"
        with django_assert_max_num_queries(25):
            assert client.get(reverse(f"{name}_changelist")).status_code == 200, name
        assert client.get(reverse(f"{name}_changelist"), {"q": "alder"}).status_code == 200, name
        row = model._default_manager.order_by("pk").first()
        if row is not None:
            assert client.get(reverse(f"{name}_change", args=[quote(row.pk)])).status_code in OK, name
        assert client.get(reverse(f"{name}_add")).status_code in (200, 403), name


def test_the_preview_finds_customers_by_whatever_names_them(client, full):
    preview = reverse("admin:retail_ai_release_preview")
    page = client.get(preview, {"q": "c3@example"})
    assert [row["key"] for row in page.context["customers"]] == [full.customers[3].pk]
    shown = client.get(preview, {"customer": str(full.customers[3].pk)})
    assert shown.context["slates"]["for_you"].shown
    assert client.get(preview, {"product": str(full.products[3].pk)}).context["slates"]["similar"].shown


def test_a_campaigns_pages_open(client, full):
    campaign = Campaign.objects.get()
    recipient = campaign.recipients.first()
    for name, args in (("recipients", [campaign.pk]), ("recipient", [campaign.pk, recipient.pk]),
                       ("recipient_html", [campaign.pk, recipient.pk])):  # fmt: skip
        assert client.get(reverse(f"admin:retail_ai_campaign_{name}", args=args)).status_code == 200, name
    client.post(reverse("admin:retail_ai_campaign_recipient", args=[campaign.pk, recipient.pk]))
    assert [message.to for message in mail.outbox] == [["boss@example.com"]]
    for verb in ("approve", "withdraw", "approve", "send"):
        assert client.post(reverse(f"admin:retail_ai_campaign_{verb}", args=[campaign.pk])).status_code == 302
    campaign.refresh_from_db()
    assert campaign.state == "sending"


def test_the_interface_answers_with_the_shops_keys(client, full):
    key = str(full.products[0].pk)
    found = client.get(reverse("retail_ai:search"), {"q": "alder tent"}).json()
    assert key in str(found)
    for name in ("api_jobs", "api_forecasts", "api_reorders", "suggest"):
        assert client.get(reverse(f"retail_ai:{name}"), {"q": "tent"}).status_code == 200, name
    mistyped = client.get(reverse("retail_ai:suggest"), {"q": "aldet tent"})
    assert "Alder Tent" in str(mistyped.json())
    job = Job.objects.first()
    assert client.get(reverse("retail_ai:api_job", args=[job.pk])).status_code == 200
    similar = client.get(reverse("retail_ai:api_recommendations"), {"slate": "similar", "product": key})
    assert similar.status_code == 200 and key not in [str(row.get("product")) for row in similar.json()["results"]]
    seen = client.post(
        reverse("retail_ai:api_events"), {"events": [{"kind": "view", "product": key}]}, "application/json"
    )
    assert seen.json() == {"stored": 1, "known": 0, "refused": {}}, seen.content
    for verb in (client.post, client.delete):
        assert verb(reverse("retail_ai:api_hidden", args=[key])).status_code == 204


@pytest.mark.parametrize("key", [str(uuid.uuid4()), "999999", "not-a-key", "0", "%00"])
def test_a_product_that_is_not_there_is_a_plain_refusal(client, world, key):
    for address in (
        reverse("retail_ai:api_recommendations") + f"?slate=similar&product={key}",
        reverse("admin:retail_ai_release_preview") + f"?product={key}&customer={key}",
        reverse("admin:retail_ai_draft_texts", args=[key.replace("%00", "x")]),
    ):
        assert client.get(address, follow=True).status_code in (200, 400, 404), address
    seen = client.post(
        reverse("retail_ai:api_events"), {"events": [{"kind": "view", "product": key}]}, "application/json"
    )
    assert seen.status_code == 200 and seen.json()["stored"] == 0, seen.content
    assert client.post(reverse("retail_ai:api_hidden", args=[key.replace("%00", "x")])).status_code == 404
    bad = client.post(reverse("admin:retail_ai_campaign_feature"), {"name": "x", "product": [key]})
    assert bad.status_code == 302


def test_pages_that_need_no_product_open_for_a_guest(client, world):
    client.logout()
    for name in ("assistant", "privacy"):
        assert client.get(reverse(f"retail_ai:{name}")).status_code == 200, name
    said = client.post(reverse("retail_ai:assistant"), {"text": "Where is my order?"}, follow=True)
    assert b"sign in" in said.content
    assert get_resolver().namespace_dict["retail_ai"]

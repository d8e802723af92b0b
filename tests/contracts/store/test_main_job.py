"""The main job from end to end, in process, on whichever shop is installed: integer or UUID keys, any user model."""

import re
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.management import call_command
from django.template import Context, Template
from django.test import RequestFactory

from retail_ai.assistant.pipeline import answer
from retail_ai.assistant.services import start_index_job as start_passages_job
from retail_ai.campaigns.models import Campaign, CampaignRecipient, Segment
from retail_ai.campaigns.services import (
    approve_campaign,
    feature_products,
    first_campaign,
    start_prepare_job,
    start_send_job,
)
from retail_ai.catalog.search import search_products
from retail_ai.catalog.selectors import nearest_products
from retail_ai.catalog.services import start_index_job
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.publishing import publish_draft, undo_publish
from retail_ai.descriptions.services import DEFAULT_FIELDS, start_draft_job
from retail_ai.events.models import Event
from retail_ai.events.services import start_backfill_job
from retail_ai.inventory.models import Forecast, ReorderSuggestion
from retail_ai.inventory.services import start_forecast_job, take_stock
from retail_ai.jobs.models import Job
from retail_ai.jobs.runner import run
from retail_ai.management.pipeline import STEPS
from retail_ai.privacy.services import erase_customer, export_customer
from retail_ai.recommendations.selectors import recommend
from retail_ai.recommendations.services import hide_product, start_train_job
from tests.contracts.store.world import TURNS, make_superuser, make_world

pytestmark = pytest.mark.django_db(transaction=True)


def do(job, *, failed=0):
    """Run a job here; it must end well and its figures must add up."""
    run(job.pk)
    job.refresh_from_db()
    failures = list(map(str, job.failures.all()))
    assert (job.state, job.failed, job.error) == ("done", failed, ""), failures
    assert job.done + job.failed == job.total
    return job


@pytest.fixture
def world(shop):
    return make_world(shop)


def test_history_is_read_once(world):
    do(start_backfill_job())
    bought = Event.objects.filter(kind="purchase")
    assert bought.count() == len(world.customers) * TURNS
    assert set(bought.values_list("customer", flat=True)) == {c.pk for c in world.customers}
    assert set(bought.values_list("product", flat=True)) <= {p.pk for p in world.products}
    assert do(start_backfill_job()).report["sales: stored"] == 0


def test_the_index_finds_by_words_and_by_meaning_with_the_shops_own_rows(world, shop):
    do(start_index_job())
    found = search_products("cedar kettle", limit=5)
    assert found.hits[0].product.pk == world.products[22].pk
    shop.hide_in_bulk(world.products[22])
    assert world.products[22].pk not in {hit.product.pk for hit in search_products("cedar kettle", limit=25).hits}
    near = nearest_products(product=world.products[0], limit=4)
    assert {n.product.pk for n in near} <= {p.pk for p in world.products[1:5]}
    assert do(start_index_job()).report.get("embedded", 0) == 0


def test_recommendations_are_trained_and_shown_with_reasons(world):
    for job in (start_backfill_job(), start_index_job(), start_train_job()):
        do(job)
    buyer, product = world.customers[0], world.products[0]
    for slate, who in (("for_you", {"customer": buyer}), ("similar", {"product": product}), ("popular", {})):
        shown = recommend(slate=slate, limit=4, language="en", **who)
        assert shown and all(item.reason for item in shown), slate
    hidden = recommend(slate="for_you", customer=buyer, limit=1)[0].product
    assert hide_product(product=hidden, customer=buyer)
    assert hidden.pk not in {item.product.pk for item in recommend(slate="for_you", customer=buyer, limit=25)}


def test_drafts_are_written_published_and_taken_back(world, store):
    job = do(start_draft_job(products=store.products(), generator="composer"))
    assert job.report["drafted"] == len(world.products) * len(DEFAULT_FIELDS) == Draft.objects.filter(job=job).count()
    assert not Draft.objects.filter(unsupported__gt=0).exists()
    draft, boss = Draft.objects.get(product=world.products[0].pk, field="description"), make_superuser()
    assert "Alder Tent" in draft.text and "2.1 kg" in draft.text
    publish_draft(draft=draft, reviewer=boss)
    assert store.read_text(store.products().get(pk=draft.product_id), "description", "en") == draft.text
    draft.refresh_from_db()
    undo_publish(draft=draft, reviewer=boss)
    own = store.read_text(store.products().get(pk=draft.product_id), "description", "en")
    assert own == "The shop's own words on Alder Tent."


def test_a_campaign_reaches_each_willing_customer_once_and_lets_them_go(world, client):
    for job in (start_backfill_job(), start_index_job(), start_train_job()):
        do(job)
    boss = make_superuser()
    campaign = first_campaign(created_by=boss)
    Campaign.objects.update(holdout_percent=0)
    feature_products(campaign=campaign, products=[world.products[7].pk])
    do(start_prepare_job(campaign=campaign, started_by=boss))
    campaign.refresh_from_db()
    approve_campaign(campaign=campaign, approved_by=boss)
    do(start_send_job(campaign=campaign, started_by=boss))
    willing = {f"c{n}@example.com" for n in range(len(world.customers) - 1)}
    assert {message.to[0] for message in mail.outbox} == willing and len(mail.outbox) == len(willing)
    assert all("Cedar Lamp" in message.body for message in mail.outbox)
    recipient = CampaignRecipient.objects.get(customer=world.customers[0].pk)
    assert len(recipient.items) == campaign.products_each
    address = re.search(r"https?://[^/\s]+(/\S*unsubscribe/\S+)", mail.outbox[0].body)
    assert client.get(address[1]).status_code == 200
    assert client.post(address[1]).status_code == 200
    again = first_campaign(created_by=boss)
    assert do(start_prepare_job(campaign=again)).total == len(willing) - 1


def test_one_command_does_the_whole_job_and_again(world, settings):
    composer = {"BACKEND": "retail_ai.backends.generators.composer.ComposerGenerator"}
    settings.RETAIL_AI = {**settings.RETAIL_AI, "GENERATORS": {"default": composer}}
    for _time in range(2):
        call_command("retail_ai_run", products=6, stdout=StringIO())
    jobs = Job.objects.all()
    assert len(jobs) == 2 * len(STEPS) and {(job.state, job.failed) for job in jobs} == {("done", 0)}
    assert all(job.done == job.total for job in jobs)
    assert Draft.objects.filter(state="draft").count() == len(world.products) * len(DEFAULT_FIELDS)
    assert Event.objects.filter(kind="purchase").count() == len(world.customers) * TURNS


def test_segments_by_category_and_orders_hold_the_right_customers(world):
    from retail_ai.campaigns.audience import audience_of, mailable, members

    do(start_backfill_job())
    tents = Segment.objects.create(name="Tents", category="tents", min_orders=2)
    assert audience_of(tents).matching == 2
    assert {contact.customer for contact in mailable(members(tents))} == {world.customers[n].pk for n in (0, 5)}
    assert audience_of(Segment.objects.create(name="Asleep", lapsed_days=300)).matching == 0


def test_demand_is_forecast_and_reorders_advised(world, shop):
    shop.sell_out_in_bulk(world.products[0])
    assert take_stock() == len(world.products)
    do(start_backfill_job())
    do(start_forecast_job())
    assert Forecast.objects.count() == len(world.products)
    advice = ReorderSuggestion.objects.filter(product=world.products[0].pk)
    assert advice.exists() and advice.get().quantity > 0


def test_the_assistant_quotes_finds_and_shows_only_own_orders(world, store):
    for job in (start_index_job(), start_passages_job()):
        do(job)
    reply, _language = answer("How many days do I have to return goods?", customer=None, page_language="en")
    assert "30 days" in reply.text and reply.sources[0]["title"] == "Returns"
    goods, _language = answer("I am looking for a green tent", customer=None, page_language="en")
    shown = {item["key"] for item in goods.products}
    assert shown and shown <= {str(p.pk) for p in world.products}
    own = {order.number for order in store.orders_of(world.customers[0].pk)}
    theirs = next(iter(store.orders_of(world.customers[1].pk))).number
    for text in ("Where is my order?", f"Show my order {theirs}"):
        listed, _language = answer(text, customer=world.customers[0], page_language="en")
        assert listed.orders and set(listed.orders) <= own


def test_a_persons_data_are_exported_and_erased(world):
    do(start_backfill_job())
    person = world.customers[2]
    assert str(world.products[10].pk) in str(export_customer(customer=person))
    erase_customer(customer=person)
    assert not Event.objects.filter(customer=person).exists()


def test_template_tags_render_on_any_shops_pages(world):
    for job in (start_backfill_job(), start_index_job(), start_train_job()):
        do(job)
    source = (
        '{% load retail_ai retail_ai_assistant %}{% retail_ai_slate "similar" product=product limit=3 %}'
        '{% retail_ai_slate "for_you" limit=3 %}{% retail_ai_assistant %}'
    )
    for user in (AnonymousUser(), world.customers[0]):
        request = RequestFactory().get("/")
        request.user, request.session = user, {}
        html = Template(source).render(Context({"request": request, "product": world.products[0]}))
        assert "Tent" in html and "assistant" in html
        assert html.count("<li") >= 3

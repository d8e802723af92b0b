"""Erasing is tried against every table: no column of any of them may still say who it was."""

import json

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import ForeignKey, OneToOneField, TextField
from django.db.models.functions import Cast

from retail_ai.assistant.models import Conversation, Message
from retail_ai.campaigns.models import Campaign, CampaignRecipient, Segment
from retail_ai.catalog.search_models import SearchLog
from retail_ai.events.services import record_event
from retail_ai.experiments.models import Experiment
from retail_ai.experiments.services import expose
from retail_ai.inventory.models import AlertSubscription, PurchaseEvent, PurchaseOrder, StockAlert
from retail_ai.jobs.models import JobChunk, JobFailure
from retail_ai.jobs.services import create_job
from retail_ai.privacy.models import Consent
from retail_ai.privacy.services import (
    adopt_visitor,
    erase_customer,
    erase_visitor,
    export_customer,
    export_visitor,
    record_consent,
)
from retail_ai.recommendations.models import CustomerTaste, HiddenProduct, UnusedProduct
from tests.events.shop import make_customer, make_product

pytestmark = pytest.mark.django_db
KEY = "0123456789abcdef0123456789abcdef"
TABLES = [model for model in apps.get_app_config("retail_ai").get_models() if not model._meta.proxy]


def mentions(words):
    """(table, column) wherever a text, list or JSON column holds one of the words."""
    found = set()
    for model in TABLES:
        for field in model._meta.concrete_fields:
            if field.get_internal_type() in ("CharField", "TextField", "EmailField", "JSONField", "ArrayField"):
                rows = model._default_manager.annotate(as_text=Cast(field.name, TextField()))
                if any(rows.filter(as_text__icontains=word).exists() for word in words):
                    found.add((model.__name__, field.name))
    return found


def references(user):
    """(table, column) of each foreign key that points at the person."""
    return {
        (model.__name__, field.name)
        for model in TABLES
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey | OneToOneField)
        and field.related_model is get_user_model()
        and model._default_manager.filter(**{field.name: user}).exists()
    }


def live_as_visitor(product):
    record_event(kind="view", visitor=KEY, product=product)
    searched = record_event(kind="search", visitor=KEY, query="tent for visitor@example.com")
    SearchLog.objects.create(event=searched, search="a" * 32, folded="tent for visitor@example.com", total=1)
    HiddenProduct.objects.create(visitor=KEY, product=product)
    UnusedProduct.objects.create(visitor=KEY, product=product)
    talk = Conversation.objects.create(visitor=KEY)
    Message.objects.create(conversation=talk, role="customer", text="I am at visitor@example.com")
    Experiment.objects.get_or_create(key="colours", defaults={"variants": {"red": 1}, "is_running": True})
    expose(experiment="colours", visitor=KEY)
    record_consent(purpose="tracking", granted=True, visitor=KEY)


def live_as_customer(ada, product):
    record_event(kind="view", customer=ada, product=product)
    CustomerTaste.objects.create(customer=ada, embedder="x", vector=[0.0, 1.0])
    HiddenProduct.objects.create(customer=ada, product=product)
    UnusedProduct.objects.create(customer=ada, product=product)
    talk = Conversation.objects.create(customer=ada)
    Message.objects.create(conversation=talk, role="customer", text="Write to ada@example.com")
    campaign = Campaign.objects.create(
        name="Spring", segment=Segment.objects.create(name="All"), subject="Hi", created_by=ada, approved_by=ada
    )
    mail = CampaignRecipient.objects.create(
        campaign=campaign, customer=ada, email=ada.email, name="Ada", text="Hi Ada"
    )
    written = create_job(kind="campaigns.prepare", title="Write", keys=[str(ada.pk)], started_by=ada)
    JobChunk.objects.update(finished_at=written.created_at)
    sent = create_job(kind="campaigns.send", title="Send", keys=[str(mail.pk)])
    JobFailure.objects.create(job=sent, key=str(mail.pk), reason="550 ada@example.com unknown")
    record_consent(purpose="marketing", granted=False, customer=ada)
    AlertSubscription.objects.create(user=ada, language="en")
    order = PurchaseOrder.objects.create(created_by=ada)
    PurchaseEvent.objects.create(order=order, kind="ordered", before="draft", by=ada)
    StockAlert.objects.create(kind="late", order=order, decided_by=ada)


def test_nothing_is_left_of_a_customer_but_the_proof_of_consent():
    ada, tent = make_customer(is_staff=True), make_product()
    live_as_visitor(tent)
    adopt_visitor(visitor=KEY, customer=ada)
    live_as_customer(ada, make_product("Stove"))
    assert len(references(ada)) > 8 and ("JobFailure", "reason") in mentions(["ada@example.com"])
    erase_customer(customer=ada)
    assert references(ada) == {("Consent", "customer")}
    assert mentions(["ada@example.com", "visitor@example.com", "Hi Ada", KEY]) == {("Consent", "visitor")}
    assert JobChunk.objects.filter(keys__contains=[str(ada.pk)], job__kind="campaigns.prepare").count() == 0
    assert set(erase_customer(customer=ada).values()) == {0}


def test_nothing_is_left_of_a_visitor_but_the_proof_of_consent():
    tent = make_product()
    live_as_visitor(tent)
    HiddenProduct.objects.create(visitor="another", product=tent)
    assert len(mentions([KEY])) == 6
    erase_visitor(visitor=KEY)
    assert mentions([KEY, "visitor@example.com"]) == {("Consent", "visitor")}
    assert HiddenProduct.objects.count() == 1


def test_export_holds_what_erasing_would_delete():
    ada, tent = make_customer(), make_product()
    live_as_visitor(tent)
    visitors = json.loads(json.dumps(export_visitor(visitor=KEY)))
    assert {name for name, rows in visitors.items() if rows} == {
        "consents", "conversations", "events", "experiments", "hidden_products",
        "unused_products",
    }  # fmt: skip
    adopt_visitor(visitor=KEY, customer=ada)
    live_as_customer(ada, make_product("Stove"))
    customers = json.loads(json.dumps(export_customer(customer=ada)))
    assert {name for name, rows in customers.items() if not rows} == set() and set(customers) == set(visitors)
    assert [talk["messages"][0]["text"] for talk in customers["conversations"]] == [
        "I am at visitor@example.com", "Write to ada@example.com",
    ]  # fmt: skip
    assert not any(export_visitor(visitor="")[name] for name in ("events", "conversations", "hidden_products"))


def test_a_visitors_talk_and_hidden_products_go_on_after_signing_in(client):
    tent, stove = make_product(), make_product("Stove")
    ada = make_customer(password="pw")
    HiddenProduct.objects.create(customer=ada, product=tent)
    for product in (tent, stove):
        client.post("/retail-ai/not-interested", {"product": product.pk})
    client.post("/retail-ai/assistant/", {"action": "human"})
    assert client.login(username="ada", password="pw")
    assert Conversation.objects.get().customer == ada
    assert set(HiddenProduct.objects.values_list("customer", "product")) == {(ada.pk, tent.pk), (ada.pk, stove.pk)}
    assert not Consent.objects.exists()

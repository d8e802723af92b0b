import json

import pytest

from retail_ai.events.models import Event
from retail_ai.events.services import record_event
from retail_ai.exceptions import InvalidInput
from retail_ai.privacy.models import Consent
from retail_ai.privacy.selectors import may_market, may_personalise, who_declined_tracking
from retail_ai.privacy.services import erase_customer, export_customer, record_consent
from retail_ai.recommendations.models import CustomerTaste, HiddenProduct
from tests.events.shop import make_customer, make_product

pytestmark = pytest.mark.django_db


def test_the_newest_word_counts():
    ada = make_customer()
    assert may_personalise(customer=ada) and may_market(ada)
    for granted in (False, True, False):
        record_consent(purpose="tracking", granted=granted, customer=ada)
    assert not may_personalise(customer=ada)
    assert may_market(ada)
    record_consent(purpose="tracking", granted=False, visitor="v")
    declined = who_declined_tracking()
    assert (declined.customers, declined.visitors) == ([ada.pk], ["v"])


def test_export_gives_all_and_erase_leaves_only_the_proof_of_consent():
    ada, bob, tent = make_customer(), make_customer("bob"), make_product()
    for person in (ada, bob):
        record_event(kind="view", customer=person, product=tent)
    HiddenProduct.objects.create(customer=ada, product=tent)
    CustomerTaste.objects.create(customer=ada, embedder="x", vector=[0.0, 1.0])
    record_consent(purpose="marketing", granted=False, customer=ada)
    data = json.loads(json.dumps(export_customer(customer=ada)))
    assert len(data["events"]) == len(data["hidden_products"]) == len(data["taste"]) == len(data["consents"]) == 1
    assert {"mails", "experiments"} <= set(data)
    assert erase_customer(customer=ada)["events"] == 1
    assert erase_customer(customer=ada)["events"] == 0
    assert list(Event.objects.values_list("customer", flat=True)) == [bob.pk]
    assert not CustomerTaste.objects.exists() and not HiddenProduct.objects.exists()
    assert Consent.objects.filter(customer=ada).exists()


def test_bad_consents():
    with pytest.raises(InvalidInput, match="purpose"):
        record_consent(purpose="world domination", granted=True, visitor="v")
    with pytest.raises(InvalidInput, match="neither"):
        record_consent(purpose="tracking", granted=True)


def test_a_visitor_says_no_on_the_page(client):
    assert client.get("/retail-ai/privacy").status_code == 200
    assert client.post("/retail-ai/privacy", {"tracking": "no", "marketing": "yes"}).status_code == 302
    consent = Consent.objects.get()
    assert (consent.purpose, consent.granted) == ("tracking", False) and consent.visitor
    tent = make_product()
    body = {"events": [{"kind": "view", "product": str(tent.pk)}]}
    client.post("/retail-ai/api/events", body, "application/json")
    assert not Event.objects.exists()


def test_who_only_looks_at_the_page_gets_no_key(client):
    assert client.get("/retail-ai/privacy").status_code == 200
    assert not client.session.keys()


def test_the_way_back_to_a_shop_that_stands_below_a_path(client):
    assert 'href="/shop/"' in client.get("/retail-ai/privacy", SCRIPT_NAME="/shop").content.decode()
    assert 'href="/"' in client.get("/retail-ai/privacy").content.decode()


def test_a_visitors_no_still_holds_after_signing_in(client):
    client.post("/retail-ai/privacy", {"tracking": "no"})
    ada = make_customer(password="pw")
    assert client.login(username="ada", password="pw")
    assert not may_personalise(customer=ada)
    assert Consent.objects.filter(customer=ada).count() == 1
    client.post("/retail-ai/privacy", {"tracking": "yes"})
    assert may_personalise(customer=ada)


def test_anyone_may_download_and_delete_what_is_kept_of_them(client):
    tent = make_product()
    client.get(tent.get_absolute_url())
    page = client.get("/retail-ai/privacy").content.decode()
    assert "Download it" in page and "Delete it for good" in page
    answer = client.post("/retail-ai/privacy/data", {"do": "download"})
    assert "my-data.json" in answer["Content-Disposition"] and len(answer.json()["events"]) == 1
    client.post("/retail-ai/privacy/data", {"do": "delete"})
    assert Event.objects.count() == 1
    answer = client.post("/retail-ai/privacy/data", {"do": "delete", "sure": "1"}, follow=True)
    assert not Event.objects.exists() and "is deleted" in answer.content.decode()
    assert client.get("/retail-ai/privacy/data").status_code == 405


def test_a_customer_deletes_their_own_and_staff_do_not_blot_out_who_decided(client):
    ada, tent = make_customer(), make_product()
    boss = make_customer("boss", is_staff=True)
    for person in (ada, boss):
        record_event(kind="view", customer=person, product=tent)
        client.force_login(person)
        client.post("/retail-ai/privacy/data", {"do": "delete", "sure": "1"})
    assert [event.customer for event in Event.objects.all()] == [boss]

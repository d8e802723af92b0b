import json

import pytest

from retail_ai.events.models import Event
from tests.events.shop import make_customer, make_product

pytestmark = pytest.mark.django_db
URL = "/retail-ai/api/events"


def test_a_beacon_may_post_text_and_the_same_id_counts_once(client):
    body = json.dumps(
        {"events": [{"kind": "click", "product": str(make_product().pk), "id": "1", "slate": "similar"}]}
    )
    assert client.post(URL, body, "text/plain;charset=UTF-8").json() == {"stored": 1, "known": 0, "refused": {}}
    assert client.post(URL, body, "text/plain").json()["known"] == 1
    assert Event.objects.get().slate == "similar"


def test_a_page_cannot_speak_for_someone_else_or_claim_a_purchase(client):
    tent, ada = make_product(), make_customer()
    event = {"kind": "view", "product": str(tent.pk), "customer": ada.pk, "visitor": "someone"}
    client.post(URL, {"events": [event]}, "application/json")
    stored = Event.objects.get()
    assert stored.customer is None and stored.visitor != "someone"
    bought = client.post(URL, {"events": [{"kind": "purchase", "product": str(tent.pk)}]}, "application/json")
    assert bought.status_code == 400


def test_another_site_cannot_post_for_a_signed_in_customer(client):
    tent = make_product()
    client.force_login(make_customer())
    body = {"events": [{"kind": "view", "product": str(tent.pk)}]}
    assert client.post(URL, body, "application/json", headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post(URL, body, "application/json", headers={"Origin": "http://testserver"}).status_code == 201


@pytest.mark.parametrize("body", ["", "{", '{"events": []}', '{"events": [{"kind": "stare"}]}', '{"events": 3}'])
def test_bad_bodies_are_named_as_such(client, body):
    assert client.post(URL, body, "application/json").status_code == 400


def test_what_nests_too_deep_is_a_bad_request(client, settings):
    for url in (URL, "/retail-ai/api/assistant/messages"):
        answer = client.post(url, "[" * 100_000, "application/json")
        assert (answer.status_code, answer.json()) == (400, {"detail": "The JSON nests too deep."})


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ({"kind": "search", "query": "  "}, "a search needs words"),
        ({"kind": "search"}, "a search needs words"),
        ({"kind": "search", "query": "tent", "occurred_at": "0001-01-01T00:00:00Z"}, "a time long past"),
        ({"kind": "search", "query": "tent", "occurred_at": "9999-12-31T23:59:59Z"}, "a time to come"),
    ],
)
def test_what_means_nothing_is_counted_and_the_rest_stored(client, event, why):
    body = json.dumps({"events": [event, {"kind": "search", "query": "tent"}]})
    assert client.post(URL, body, "application/json").json() == {"stored": 1, "known": 0, "refused": {why: 1}}


def test_unknown_products_are_counted(client):
    body = {"events": [{"kind": "view", "product": "404404"}, {"kind": "search", "query": "tent"}]}
    assert client.post(URL, body, "application/json").json() == {
        "stored": 1, "known": 0, "refused": {"unknown product": 1},
    }  # fmt: skip

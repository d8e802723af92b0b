from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from retail_ai.engine.facts import SaleLine
from retail_ai.events.models import Event
from retail_ai.events.services import merge_visitor, record_event, record_events, record_sale
from retail_ai.exceptions import InvalidInput
from retail_ai.privacy.models import Consent
from retail_ai.privacy.services import record_consent
from tests.events.shop import make_customer, make_product

pytestmark = pytest.mark.django_db


def test_an_event_is_stored_once_for_its_reference():
    tent, ada = make_product(), make_customer()
    assert record_event(kind="purchase", customer=ada, product=tent, reference="N1").order == "N1"
    assert record_event(kind="purchase", customer=ada, product=tent, reference="N1") is None
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kind": "stare"}, "unknown kind"),
        ({"kind": "view"}, "needs a product"),
        ({"kind": "view", "product": 999_999}, "No product"),
        ({"kind": "view", "product": "nonsense"}, "unknown product"),
        ({"kind": "search", "query": "x", "visitor": ""}, "neither"),
        ({"kind": "search", "query": "x", "quantity": 0}, "quantity"),
        ({"kind": "search", "query": "x", "occurred_at": timezone.now() + timedelta(days=1)}, "time to come"),
        ({"kind": "search", "query": "x", "occurred_at": datetime(2026, 1, 1)}, "without a time zone"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(fields, message):
    with pytest.raises(InvalidInput, match=message):
        record_event(**{"visitor": "v1", **fields})


def test_a_batch_stores_the_good_and_counts_the_bad():
    tent = make_product()
    result = record_events(
        [
            {"kind": "view", "visitor": "v", "product": str(tent.pk), "reference": "a"},
            {"kind": "view", "visitor": "v", "product": tent.pk, "reference": "a"},
            {"kind": "view", "visitor": "v", "product": 12345},
            {"kind": "view", "visitor": "v"},
            {"kind": "search", "visitor": "v", "query": "tent\x00", "surprise": 1},
            {"kind": "search", "visitor": "v", "query": "tent\x00"},
        ]
    )
    assert (result.stored, result.known, sum(result.refused.values())) == (2, 1, 3)
    assert result.refused["unknown product"] == 1


def test_an_order_asks_once_whether_its_customer_may_be_remembered(django_assert_num_queries):
    ada, now = make_customer(), timezone.now()
    products = [make_product(f"Thing {n}").pk for n in range(12)]
    lines = [SaleLine("N1", key, 1, Decimal(5), now, ada.pk) for key in products]
    with django_assert_num_queries(4):  # consent, products, what is known, one insert
        assert record_sale(lines) == 12
    assert record_sale(lines) == 0 and Event.objects.filter(customer=ada).count() == 12
    record_consent(purpose=Consent.Purpose.TRACKING, granted=False, customer=ada, source="test")
    assert record_sale([SaleLine("N2", products[0], 1, Decimal(5), now, ada.pk)]) == 1
    assert Event.objects.get(order="N2").customer is None


def test_a_visitors_events_become_the_customers():
    tent, ada = make_product(), make_customer()
    record_event(kind="view", visitor="v1", product=tent)
    record_event(kind="view", visitor="v2", product=tent)
    assert merge_visitor(visitor="v1", customer=ada) == 1
    assert merge_visitor(visitor="", customer=ada) == 0
    assert Event.objects.get(customer=ada).visitor == "v1"


def test_signing_in_reads_no_more_events_than_the_visitors_own():
    mine = Event.objects.filter(visitor="v", customer=None)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "retail_ai_event_guest" in mine.explain()

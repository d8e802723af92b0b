from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from retail_ai.engine.facts import Interaction, SaleLine
from retail_ai.events.models import Event
from retail_ai.events.services import record_event, start_backfill_job
from retail_ai.jobs.runner import run
from retail_ai.privacy.services import record_consent
from retail_ai.stores import get_store
from tests.events.shop import make_customer, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(monkeypatch):
    """The adapter's history, given here, so that this test does not hang on the demo shop's adapter."""
    tent, ada, then = make_product(), make_customer(), timezone.now() - timedelta(days=3)
    lines = [
        SaleLine("N1", tent.pk, 1, Decimal("20"), then, ada.pk),
        SaleLine("N1", tent.pk, 2, Decimal("18"), then, ada.pk),
        SaleLine("N2", 404404, 1, Decimal("1"), then, ada.pk),
        SaleLine("N3", tent.pk, 1, Decimal("20"), then, 404404),
        SaleLine("N4", tent.pk, 1, Decimal("20"), timezone.now() + timedelta(days=9), ada.pk),
        SaleLine("N1", tent.pk, 1, Decimal("20"), then, ada.pk, is_return=True),
    ]
    seen = [
        Interaction("view", then, product=tent.pk, customer=ada.pk),
        Interaction("view", then, product=tent.pk, customer=ada.pk),
        Interaction("search", then, visitor="v", query="tent"),
        Interaction("view", then, visitor="v"),
    ]
    monkeypatch.setattr(get_store(), "sale_lines", lambda since=None: iter(lines), raising=False)
    monkeypatch.setattr(get_store(), "interactions", lambda since=None: iter(seen), raising=False)
    return tent, ada


def backfill():
    job = start_backfill_job()
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error, list(job.failures.all())) == ("done", "", [])
    return job.report


def test_history_is_read_once_however_often_it_is_asked_for(history):
    report = backfill()
    assert report["sales: stored"] == 4 and report["interactions: stored"] == 3
    assert report["sales: refused: unknown product"] == report["sales: refused: a time to come"] == 1
    assert report["interactions: refused: unknown product"] == 1
    assert Event.objects.filter(kind="return").count() == 1
    assert Event.objects.get(order="N3").customer is None
    again = backfill()
    assert again["sales: stored"] == again["interactions: stored"] == 0
    assert again["sales: known before"] == 4


def test_a_purchase_tracked_live_is_not_read_again(history):
    tent, ada = history
    record_event(kind="purchase", customer=ada, product=tent, reference="N1")
    assert backfill()["sales: stored"] == 3


def test_what_people_who_declined_did_is_not_read_and_their_orders_name_nobody(history):
    _tent, ada = history
    record_consent(purpose="tracking", granted=False, customer=ada)
    record_consent(purpose="tracking", granted=False, visitor="v")
    report = backfill()
    assert report["interactions: stored"] == 0
    assert report["interactions: refused: declined to be remembered"] == 4
    assert report["sales: stored"] == 4
    assert set(Event.objects.values_list("customer", flat=True)) == {None}

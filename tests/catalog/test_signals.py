import time
from functools import partial

import pytest
from celery import current_app
from kombu.exceptions import OperationalError

from retail_ai.catalog import signals, tasks
from retail_ai.catalog.models import CatalogEntry
from shop_demo.models import Product


@pytest.fixture
def sent(monkeypatch):
    """Messages that would go to the broker; none is running in these tests."""
    messages = []
    signals._waiting.keys = {}  # other tests' transactions were rolled back
    monkeypatch.setattr(tasks.index_products, "apply_async", lambda args, **_: messages.append(args[0]))
    monkeypatch.setattr(signals, "_broken_until", 0.0)
    return messages


def test_saving_sends_one_message_after_the_commit(make, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        phone, case = make("phone"), make("case")
        phone.save()
        assert sent == []
    assert sent == [[str(phone.pk), str(case.pk)]]


def test_many_products_go_in_messages_of_limited_size(make, sent, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(signals, "MESSAGE_SIZE", 2)
    with django_capture_on_commit_callbacks(execute=True):
        for n in range(5):
            make(f"phone {n}")
    assert [len(message) for message in sent] == [2, 2, 1]


def test_a_broken_broker_does_not_break_the_shop_and_is_left_alone_a_while(
    make, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    tries = []

    def fail(*args, **kwargs):
        tries.append(1)
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.index_products, "apply_async", fail)
    monkeypatch.setattr(signals, "_broken_until", 0.0)
    for n in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            make(f"phone {n}")
    assert Product.objects.count() == 3
    assert len(tries) == 1
    assert "reconcile" in caplog.text


def test_a_save_does_not_wait_for_a_broker_that_is_away(make, monkeypatch, django_capture_on_commit_callbacks):
    away = current_app.connection_for_write("redis://127.0.0.1:1/0")
    monkeypatch.setattr(
        tasks.index_products, "apply_async", partial(tasks.index_products.apply_async, connection=away)
    )
    monkeypatch.setattr(signals, "_broken_until", 0.0)
    started = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        make("phone")
    assert signals._broken_until > started
    assert time.monotonic() - started < 2


def test_the_task_indexes_what_was_saved_and_clears_what_is_gone(make, index):
    phone = make("phone")
    index()
    case = make("case")
    tasks.index_products([str(phone.pk), str(case.pk), "999999"])
    assert set(CatalogEntry.objects.values_list("title", flat=True)) == {"phone", "case"}


def test_reconcile_finds_what_no_signal_told(make, index, monkeypatch):
    from retail_ai.jobs.runner import run

    phone = make("phone")
    index()
    Product.objects.filter(pk=phone.pk).update(title="telephone")
    monkeypatch.setattr(tasks, "enqueue", lambda job: run(job.pk))
    tasks.reconcile()
    assert CatalogEntry.objects.get().title == "telephone"

import pytest

from retail_ai.stores import get_store
from tests.oscar_store.maker import OscarShop


@pytest.fixture
def shop(db):
    return OscarShop()


@pytest.fixture
def store():
    return get_store()


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    """No broker runs here; what is handed to the queue has tests of its own."""
    from retail_ai.catalog import signals
    from retail_ai.catalog.tasks import index_products

    sent = []
    monkeypatch.setattr(signals, "_broken_until", 0.0)
    monkeypatch.setattr(index_products, "apply_async", lambda args, **_: sent.extend(args[0]))
    return sent

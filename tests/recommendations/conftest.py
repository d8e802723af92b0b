"""What tests of slates share."""

import pytest

from retail_ai.recommendations.shop_rows import _shop_rows
from shop_demo.adapter import DemoStore


@pytest.fixture
def cards(monkeypatch):
    """Says which fields cards need."""

    def need(*fields):
        monkeypatch.setattr(DemoStore, "card_fields", fields)
        _shop_rows.cache_clear()

    yield need
    monkeypatch.undo()
    _shop_rows.cache_clear()

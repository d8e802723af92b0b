import pytest

from retail_ai.stores import get_store
from tests.contracts.store.shops import installed_shop


@pytest.fixture
def shop(db):
    return installed_shop()


@pytest.fixture
def store():
    return get_store()

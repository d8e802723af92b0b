import pytest

from retail_ai.assistant.passages import forget
from tests.assistant.shop import make_customer, make_pages, make_products


@pytest.fixture(autouse=True)
def fresh_cache():
    """Nothing kept in memory from another test's database."""
    from django.core.cache import cache

    forget()
    cache.clear()
    yield
    forget()


@pytest.fixture
def pages(db):
    make_pages()


@pytest.fixture
def products(db):
    """Products, indexed by the real catalogue job."""
    from retail_ai.catalog.services import start_index_job
    from retail_ai.jobs.runner import run

    made = make_products()
    run(start_index_job().pk)
    return made


@pytest.fixture
def ada_and_bob(products):
    """Two customers; ADA-1001 is Ada's order, BOB-2002 Bob's."""
    return make_customer("ada", "ADA-1001", products[0]), make_customer("bob", "BOB-2002", products[1])

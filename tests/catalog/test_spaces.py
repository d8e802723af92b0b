import pytest

from retail_ai.catalog.models import ProductVector, VectorSpace
from retail_ai.catalog.search import search_products
from retail_ai.catalog.selectors import nearest_products
from retail_ai.catalog.services import index_products, start_index_job
from retail_ai.catalog.spaces import active_space, drop_retired_spaces
from retail_ai.jobs.runner import run
from tests.catalog.conftest import WORD_HASH


def embedder(**options):
    return {"BACKEND": WORD_HASH, "OPTIONS": options}


@pytest.fixture
def switch(settings):
    def _switch(**aliases):
        settings.RETAIL_AI = {**settings.RETAIL_AI, "EMBEDDERS": aliases}

    return _switch


@pytest.fixture
def shop(make, index):
    for n in range(5):
        make(f"phone {n}")
    index()


def test_the_first_space_serves_while_it_fills(make):
    make("phone")
    start_index_job()
    assert active_space().identity == "word-hash/32"


def test_the_old_space_serves_until_the_new_one_is_full(shop, switch, monkeypatch, index):
    monkeypatch.setattr("retail_ai.catalog.jobs.IndexCatalog.chunk_size", 2)
    switch(default=embedder(name="new", dimensions=48), old=embedder())
    job = start_index_job()
    run(job.pk, seconds=0)  # one chunk of three
    assert active_space().identity == "word-hash/32"
    assert ProductVector.objects.filter(space__identity="new/48").count() == 2
    assert len(nearest_products(text="phone 3", limit=5)) == 5
    assert search_products("phone 3").hits[0].product.title == "phone 3"
    index()
    assert active_space().identity == "new/48"
    assert VectorSpace.objects.get(identity="word-hash/32").state == "retired"
    assert len(nearest_products(text="phone 3", limit=5)) == 5


def test_changes_reach_both_spaces_while_one_fills(shop, switch, make):
    switch(default=embedder(name="new"), old=embedder())
    start_index_job()
    phone = make("phone 99")
    index_products(keys=[phone.pk])
    assert phone.retail_ai_vectors.count() == 2


def test_going_back_to_a_retired_space_embeds_only_what_changed(shop, switch, index, make, embedded):
    switch(default=embedder(name="new"), old=embedder())
    index()
    make("phone 99")
    switch(default=embedder(), new=embedder(name="new"))
    embedded.clear()
    assert index().report["embedded"] == 1
    assert active_space().identity == "word-hash/32"


def test_retired_spaces_are_dropped_on_request(shop, switch, index):
    switch(default=embedder(name="new"))
    index()
    assert drop_retired_spaces() == 1
    assert set(ProductVector.objects.values_list("space__identity", flat=True)) == {"new/32"}


def test_other_dimensions_under_the_same_name_fill_anew(shop, switch, index, monkeypatch):
    monkeypatch.setattr("tests.catalog.conftest.WordHash.identity", "word-hash/32")
    switch(default=embedder(dimensions=16))
    index()
    assert (active_space().dimensions, active_space().vectors.count()) == (16, 5)
    assert len(nearest_products(text="phone 3")) == 5


def test_a_large_new_space_gets_its_index_before_it_serves(shop, switch, index, settings):
    settings.RETAIL_AI = {
        **settings.RETAIL_AI, "EXACT_SCAN_LIMIT": 3, "EMBEDDERS": {"default": embedder(name="new", dimensions=16)}
    }  # fmt: skip
    index()
    assert active_space().has_index
    assert len(nearest_products(text="phone 3")) == 5


def test_spaces_beyond_hnsw_for_floats_use_halves(shop, switch, index, settings):
    settings.RETAIL_AI = {
        **settings.RETAIL_AI, "EXACT_SCAN_LIMIT": 3, "EMBEDDERS": {"default": embedder(name="big", dimensions=2100)}
    }  # fmt: skip
    index()
    assert active_space().has_index
    assert nearest_products(text="Phones: phone 3", limit=1)[0].product.title == "phone 3"
    assert search_products("phone 3").hits

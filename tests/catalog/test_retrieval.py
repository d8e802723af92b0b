"""What a search costs and promises beneath ``search_products``: round trips, spaces, a limit of time, a reranker."""

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from retail_ai.backends import get_embedder, get_reranker
from retail_ai.backends.rerankers import Reranker, Shortlist
from retail_ai.catalog.meaning import vectors_of
from retail_ai.catalog.models import VectorSpace
from retail_ai.catalog.retrieval import gather, retrieve
from retail_ai.stores import get_store
from tests.backends.tiny import save_cross_encoder
from tests.catalog.conftest import WORD_HASH


class Backwards(Reranker):
    """Likes long titles; fails on demand."""

    identity = "backwards"

    def score(self, shortlist):
        if "fail" in shortlist.query:
            raise RuntimeError("no weights")
        return np.array([len(text) for text in shortlist.texts], float)


@pytest.fixture
def shop(make, index):
    make("Laptop sleeve", attributes={"material": "neoprene"})
    make("Laptop bag for travellers"), make("Laptop"), make("Kettle")
    index()


def titles(found):
    model = get_store().product_model
    return [model.objects.get(pk=one.key).title for one in found.candidates]


def visible():
    return get_store().visible()


def round_trips(text):
    with CaptureQueriesContext(connection) as asked:
        retrieve(text, products=visible())
    # Within a test's transaction there is a savepoint around each statement.
    return [one["sql"] for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]


def test_a_search_is_one_round_trip_and_a_mended_one_two(shop):
    retrieve("laptop", products=visible())  # which space serves is known from here on
    assert len(round_trips("laptop sleeve")) == 1
    assert len(round_trips("laptpo sleeve")) <= 2


def test_two_spaces_are_asked_and_the_second_knows_all_facts(shop, settings, index):
    other = {"BACKEND": WORD_HASH, "OPTIONS": {"name": "other", "dimensions": 48}}
    settings.RETAIL_AI = {
        **settings.RETAIL_AI,
        "EMBEDDERS": {"default": {"BACKEND": WORD_HASH, "OPTIONS": {}}, "second": other},
        "SEARCH": {"BESIDE": {"second": "full"}},
    }
    index()
    assert sorted(VectorSpace.objects.values_list("state", flat=True)) == ["active", "beside"]
    found = retrieve("neoprene", products=visible())
    assert titles(found)[0] == "Laptop sleeve"
    evidence, _mended = gather("neoprene", visible(), [])
    row = evidence.matrix[evidence.keys.index(found.candidates[0].key)]
    features = dict(zip(evidence.names, row, strict=True))
    assert features["cosine_1"] > features["cosine_0"] + 0.1
    assert len(round_trips("laptop sleeve")) == 1


def test_a_slow_statement_ends_with_a_note_and_leaves_the_connection_usable(shop, settings):
    settings.RETAIL_AI = {**settings.RETAIL_AI, "SEARCH_TIMEOUT_MS": 50}
    slow = visible().extra(where=["pg_sleep(1)::text = ''"])
    found = retrieve("laptop", products=slow)
    assert found.candidates == () and "took too long" in found.notes[0]
    assert titles(retrieve("laptop sleeve", products=visible()))[0] == "Laptop sleeve"
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone()[0] != "50ms"


def test_the_reranker_orders_the_first_hits_but_not_exact_ones(shop, settings):
    settings.RETAIL_AI = {**settings.RETAIL_AI, "RERANKERS": {"default": {"BACKEND": f"{__name__}.Backwards"}}}
    found = retrieve("laptop", products=visible())
    assert titles(found) == ["Laptop", "Laptop bag for travellers", "Laptop sleeve"]
    scores = [one.score for one in found.candidates[1:]]
    assert scores == sorted(scores, reverse=True)
    assert titles(retrieve("laptop fail", products=visible()))


def test_a_real_cross_encoder_reads_what_was_found(shop, settings, tmp_path):
    options = {"model": str(save_cross_encoder(tmp_path))}
    path = "retail_ai.backends.rerankers.cross_encoder.CrossEncoder"
    before = titles(retrieve("a laptop", products=visible()))
    settings.RETAIL_AI = {**settings.RETAIL_AI, "RERANKERS": {"default": {"BACKEND": path, "OPTIONS": options}}}
    assert sorted(titles(retrieve("a laptop", products=visible()))) == sorted(before)
    texts = ["red running shoes", "a text about tax law"]
    both = get_reranker().score(Shortlist("shoes", texts, np.zeros((2, 0)), ()))
    one = get_reranker().score(Shortlist("shoes", texts[1:], np.zeros((1, 0)), ()))
    assert both.shape == (2,) and both[0] != both[1]
    assert one[0] == pytest.approx(both[1], abs=1e-5)


def test_a_query_is_encoded_once_though_it_is_asked_for_again(shop, monkeypatch):
    embedder, asked = get_embedder(), []
    encode = embedder.embed_queries
    monkeypatch.setattr(embedder, "embed_queries", lambda texts: asked.append(texts) or encode(texts))
    vectors_of.cache_clear()
    first, again = (titles(retrieve("laptop sleeve", products=visible())) for _ in range(2))
    assert first == again and len(asked) == 1
    monkeypatch.setattr(embedder, "embed_queries", lambda texts: 1 / 0)
    for _ in range(2):
        assert "ZeroDivisionError" in retrieve("kettle", products=visible()).notes[0]

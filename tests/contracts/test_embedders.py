"""What every embedder must do. The right answers can be seen by eye."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from retail_ai.backends.base import Embedder
from retail_ai.backends.embedders.transformers_encoder import TransformersEncoder

TEXTS = ["red running shoes", "tax law", "a text about the colour blue , " * 12, "sneakers", "", "jogging shoe"]
ODD = [
    "",
    " \n\t ",
    "\x00\x01\x1f",
    "\ud800 half a pair",
    "😀👩‍👩‍👧" * 50,
    "我最近想买一部智能手机",
    "word " * 20_000,
    "x" * 50_000,
]


def test_vectors_are_float32_unit_rows_of_the_stated_length(embedder: Embedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), embedder.dimensions)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.dimensions)


def test_order_is_kept_and_a_batch_equals_its_single_texts(embedder: Embedder) -> None:
    many = TEXTS * 5
    together = embedder.embed(many)
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    # In bfloat16 a text's third digit depends on what is beside it.
    assert (together * np.tile(alone, (5, 1))).sum(axis=1).min() > 0.9998


def test_odd_texts_give_valid_rows(embedder: Embedder) -> None:
    vectors = embedder.embed(ODD)
    assert np.isfinite(vectors).all()
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_paraphrase_is_nearer_than_another_subject(embedder: Embedder) -> None:
    if isinstance(embedder, TransformersEncoder) and "package:" not in embedder.model:
        pytest.skip("its weights are random")
    shoes, paraphrase, other = embedder.embed(["red running shoes", "running shoes in red", "tax law in Portugal"])
    assert shoes @ paraphrase > shoes @ other + 0.2


def test_threads_get_what_one_caller_gets(embedder: Embedder) -> None:
    expected = embedder.embed(TEXTS)
    with ThreadPoolExecutor(8) as pool:
        for vectors in pool.map(lambda _: embedder.embed(TEXTS), range(16)):
            np.testing.assert_allclose(vectors, expected, atol=2e-5)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_child_embeds_alike(embedder: Embedder) -> None:
    expected = embedder.embed(TEXTS)
    fork = multiprocessing.get_context("fork")
    answers = fork.SimpleQueue()
    child = fork.Process(target=lambda: answers.put(embedder.embed(TEXTS)))
    child.start()
    child.join(60)
    if alive := child.is_alive():
        child.kill()
    assert not alive, "the child hangs"
    np.testing.assert_allclose(answers.get(), expected, atol=2e-5)


def test_queries_and_documents_have_the_same_shape(embedder: Embedder) -> None:
    assert embedder.embed_query("shoes").shape == (embedder.dimensions,)
    assert embedder.embed_documents(["shoes"]).shape == (1, embedder.dimensions)


def test_identity_is_stable_and_fits_its_column(embedder: Embedder) -> None:
    assert embedder.identity == embedder.identity
    assert str(embedder.dimensions) in embedder.identity
    assert 0 < len(embedder.identity) <= 200


def test_it_is_ready(embedder: Embedder) -> None:
    assert embedder.check() == []
    assert embedder.probe() == []

"""What every recommender promises, on shoppers whose next step can be seen by eye."""

import numpy as np
import pytest

from retail_ai.backends.base import Recommender
from retail_ai.backends.recommenders.linear import SequentialLinear
from retail_ai.backends.recommenders.simple import ContentVectors, CoOccurrence, Ease, Popularity
from retail_ai.backends.recommenders.transformer import TransformerRecommender

# Walks round a ring of ten items, now and then skipping one; item 11 is never had but is just like item 1.
N_ITEMS, COLD, TWIN = 12, 11, 1
SMALL = {"width": 16, "blocks": 1, "heads": 1, "longest": 8, "epochs": 12, "batch": 32, "rate": 0.02, "dropout": 0.1}

MAKERS = {
    "popularity": Popularity,
    "co-occurrence": CoOccurrence,
    "ease": Ease,
    "linear": SequentialLinear,
    "linear, given": lambda: SequentialLinear(ridge=2.0, content=0.5),
    "content": ContentVectors,
    "transformer": lambda: TransformerRecommender(device="cpu", **SMALL),
    "transformer, sampled": lambda: TransformerRecommender(device="cpu", negatives=4, **SMALL),
}
PERSONAL = [name for name in MAKERS if name not in ("popularity", "content")]


def shoppers(people=150):
    rng = np.random.default_rng(0)
    starts = rng.integers(0, 10, people)
    return [(start + np.cumsum(1 + (rng.random(5) < 0.1))) % 10 for start in starts]


def looks():
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(N_ITEMS, 6)).astype(np.float32)
    vectors[COLD] = vectors[TWIN]
    return vectors


@pytest.fixture(scope="module", params=list(MAKERS))
def recommender(request) -> Recommender:
    made = MAKERS[request.param]()
    made.name = request.param
    return made


@pytest.fixture(scope="module")
def model(recommender):
    times = [np.arange(len(walk)) * 86_400.0 for walk in shoppers()]
    return recommender.fit(shoppers(), n_items=N_ITEMS, vectors=looks(), times=times)


def walks(*rows):
    return [np.array(row, dtype=np.int64) for row in rows]


def test_it_says_what_it_is_and_that_it_can_work(recommender):
    assert 0 < len(recommender.identity) <= 200 and "/" in recommender.identity
    assert recommender.check() == []


def test_scores_are_a_row_a_history_and_always_numbers(model):
    scores = model.score(walks([0, 1, 2], [], [COLD], [3] * 200, [4]))
    assert scores.shape == (5, N_ITEMS) and scores.dtype == np.float32 and np.isfinite(scores).all()
    assert model.score([]).shape == (0, N_ITEMS)


def test_a_history_scores_the_same_alone_and_among_others(model):
    together = model.score(walks([0, 1, 2], [5], [7, 8]))
    assert np.allclose(together[1], model.score(walks([5]))[0], atol=1e-4)
    alone = model.score(walks([7, 8]))
    assert np.allclose(together[2], alone[0], atol=1e-4)
    alone[:] = 0  # what it hands out is the caller's to change
    assert model.score(walks([7, 8])).any() or not together[2].any()


def test_the_next_step_is_found_by_all_that_learn_from_behaviour(recommender, model):
    if recommender.name not in PERSONAL:
        pytest.skip("says the same to everyone, or heeds looks only")
    pasts = walks(*([(n - 2) % 10, (n - 1) % 10, n] for n in range(10)))
    scores = model.score(pasts)
    for row, past in enumerate(pasts):
        scores[row, past] = -np.inf
    first = scores.argsort(axis=1)[:, ::-1][:, :2]
    assert np.mean([(n + 1) % 10 in first[n] for n in range(10)]) >= 0.9


def test_similar_leaves_the_item_itself_out(model):
    rows = model.similar(np.array([0, 3]))
    assert rows.shape == (2, N_ITEMS) and rows.dtype == np.float32
    assert rows[0, 0] == 0 and rows[1, 3] == 0 and np.isfinite(rows).all()
    assert model.similar(np.zeros(0, dtype=np.int64)).shape == (0, N_ITEMS)


def test_plain_arrays_make_it_again(recommender, model, tmp_path):
    np.savez(tmp_path / "model.npz", **model.arrays())
    with np.load(tmp_path / "model.npz", allow_pickle=False) as arrays:
        again = recommender.restore(dict(arrays))
    pasts = walks([0, 1, 2], [], [9])
    assert again.n_items == N_ITEMS
    assert np.allclose(again.score(pasts), model.score(pasts), atol=1e-5)
    assert np.allclose(again.similar(np.array([4])), model.similar(np.array([4])), atol=1e-5)


def test_the_same_data_gives_the_same_model(recommender, model):
    times = [np.arange(len(walk)) * 86_400.0 for walk in shoppers()]
    again = recommender.fit(shoppers(), n_items=N_ITEMS, vectors=looks(), times=times)
    assert np.allclose(again.score(walks([0, 1])), model.score(walks([0, 1])), atol=1e-5)


def test_little_or_no_data_is_no_error(recommender):
    for sequences in ([], walks([]), walks([0]), walks([0], [1, 2])):
        fitted = recommender.fit(sequences, n_items=3)
        assert fitted.score(walks([0], [])).shape == (2, 3)
    assert recommender.fit([], n_items=1).similar(np.array([0])).shape == (1, 1)


def test_numbers_out_of_range_are_refused(recommender):
    with pytest.raises(ValueError, match="0…2"):
        recommender.fit(walks([0, 3]), n_items=3)


def test_every_item_has_a_weight_for_its_age(model):
    assert len(model.kernel) >= 1 and all(weight > 0 for weight in model.kernel)


def test_what_nobody_had_is_found_by_its_looks():
    for made in (ContentVectors(), SequentialLinear(ridge=2.0, content=0.5)):
        scores = made.fit(shoppers(), n_items=N_ITEMS, vectors=looks()).score(walks([TWIN]))
        assert scores[0, COLD] > 0.1


def test_popularity_fades():
    sequences, times = walks([0, 0, 0], [1]), [np.zeros(3), np.array([90 * 86_400.0])]
    faded = Popularity(half_life_days=30).fit(sequences, n_items=2, times=times).score(walks([]))
    plain = Popularity().fit(sequences, n_items=2).score(walks([]))
    assert faded[0, 1] > faded[0, 0] and plain[0, 0] > plain[0, 1]

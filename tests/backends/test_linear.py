"""The linear recommender behind the common interface: trained, saved as plain arrays, made again."""

import io

import numpy as np

from retail_ai.backends import get_recommender
from retail_ai.backends.recommenders.linear import SequentialLinear

# Items 0, 1, 2 always follow one another; 3 and 4 keep each other company.
HISTORIES = [np.array([0, 1, 2])] * 30 + [np.array([3, 4])] * 30


def test_what_always_follows_scores_highest() -> None:
    model = SequentialLinear(ridge=1.0).fit(HISTORIES, n_items=5)
    scores = model.score([np.array([0, 1]), np.array([3])])
    assert scores.shape == (2, 5)
    assert scores[0].argmax() == 2
    assert scores[1].argmax() == 4
    assert model.similar(np.array([3]))[0].argmax() == 4


def test_plain_arrays_make_the_same_model_again() -> None:
    recommender = SequentialLinear(ridge=1.0)
    model = recommender.fit(HISTORIES, n_items=5)
    file = io.BytesIO()
    np.savez(file, **model.arrays())
    file.seek(0)
    with np.load(file, allow_pickle=False) as arrays:
        again = recommender.restore(arrays)
    np.testing.assert_array_equal(again.score(HISTORIES[:1]), model.score(HISTORIES[:1]))
    assert again.n_items == 5


def test_it_is_the_default() -> None:
    assert get_recommender().identity.startswith("sequential-linear/")
    assert get_recommender().check() == []

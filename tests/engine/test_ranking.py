"""The first k of many scores: wide rows are narrowed before they are sorted, and must give the same."""

import numpy as np
import pytest

from retail_ai.engine import ranking
from retail_ai.engine.ranking import top_k


def rows(kind):
    rng = np.random.default_rng(0)
    made = {
        "noise": rng.standard_normal((3, 25_000)),
        "mostly nothing": np.where(rng.random((3, 25_000)) < 0.002, rng.random((3, 25_000)), 0.0),
        "all alike": np.ones((3, 25_000)),
        "the best missed by the sample": np.arange(75_000.0).reshape(3, 25_000) % 13,
        "seen left out": np.where(rng.random((3, 25_000)) < 0.5, -np.inf, rng.random((3, 25_000))),
    }
    return made[kind].astype(np.float32)


@pytest.mark.parametrize(
    "kind", ["noise", "mostly nothing", "all alike", "the best missed by the sample", "seen left out"]
)
@pytest.mark.parametrize("k", [1, 60, 900])
def test_wide_rows_have_the_same_best(kind, k):
    scores = rows(kind)
    found = np.take_along_axis(scores, top_k(scores, k), axis=1)
    assert found.shape == (3, k)
    assert np.array_equal(found, -np.sort(-scores, axis=1)[:, :k])
    assert all(len(set(row.tolist())) == k for row in top_k(scores, k))


def test_narrow_rows_and_none():
    scores = np.array([[1.0, 3.0, 2.0]])
    assert top_k(scores, 2).tolist() == [[1, 2]] and top_k(scores, 9).tolist() == [[1, 2, 0]]
    assert top_k(scores, 0).shape == (1, 0)
    assert top_k(np.zeros((0, ranking.WIDE)), 3).shape == (0, 3)

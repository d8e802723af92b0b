from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from retail_ai.engine import blocked_rows
from retail_ai.engine.item_content import from_attributes
from retail_ai.engine.linear_settings import Settings
from retail_ai.engine.sequential_linear import fit, from_arrays

SMALL = Settings(ridge=1.0)


def walks(*rows):
    return [np.array(row) for row in rows]


def test_what_follows_is_recommended_and_what_came_before_is_not():
    model = fit(walks(*[[0, 1, 2]] * 20, *[[3, 4]] * 20), 5, SMALL)
    scores = model.score(walks([0], [3], [1]))
    assert scores.argmax(axis=1).tolist() == [1, 4, 2]
    assert scores[2, 2] > scores[2, 0]


def test_the_newest_item_counts_most():
    model = fit(walks(*[[0, 1]] * 20, *[[2, 3]] * 20), 4, SMALL)
    assert model.score(walks([0, 2]))[0].argmax() == 3
    assert model.score(walks([2, 0]))[0].argmax() == 1


def test_it_is_the_ridge_solution():
    rows = walks([0, 1, 2, 0], [2, 1], [1, 0, 2])
    settings = Settings(decay=0.5, popularity_power=0.3, ridge=2.0)
    past, nexts = [], []
    for row in rows:
        for place in range(1, len(row)):
            source = np.zeros(3)
            for age, item in enumerate(row[:place][::-1]):
                source[item] += 0.5**age
            past.append(source)
            nexts.append(np.eye(3)[row[place]])
    x, y = np.array(past), np.array(nexts) / np.bincount(np.concatenate(rows)) ** 0.3
    wanted = np.linalg.solve(x.T @ x + 2 * np.eye(3), x.T @ y)
    assert np.allclose(fit(rows, 3, settings).weights, wanted, atol=1e-5)


def test_what_goes_with_an_item_is_never_the_item_itself():
    model = fit(walks(*[[0, 1, 1, 2]] * 9), 4, SMALL)
    scores = model.similar(np.arange(4))
    assert scores[0].argmax() == 1 and not scores[3].any()
    assert scores[1, 1] == 0


def test_rare_items_beyond_the_limit_score_nothing_instead_of_filling_memory():
    model = fit(walks(*[[0, 1]] * 5, [2, 3], [4, 0]), 50, Settings(ridge=1.0, max_items=2))
    assert model.weights.shape == (2, 2)
    scores = model.score(walks([0], [2]))
    assert scores.shape == (2, 50) and scores[0].argmax() == 1 and not scores[1].any()


def test_empty_histories_and_no_data_are_no_errors():
    assert not fit([], 3).score(walks([], [1])).any()
    assert not fit(walks([0]), 3).score([np.array([], dtype=int)]).any()
    assert fit(walks([0, 1]), 3).score([]).shape == (0, 3)


def test_numbers_out_of_range_are_refused():
    with pytest.raises(ValueError, match="0…2"):
        fit(walks([0, 3]), 3)


def test_a_model_survives_as_plain_arrays():
    model = fit(walks(*[[0, 1, 2]] * 4), 4, SMALL)
    again = from_arrays(model.arrays())
    assert np.array_equal(again.score(walks([0, 1])), model.score(walks([0, 1])))
    assert again.settings == SMALL


def test_the_way_back_teaches_too_when_it_is_wanted():
    rows = walks(*[[0, 1]] * 20)
    assert fit(rows, 2, SMALL).score(walks([1]))[0, 0] <= 0
    assert fit(rows, 2, replace(SMALL, backward=0.5)).score(walks([1]))[0, 0] > 0


def test_content_finds_what_nobody_had_before():
    content = from_attributes([[1], [2], [1], [2]])
    rows = walks(*[[0, 1]] * 20)
    assert not fit(rows, 4, SMALL, content).score(walks([0]))[0, 2]
    model = fit(rows, 4, replace(SMALL, content=0.5), content)
    assert model.score(walks([0]))[0].argsort()[::-1][:2].tolist() == [1, 2]
    assert model.similar(np.array([3])).argmax() == 1  # item 3 was never had; 1 is of its kind
    again = from_arrays(model.arrays())
    assert np.array_equal(again.score(walks([0, 3])), model.score(walks([0, 3])))


def test_look_alikes_share_what_was_learned_when_smoothing_is_wanted():
    content = from_attributes([[1], [2], [1], *([number] for number in range(3, 60))])
    rows = walks(*[[0, 1]] * 20, *[[number, number + 1] for number in range(2, 59)])
    assert abs(fit(rows, 60, SMALL, content).score(walks([2]))[0, 1]) < 0.05
    assert fit(rows, 60, replace(SMALL, smooth=1.0), content).score(walks([2]))[0, 1] > 0.2


def test_recency_is_weighed_as_it_is_asked_for():
    assert replace(SMALL, newest=2.0, recall=0.5, window=3).kernel == (2.0, 0.5, 0.25)
    model = fit(walks(*[[0, 1]] * 20), 2, replace(SMALL, newest=3.0))
    assert np.allclose(model.score(walks([0])), 3 * fit(walks(*[[0, 1]] * 20), 2, SMALL).score(walks([0])))


def test_a_large_catalogue_keeps_the_strongest_weights_and_the_same_first_choices(monkeypatch):
    rng = np.random.default_rng(0)
    rows = [(rng.integers(60) + np.cumsum(rng.integers(0, 4, 8))) % 60 for _ in range(400)]
    whole = fit(rows, 60, SMALL)
    monkeypatch.setattr(blocked_rows, "_HEAD_ROWS", 7)
    part = fit(rows, 60, SMALL, dense_items=10)
    assert sparse.issparse(part.weights) and np.allclose(part.score(rows), whole.score(rows), atol=1e-4)
    again = from_arrays(part.arrays())
    assert np.array_equal(again.score(rows[:3]), part.score(rows[:3]))


def test_links_of_a_large_catalogue_are_those_of_its_rows():
    rng = np.random.default_rng(0)
    rows = [(rng.integers(60) + np.cumsum(rng.integers(1, 4, 6))) % 60 for _ in range(400)]
    model = fit(rows, 70, SMALL, dense_items=10)
    items = np.array([5, 3, 65])
    assert sparse.issparse(model.linked(items))
    assert np.allclose(model.linked(items).toarray(), model.similar(items))
    assert not sparse.issparse(fit(rows, 70, SMALL).linked(items))

import numpy as np
import pytest

from retail_ai.engine.moments import moments

KEPT = np.arange(4)


def made(rows, times=None, **options):
    sequences = [np.array(row) for row in rows]
    clocks = None if times is None else [np.array(row, dtype=float) for row in times]
    given = {"decay": 0.5, "window": 9, "backward": 0.0, **options}
    gram, right = moments(sequences, KEPT, 4, times=clocks, **given)
    return gram.toarray(), right.toarray()


def test_without_times_every_item_has_a_moment_of_its_own():
    _, right = made([[0, 1, 2]])
    assert right[0].tolist() == [0, 1, 0.5, 0] and right[1].tolist() == [0, 0, 1, 0] and not right[2].any()
    assert np.array_equal(right, made([[0, 1, 2]], [[1, 2, 3]])[1])


def test_items_of_one_moment_stand_before_each_other_both_ways_whatever_their_order():
    gram, right = made([[3, 0, 1, 2]], [[1, 2, 2, 3]])
    assert right[0].tolist() == [0, 1, 1, 0] and right[1].tolist() == [1, 0, 1, 0]
    # Item 3 was had a moment before both of them, and two before item 2.
    assert right[3].tolist() == [1, 1, 0.5, 0]
    other = made([[3, 1, 0, 2]], [[1, 2, 2, 3]])
    assert np.array_equal(right, other[1]) and np.array_equal(gram, other[0])


def test_the_way_back_counts_moments_too():
    _, right = made([[0, 1, 2]], [[1, 1, 2]], backward=1.0)
    assert np.array_equal(right[2], [1, 1, 0, 0])
    assert right[0, 1] == right[1, 0] == 2


def test_a_basket_on_its_own_teaches():
    assert made([[0, 1]], [[5, 5]])[1].tolist()[:2] == [[0, 1, 0, 0], [1, 0, 0, 0]]
    assert not made([[], [2]], [[], [1]])[1].any()


def by_definition(sequences, size, *, decay, window, backward, times):
    """XᵀX and XᵀY as they are defined: a row for each item that anyone had."""
    gram, right = np.zeros((size, size)), np.zeros((size, size))
    for items, own in zip(sequences, times, strict=True):
        steps = np.cumsum(np.diff(own, prepend=own[:1]) > 0)
        for weight, walk, at in ((1.0, items, steps), (backward, items[::-1], -steps[::-1])):
            for target in range(len(walk)):
                past = np.zeros(size)
                for source in range(len(walk)):
                    is_before = source < target or at[source] == at[target]
                    if source != target and is_before and abs(source - target) <= window:
                        past[walk[source]] += decay ** max(at[target] - at[source] - 1, 0)
                gram += weight * np.outer(past, past)
                right[:, walk[target]] += weight * past
    return gram, right


@pytest.mark.parametrize("seed", range(12))
def test_what_is_summed_up_in_closed_form_is_what_the_definition_says(seed, monkeypatch):
    draw = np.random.default_rng(seed)
    rows = [draw.integers(0, 4, size) for size in draw.integers(0, 14, 5)]
    times = [np.sort(draw.integers(0, 9 if seed % 3 else 10**6, len(row))).astype(float) for row in rows]
    options = {"decay": [0.5, 0.9, 0.0, 1.0][seed % 4], "window": 1 + seed % 5, "backward": [0.0, 0.3][seed % 2]}
    monkeypatch.setattr("retail_ai.engine.moments.MOST_PAIRS", 10 if seed % 2 else 10**6)
    gram, right = made(rows, times, **options)
    expected = by_definition(rows, 4, times=times, **options)
    assert np.allclose(gram, expected[0], rtol=1e-5) and np.allclose(right, expected[1], rtol=1e-5)


def test_an_item_that_is_left_out_still_takes_its_place():
    gram, right = moments([np.array([0, 3, 1])], np.array([0, 1]), 4, decay=0.5, window=9, backward=0.0)
    assert right.toarray().tolist() == [[0, 0.5], [0, 0]]
    assert gram.toarray().tolist() == [[1.25, 0], [0, 0]]

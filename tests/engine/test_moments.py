import numpy as np

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

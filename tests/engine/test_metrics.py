import numpy as np

from retail_ai.engine.metrics import hit_rate, interval, ndcg, ranks_of, tail_items


def test_ranks_leave_out_what_was_had_and_count_ties_against_us():
    scores = np.array([[9.0, 5.0, 7.0, 1.0], [1.0, 1.0, 1.0, 1.0]])
    assert ranks_of(scores, np.array([1, 2]), [np.array([0]), np.array([0])]).tolist() == [1, 2]


def test_hit_rate_and_ndcg_by_hand():
    ranks = np.array([0, 2, 10])
    assert hit_rate(ranks, 10) == 2 / 3
    assert np.isclose(ndcg(ranks, 10), (1 + 0.5) / 3)
    assert hit_rate(np.array([]), 10) == ndcg(np.array([]), 10) == 0


def test_the_tail_is_all_but_the_most_frequent_fifth():
    assert tail_items(np.array([9, 1, 1, 1, 1])).tolist() == [False, True, True, True, True]


def test_the_interval_holds_the_mean():
    low, high = interval(np.array([0.0, 1.0] * 50))
    assert 0.35 < low < 0.5 < high < 0.65
    assert interval(np.array([])) == (0, 0)

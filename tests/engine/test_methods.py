"""Seasonal methods that need little more than one cycle; answers worked out by hand."""

import numpy as np
import pytest

from retail_ai.engine.backtest import moments
from retail_ai.engine.methods import apply, last_turn, last_turn_at_level, mean8

YEAR = np.arange(1.0, 13.0)


def test_the_same_months_of_last_year_are_expected_again():
    assert last_turn(12)(YEAR, 3).tolist() == [1, 2, 3]
    assert last_turn(12)(np.append(YEAR, 5.0), 14).tolist() == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 5, 2, 3]


def test_months_without_a_last_year_get_the_mean():
    part = YEAR[:10]
    assert last_turn(12)(part, 4).tolist() == [mean8(part, 1)[0]] * 2 + [1, 2]
    with pytest.raises(ValueError):
        last_turn(12)(part, 2)


def test_a_level_that_doubled_since_doubles_what_is_expected():
    series = np.append(YEAR, 2 * YEAR[:3])
    assert last_turn_at_level(12)(series, 2).tolist() == [8, 10]
    assert apply(last_turn_at_level(12), YEAR, 2).tolist() == [mean8(YEAR, 1)[0]] * 2  # nothing to compare with


def test_moments_are_a_horizon_apart_and_nearer_where_the_past_is_short():
    assert moments(52, 4) == (40, 44, 48)
    assert moments(17, 4) == (9, 11, 13) and moments(9, 4) == (4, 5)
    assert moments(7, 4) == () and moments(60, 28) == (8, 20, 32)

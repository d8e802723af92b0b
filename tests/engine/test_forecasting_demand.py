"""Weekly demand: engine/demand.py."""

from datetime import date

import numpy as np

from retail_ai.engine.demand import before_launch, monday, out_days, repair, weekly_demand

MONDAY = date(2026, 1, 5)


def test_monday():
    assert monday(date(2026, 1, 11)) == MONDAY == monday(MONDAY)


def test_sales_fall_into_their_weeks_and_lines_outside_are_dropped():
    lines = [("a", date(2026, 1, 5), 2), ("a", date(2026, 1, 11), 1), ("a", date(2026, 1, 12), 4)]
    outside = [("a", date(2026, 1, 4), 9), ("a", date(2026, 1, 26), 9)]
    assert weekly_demand(lines + outside, start=MONDAY, weeks=3)["a"].tolist() == [3, 4, 0]


def test_a_return_lowers_the_latest_earlier_sales_and_never_below_zero():
    lines = [("a", date(2026, 1, 5), 3), ("a", date(2026, 1, 12), 1), ("a", date(2026, 1, 20), -2)]
    assert weekly_demand(lines, start=MONDAY, weeks=3)["a"].tolist() == [2, 0, 0]
    too_many = [*lines, ("a", date(2026, 1, 21), -50)]
    assert weekly_demand(too_many, start=MONDAY, weeks=3)["a"].tolist() == [0, 0, 0]


def test_a_product_only_ever_returned_has_no_demand():
    assert weekly_demand([("a", MONDAY, -2)], start=MONDAY, weeks=2) == {}


def test_before_launch_marks_leading_weeks_only():
    assert np.isnan(before_launch(np.array([0.0, 0.0, 3.0, 0.0]))).tolist() == [True, True, False, False]
    assert np.isnan(before_launch(np.zeros(2))).all()


def test_out_days_are_counted_once_and_clipped_to_the_history():
    spans = [("a", date(2025, 12, 1), date(2026, 1, 6)), ("a", date(2026, 1, 6), date(2026, 1, 12))]
    assert out_days(spans, start=MONDAY, weeks=2)["a"].tolist() == [7, 1]


def test_a_short_stock_out_is_scaled_up_and_a_long_one_taken_from_its_neighbours():
    series = np.array([10.0, 4.0, 10.0, 0.0, 10.0])
    fixed, marked = repair(series, np.array([0.0, 3.0, 0.0, 7.0, 0.0]))
    assert marked == [1, 3]
    assert fixed.tolist() == [10, 7, 10, 10, 10]


def test_a_repair_never_lowers_what_sold():
    fixed, _marked = repair(np.array([1.0, 9.0, 1.0]), np.array([0.0, 5.0, 0.0]))
    assert fixed[1] == 9


def test_a_product_out_of_stock_all_along_stays_as_it_is():
    fixed, _marked = repair(np.array([2.0, 0.0]), np.array([7.0, 7.0]))
    assert fixed.tolist() == [2, 0]

"""Weekly demand: engine/demand.py."""

from datetime import date

import numpy as np

from retail_ai.engine.demand import Lines, before_launch, channels, monday, out_days, price_breaks, sums, unusual

MONDAY = date(2026, 1, 5)


def lines(*rows):
    product, day, units, price = (np.array(column) for column in zip(*rows, strict=True))
    return Lines(product.astype(np.int64), day.astype(np.int64), units.astype(float), price.astype(float))


def test_monday():
    assert monday(date(2026, 1, 11)) == MONDAY == monday(MONDAY)


def test_sales_fall_into_their_weeks_and_lines_outside_are_dropped():
    sold = lines((0, 0, 2, 1), (0, 6, 1, 1), (0, 7, 4, 1), (0, -1, 9, 1), (0, 21, 9, 1))
    assert sums(sold, 1, 3).tolist() == [[3, 4, 0]]


def test_a_return_lowers_the_latest_earlier_sales_and_never_below_zero():
    sold = [(0, 0, 3, 1), (0, 7, 1, 1), (0, 15, -2, 1)]
    assert sums(lines(*sold), 1, 3).tolist() == [[2, 0, 0]]
    assert sums(lines(*sold, (0, 16, -50, 1)), 1, 3).tolist() == [[0, 0, 0]]


def test_a_product_only_ever_returned_has_no_demand():
    assert sums(lines((0, 0, -2, 1)), 1, 2).tolist() == [[0, 0]]


def test_before_launch_marks_leading_weeks_only():
    assert np.isnan(before_launch(np.array([0.0, 0.0, 3.0, 0.0]))).tolist() == [True, True, False, False]
    assert np.isnan(before_launch(np.zeros((1, 2)))).all()


def test_out_days_are_counted_once_and_clipped_to_the_history():
    spans = [("a", date(2025, 12, 1), date(2026, 1, 6)), ("a", date(2026, 1, 6), date(2026, 1, 12))]
    assert out_days(spans, start=MONDAY, weeks=2)["a"].tolist() == [7, 1]


def test_what_lines_tell_beside_their_sum():
    seen = channels(lines((0, 0, 2, 5), (0, 1, 6, 1), (1, 8, 1, 0)), 2, 2)
    assert seen["orders"].tolist() == [[2, 0], [0, 1]]
    assert seen["largest"][0, 0] == 6
    assert seen["price"][0, 0] == 2  # 16 paid for 8
    assert np.isnan(seen["price"][1]).all()


def test_one_bulk_order_is_unusual_and_a_good_week_of_many_orders_is_not():
    demand = np.array([[5.0, 6, 4, 5, 400], [5.0, 6, 4, 5, 400]])
    largest = np.array([[2.0, 2, 2, 2, 390], [2.0, 2, 2, 2, 8]])
    assert unusual(demand, largest).tolist() == [[False] * 4 + [True], [False] * 5]


def test_all_prices_jumping_by_one_factor_is_a_change_of_currency():
    euros = np.random.default_rng(0).uniform(1, 50, (20, 1)) * np.ones((1, 8))
    mixed = euros.copy()
    mixed[:, 5:] *= 7.8
    ((period, factor),) = price_breaks(mixed)
    assert (period, round(factor, 2)) == (5, 7.8)
    assert price_breaks(euros) == []
    sale = euros.copy()
    sale[:5, 4:] *= 0.5
    assert price_breaks(sale) == []

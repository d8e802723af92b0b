"""How the forecast benchmark shares out time, and what it compares on a sample: benchmarks/inventory*.py."""

from argparse import Namespace
from datetime import date, timedelta

import numpy as np
import pytest

from benchmarks import inventory, inventory_rivals
from benchmarks.inventory_data import Unusable, load
from benchmarks.inventory_orders import Policy
from benchmarks.inventory_rivals import LEAST_SERIES, Made, affordable
from retail_ai.engine.panel import Panel

PANEL = Panel(np.random.default_rng(0).poisson(5, (200, 40)).astype(float))


@pytest.fixture
def times(monkeypatch):
    """Seconds that one moment of all series takes, by model."""
    made = {"AutoETS": 5.0, "quick": 1.0, "slow": 100.0, "endless": 9000.0}
    monkeypatch.setattr(inventory_rivals, "rivals", lambda _panel: {name: name for name in made})
    monkeypatch.setattr(inventory_rivals, "seconds_for", lambda model, *_: made[model])


def test_slow_models_get_a_sample_and_hopeless_ones_a_figure(times):
    plan = affordable(PANEL, 4, 36, 2, Namespace(minutes=2.0))
    assert list(plan.models) == ["AutoETS", "quick", "slow"]
    assert LEAST_SERIES <= len(plan.some["slow"]) < len(PANEL)
    assert plan.slow == {"endless": 18000.0}
    # The samples' time is what the others leave of two minutes.
    assert 2 * 100.0 * len(plan.some["slow"]) / len(PANEL) <= 120 - 2 * 6.0


def test_of_what_was_forecast_of_all_a_sample_is_found_again():
    known = np.array([True, False, True, True])
    mean = np.array([[1.0], [3.0], [4.0]])
    made = Made(mean, mean, np.zeros((3, 4, 1)), 0.5)
    kept = {9: (known, made, Policy(np.array([0.5, 0.9]), np.array([[1.0, 3, 4], [2, 6, 8]])))}
    part, policy = inventory.on_some(kept, np.array([1, 3]), Panel(np.zeros((1, 9))), 1)
    assert part.mean.tolist() == [[4.0]]
    assert policy.at(0.9).tolist() == [8.0]


def demand_file(tmp_path, days, head="series_id,date,quantity"):
    path = tmp_path / "demand.csv"
    path.write_text("\n".join([head, *(f"{name},{day},{quantity}" for name in "ab" for day, quantity in days)]))
    return path


def test_the_last_week_of_a_file_by_the_day_counts_only_when_it_is_over(tmp_path):
    monday = date(2024, 1, 1)
    days = [(monday + timedelta(days=number), 1) for number in range(20 * 7 + 3)]
    loaded = load(transactions=None, demand=demand_file(tmp_path, days), freq="W")
    assert loaded.panel.values.tolist() == [[7.0] * 20] * 2 and loaded.left_out["in an unfinished period"] == 6
    weeks = [(monday + timedelta(days=7 * number), 5) for number in range(20)]
    assert load(transactions=None, demand=demand_file(tmp_path, weeks), freq="W").panel.periods == 20


def test_months_dated_by_their_first_or_last_day_are_all_whole(tmp_path):
    for day in (1, 28):
        months = [(date(2022 + number // 12, number % 12 + 1, day), 5) for number in range(24)]
        assert load(transactions=None, demand=demand_file(tmp_path, months), freq="M").panel.periods == 24


def test_a_file_with_other_columns_is_refused_by_their_names(tmp_path):
    with pytest.raises(Unusable, match=r"no column date, quantity; its columns are \['series_id', 'day', 'amount'\]"):
        load(transactions=None, demand=demand_file(tmp_path, [], "series_id,day,amount"), freq="W")


def test_lines_below_nothing_lower_earlier_sales_and_are_counted(tmp_path):
    days = [(date(2024, 1, 1) + timedelta(days=7 * number), 5) for number in range(13)]
    loaded = load(transactions=None, demand=demand_file(tmp_path, [*days, (date(2024, 4, 1), -8)]), freq="W")
    assert loaded.panel.values[0].tolist() == [5.0] * 11 + [2.0, 0.0, 0.0]
    assert loaded.noted["lines below 0, taken off earlier ones"] == 2

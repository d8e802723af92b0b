"""How the forecast benchmark shares out time, and what it compares on a sample: benchmarks/inventory*.py."""

from argparse import Namespace

import numpy as np
import pytest

from benchmarks import inventory, inventory_rivals
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

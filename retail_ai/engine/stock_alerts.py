"""Whether a week's sales are a surprise and whether a forecast can still be believed. It writes to nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

Surprise = Literal["", "spike", "drop"]
# Below so many units a surprise is noise.
LEAST_UNITS = 5
# An error (RMSSE) below this is almost nothing: how many times as large another one is says nothing.
ALMOST_NOTHING = 0.2


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a forecast is not to be believed: worse than naive by so many times; worse by an error of so much where
    naive was almost exact; or biased (tracking signal)."""

    reason: Literal["error", "exact", "bias"]
    value: float


def surprise(sold: float, expected: float, low95: float, high95: float, sigma: float) -> Surprise:
    """A week outside of its 95 % bounds by at least half a spread more, and by units that matter."""
    margin = max(0.5 * sigma, 1.0)
    if sold > high95 + margin and sold - expected >= LEAST_UNITS:
        return "spike"
    if sold < low95 - margin and expected - sold >= LEAST_UNITS:
        return "drop"
    return ""


def tracking_signal(errors: Sequence[float]) -> float:
    """Sum of errors over their mean absolute size (Brown 1959): beyond ±4 a forecast is biased. 0 for fewer than 4."""
    values = np.asarray(errors, dtype=float)
    if len(values) < 4 or not np.isfinite(values).all():
        return 0.0
    size = np.abs(values).mean()
    return float(values.sum() / size) if size > 1e-9 else 0.0


def doubt(error: float | None, naive_error: float | None, errors: Sequence[float] = ()) -> Doubt | None:
    """A forecast that a back-test found clearly worse than "as last week", or whose errors all lean to one side."""
    if error is not None and naive_error is not None and naive_error > 0 and error > 1.25 * naive_error:
        return Doubt("exact", error) if naive_error < ALMOST_NOTHING else Doubt("error", error / naive_error)
    signal = tracking_signal(errors)
    return Doubt("bias", signal) if abs(signal) > 4 else None

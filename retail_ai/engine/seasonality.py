"""The shape of a cycle (days of a week, months of a year), each series' own drawn towards all series' shape as far as
its own is noise (James and Stein 1961, positive part). It forecasts nothing."""

import numpy as np

from retail_ai.engine.panel import Floats

LEAST_TURNS = 2.5


def cycle_factors(values: Floats, cycle: int, *, turns: int = 16) -> Floats:
    """(n, periods) → (n, cycle) factors with mean 1; column p belongs to periods whose number is p modulo ``cycle``.

    From the newest ``turns`` cycles. All ones where the cycle is 1 or the past shorter than two and a half cycles.
    """
    n, periods = values.shape
    if cycle < 2 or periods < LEAST_TURNS * cycle:
        return np.ones((n, cycle))
    ratios, phases = _ratios(values, cycle, turns)
    phase_rows = [ratios[:, phases == p] for p in range(cycle)]
    counts = np.array([(~np.isnan(part)).sum(axis=1) for part in phase_rows]).T
    own = np.array([_mean(part) for part in phase_rows]).T
    weights = np.nan_to_num(values[:, -turns * cycle :]).sum(axis=1)
    shared = _shared(own, counts, weights)
    noise = np.array([_variance(part) for part in phase_rows]).T / np.maximum(counts, 1)
    gap = np.where(counts > 1, (own - shared) ** 2, np.nan)
    signal, error = _mean(gap), _mean(np.where(counts > 1, noise, np.nan))
    trust = np.clip(1.0 - np.divide(error, signal, out=np.ones(n), where=signal > 0), 0.0, 1.0)
    factors = shared + trust[:, None] * (np.where(counts > 1, own, shared) - shared)
    factors = np.maximum(factors, 0.02)
    scaled: Floats = factors / factors.mean(axis=1, keepdims=True)
    return scaled


def over(factors: Floats, first: int, periods: int) -> Floats:
    """The factors of ``periods`` periods from number ``first`` on: (n, periods)."""
    return factors[:, (first + np.arange(periods)) % factors.shape[1]]


def _ratios(values: Floats, cycle: int, turns: int) -> tuple[Floats, Floats]:
    """Each value beside the mean of the cycle around it, capped; and each column's phase."""
    periods = values.shape[1]
    start = max(0, periods - (turns + 1) * cycle)
    part = values[:, start:]
    known = (~np.isnan(part)).astype(float)
    kernel = np.ones(cycle + 1 - cycle % 2)
    if cycle % 2 == 0:
        kernel[[0, -1]] = 0.5
    local = _convolve(np.nan_to_num(part), kernel) / np.maximum(_convolve(known, kernel), 1.0)
    ratios = np.divide(part, local, out=np.full(part.shape, np.nan), where=(local > 0) & (known > 0))
    return np.minimum(ratios, 2.0 * cycle), (start + np.arange(part.shape[1])) % cycle


def _convolve(rows: Floats, kernel: Floats) -> Floats:
    half = len(kernel) // 2
    padded = np.pad(rows, ((0, 0), (half, half)))
    out = np.zeros(rows.shape)
    for shift, weight in enumerate(kernel):
        out += weight * padded[:, shift : shift + rows.shape[1]]
    return out


def _shared(own: Floats, counts: Floats, weights: Floats) -> Floats:
    share = np.where(counts > 0, weights[:, None], 0.0)
    total = share.sum(axis=0)
    shared = np.divide((np.nan_to_num(own) * share).sum(axis=0), total, out=np.ones(own.shape[1]), where=total > 0)
    return np.broadcast_to(shared / max(shared.mean(), 1e-9), own.shape)


def _mean(part: Floats) -> Floats:
    known = ~np.isnan(part)
    return np.asarray(np.where(known, part, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1))


def _variance(part: Floats) -> Floats:
    known = ~np.isnan(part)
    off = np.where(known, part - _mean(part)[:, None], 0.0)
    return np.asarray((off**2).sum(axis=1) / np.maximum(known.sum(axis=1) - 1, 1))

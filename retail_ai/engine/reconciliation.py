"""Makes products, categories and the shop add up: every forecast at every level has its say by how sure it is.

MinT with the variances alone (Wickramasuriya, Athanasopoulos and Hyndman 2019; "WLS"), in closed form for a tree of
shop, categories and products. It forecasts nothing.
"""

import numpy as np

from retail_ai.engine.panel import Floats, Ints


def reconcile(
    bottom: Floats,
    bottom_variance: Floats,
    groups: Ints,
    group_mean: Floats,
    group_variance: Floats,
    total_mean: Floats,
    total_variance: float,
) -> Floats:
    """(n, horizon) products' means that add up to categories and shop. ``bottom_variance`` is (n,), ``groups`` (n,)
    numbers from 0, ``group_mean`` (groups, horizon), ``group_variance`` (groups,), ``total_mean`` (horizon,).

    Each observation of a sum moves its parts by their share of its variance, as in a Kalman update: first the
    categories', then the shop's. No mean falls below 0; a level whose variance is infinite says nothing.
    """
    variance = np.maximum(bottom_variance, 1e-9)
    made, left = _update(bottom, variance, groups, group_mean, group_variance)
    # After the categories were heard, what their sums are uncertain by:
    everything = np.zeros(len(bottom), dtype=np.int64)
    made, _ = _update(made, left, everything, total_mean[None, :], np.array([total_variance]))
    return np.maximum(made, 0.0)


def _update(bottom: Floats, variance: Floats, groups: Ints, mean: Floats, said: Floats) -> tuple[Floats, Floats]:
    """Products moved towards what is said of their sums, and their share of what remains uncertain."""
    count = len(mean)
    sums = np.zeros((count, bottom.shape[1]))
    np.add.at(sums, groups, bottom)
    whole = np.bincount(groups, weights=variance, minlength=count)
    gain = np.divide(whole, whole + said, out=np.zeros(count), where=np.isfinite(said))
    shift = gain[:, None] * (mean - sums)
    share = variance / np.maximum(whole[groups], 1e-12)
    return bottom + share[:, None] * shift[groups], variance * (1 - gain[groups])

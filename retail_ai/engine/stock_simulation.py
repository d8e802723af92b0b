"""Plays a reorder policy many times over random demand and deliveries: stock-outs, lost sales, stock held.

Weekly demand is gamma distributed (Burgin 1975, "The gamma distribution and inventory control", Operational Research
Quarterly 26), which is never negative and keeps any mean and spread; within a week it comes evenly. What is not in
stock is lost. Random numbers are the same for each call, so that two plans differ by the plans alone.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
DAYS = 7
AT_ONCE = 200_000


@dataclass(frozen=True, slots=True)
class Policy:
    """Arrays over products (n,): order up to ``target`` when stock and what is coming are at most ``point``, looked
    at every ``review`` days; ``pack`` and ``minimum`` in units, times in days."""

    point: Floats
    target: Floats
    lead: Floats
    lead_sd: Floats
    review: Floats
    pack: Floats
    minimum: Floats


@dataclass(frozen=True, slots=True)
class Outcome:
    """Means over the runs, by product (n,): ``out`` is the share of runs that ran out at some time, the rest units;
    ``stock`` is held on an average day, ``ordered`` within the horizon. ``sold`` is (n, weeks)."""

    out: Floats
    lost: Floats
    stock: Floats
    ordered: Floats
    sold: Floats


def simulate(
    *, weekly: Floats, sd: Floats, stock: Floats, arrivals: Floats, policy: Policy, runs: int = 200, seed: int = 11
) -> Outcome:
    """Play ``runs`` courses for each product. ``weekly`` is (n, weeks), ``sd`` of one week (n,), ``stock`` (n,) and
    ``arrivals`` (n, days) the units that are on order, by day from now. Raises ValueError for shapes that differ."""
    n, weeks = weekly.shape
    if sd.shape != (n,) or stock.shape != (n,) or arrivals.shape != (n, weeks * DAYS):
        raise ValueError("weekly is (n, weeks), sd and stock (n,), arrivals (n, weeks · 7)")
    step = max(1, AT_ONCE // max(1, runs))
    parts = [
        _play(
            weekly[i : i + step], sd[i : i + step], stock[i : i + step], arrivals[i : i + step],
            _part(policy, slice(i, i + step)), runs, seed,
        )
        for i in range(0, n, step)
    ]  # fmt: skip
    empty = np.zeros(0)
    if not parts:
        return Outcome(empty, empty, empty, empty, np.zeros((0, weeks)))
    names = ("out", "lost", "stock", "ordered", "sold")
    return Outcome(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def demand_draws(weekly: Floats, sd: Floats, runs: int, rng: np.random.Generator) -> Floats:
    """(n, runs, weeks) of weekly demand with these means and spreads; exactly the mean where there is no spread."""
    mean = weekly[:, None, :]
    variance = np.broadcast_to((sd**2)[:, None, None], mean.shape)
    random = (mean > 1e-9) & (variance > 1e-9)
    shape = np.where(random, mean**2 / np.where(random, variance, 1.0), 1.0)
    scale = np.where(random, variance / np.where(random, mean, 1.0), 0.0)
    size = (len(weekly), runs, weekly.shape[1])
    drawn: Floats = np.where(random, rng.gamma(shape, 1.0, size) * scale, mean)
    return drawn


def _play(
    weekly: Floats, sd: Floats, stock: Floats, arrivals: Floats, policy: Policy, runs: int, seed: int
) -> Outcome:
    rng = np.random.default_rng(seed)
    n, weeks = weekly.shape
    days = weeks * DAYS
    demand = demand_draws(weekly, sd, runs, rng) / DAYS
    # The last place takes what arrives after the horizon.
    coming = np.zeros((n, runs, days + 1), dtype=np.float32)
    coming[:, :, :days] = arrivals[:, None, :]
    have, due = np.tile(np.maximum(stock, 0.0)[:, None], runs), np.tile(arrivals.sum(axis=1)[:, None], runs)
    out, lost, held = np.zeros((n, runs), dtype=bool), np.zeros(n), np.zeros(n)
    ordered, sold = np.zeros(n), np.zeros((n, weeks))
    review = np.maximum(1, np.round(policy.review)).astype(int)
    rows, columns = np.ogrid[:n, :runs]
    for day in range(days):
        have += coming[:, :, day]
        due -= coming[:, :, day]
        wanted = demand[:, :, day // DAYS]
        asked = _orders(have + due, policy, (day % review == 0)[:, None])
        lead = policy.lead[:, None] + policy.lead_sd[:, None] * rng.standard_normal((n, runs), dtype=np.float32)
        # Delivered at the start of a day: an order of today is here tomorrow at the earliest.
        arrive = np.minimum(day + np.maximum(np.round(lead), 1), days).astype(int)
        coming[rows, columns, arrive] += asked
        due += asked
        given = np.minimum(have, wanted)
        short = wanted - given
        have -= given
        out |= short > 1e-6
        lost += short.mean(axis=1)
        held += have.mean(axis=1)
        ordered += asked.mean(axis=1)
        sold[:, day // DAYS] += given.mean(axis=1)
    return Outcome(out.mean(axis=1), lost, held / days, ordered, sold)


def _orders(position: Floats, policy: Policy, looks: NDArray[np.bool_]) -> Floats:
    """(n, runs) units ordered on a day: up to the target, in whole packs, at least the minimum."""
    needed = policy.target[:, None] - position
    units = np.maximum(needed, policy.minimum[:, None])
    packed = np.ceil(units / policy.pack[:, None] - 1e-9) * policy.pack[:, None]
    due = looks & (position <= policy.point[:, None]) & (needed > 1e-9)
    orders: Floats = np.where(due, packed, 0.0)
    return orders


def _part(policy: Policy, rows: slice) -> Policy:
    names = ("point", "target", "lead", "lead_sd", "review", "pack", "minimum")
    return Policy(*(getattr(policy, name)[rows] for name in names))

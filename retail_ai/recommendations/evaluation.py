"""The hold-out and the gate: how would this model have done on days it did not see, beside popularity?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from retail_ai.engine import metrics
from retail_ai.engine.baselines import fit_popularity
from retail_ai.recommendations.collect import History, Items

HELD_OUT_SHARE = 0.1
MOST_PEOPLE = 4000
FEWEST_PEOPLE = 20
Score = Callable[[list[Items]], NDArray[Any]]


@dataclass(frozen=True, slots=True)
class HoldOut:
    """``train``: all items before ``moment``; ``pasts`` and ``targets``: of those who then did something new."""

    moment: float
    train: list[Items]
    pasts: list[Items]
    targets: Items


def hold_out(history: History, *, seed: int = 0) -> HoldOut:
    """Split by time, the newest tenth of the events aside; the first item that is new to a person is the target."""
    moments = np.concatenate([times for _, times in history.people] or [np.zeros(0)])
    moment = float(np.quantile(moments, 1 - HELD_OUT_SHARE)) if len(moments) else 0.0
    pasts, targets = [], []
    for items, times in history.people:
        cut = int(np.searchsorted(times, moment))
        fresh = [item for item in items[cut:] if item not in set(items[:cut])]
        if cut and fresh:
            pasts.append(items[:cut])
            targets.append(fresh[0])
    if len(pasts) > MOST_PEOPLE:
        chosen = np.random.default_rng(seed).choice(len(pasts), MOST_PEOPLE, replace=False)
        pasts, targets = [pasts[i] for i in chosen], [targets[i] for i in chosen]
    return HoldOut(moment, history.until(moment), pasts, np.array(targets, dtype=np.int64))


def measure(split: HoldOut, score: Score, n_items: int) -> dict[str, Any]:
    """The table's row of one model: hr5…coverage, and a 95 % interval of NDCG@10."""
    ranks, shown = [], set()
    for start in range(0, len(split.targets), 256):
        pasts, targets = split.pasts[start : start + 256], split.targets[start : start + 256]
        scores = score(pasts)
        ranks.append(metrics.ranks_of(scores, targets, pasts))
        masked = np.array(scores, copy=True)
        for row, past in enumerate(pasts):
            masked[row, past] = -np.inf
        shown.update(np.unique(np.argpartition(-masked, min(10, n_items - 1), axis=1)[:, :10]).tolist())
    found = np.concatenate([*ranks, np.zeros(0)])
    counts = np.bincount(np.concatenate([*split.train, np.zeros(0, np.int64)]), minlength=n_items)
    return {
        **metrics.summary(found, metrics.tail_items(counts)[split.targets], len(shown), n_items),
        "ndcg10_interval": metrics.interval(metrics.gains(found, 10)),
        "people": len(found),
    }


def popularity(split: HoldOut, n_items: int) -> Score:
    """The rival that every model must beat."""
    return fit_popularity(split.train, n_items).score


def gate(rows: dict[str, dict[str, Any]], *, served: str = "model") -> tuple[bool, list[str]]:
    """Whether the model may serve, and the reasons: enough people to judge by, and better than popularity."""
    ours, theirs = rows[served], rows["popularity"]
    if ours["people"] < FEWEST_PEOPLE:
        return False, [
            _("Only %(people)d people did something new in the newest days; %(least)d are needed to judge.")
            % {"people": ours["people"], "least": FEWEST_PEOPLE}
        ]
    numbers = {"ours": ours["ndcg10"], "theirs": theirs["ndcg10"]}
    if ours["ndcg10"] <= theirs["ndcg10"] or ours["hr10"] < theirs["hr10"]:
        return False, [_("No better than popularity: NDCG@10 %(ours).4f against %(theirs).4f.") % numbers]
    return True, [_("Better than popularity: NDCG@10 %(ours).4f against %(theirs).4f.") % numbers]

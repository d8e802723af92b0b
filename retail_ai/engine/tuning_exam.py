"""The exam that settings sit: one matrix scored in many ways over the same people, each way at little cost."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from retail_ai.engine import metrics
from retail_ai.engine.item_content import ItemContent
from retail_ai.engine.linear_settings import Settings
from retail_ai.engine.moments import counts_of
from retail_ai.engine.neighbours import weighed
from retail_ai.engine.ridge import rows_product, spread_product, threads
from retail_ai.engine.sequential_linear import content_unit, popularity

Items = NDArray[np.int64]
Floats = NDArray[np.float32]
STEPS: dict[str, tuple[float, ...]] = {
    "recall": (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
    "newest": (1.0, 1.6, 2.5, 4.0),
    "popularity_power": (0.0, 0.05, 0.1, 0.2, 0.3, 0.5),
    "content": (0.0, 0.25, 0.5, 1.0, 1.4, 2.0, 2.8, 4.0, 8.0),
    "smooth": (0.0, 0.5, 1.0, 1.5),
}
CONTENT = ("content", "smooth")
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Exam:
    """``pasts`` and the item that followed each; ``train`` and ``times``: what may be learned from; ``near``:
    look-alikes."""

    pasts: list[Items]
    targets: Items
    train: list[Items]
    times: list[NDArray[np.float64]]
    n_items: int
    content: ItemContent | None
    near: sparse.csr_matrix | None = None
    spread: float = 0.0

    @classmethod
    def of(
        cls,
        pasts: list[Items],
        targets: Items,
        train: list[Items],
        times: list[NDArray[np.float64]],
        n_items: int,
        content: ItemContent | None,
    ) -> "Exam":
        """With what all matrices share computed once."""
        if content is None:
            return cls(pasts, targets, train, times, n_items, None)
        near = content.likeness(np.arange(n_items))
        return cls(pasts, targets, train, times, n_items, content, near, content.spread())


def climb(settings: Settings, height: Callable[[Settings], float], names: Sequence[str]) -> tuple[Settings, float]:
    """One name after another: from its value to the next step up or down as long as that is better.

    Content and smoothing are tried at every step, for a little may help no more than none; of equals the least wins.
    Last, neither is tried: one may look needed only while the other is there.
    """
    reached = height(settings)
    for name in names:
        if name in CONTENT:
            tried = [_with(settings, name, step) for step in STEPS[name]]
            heights = [height(option) for option in tried]
            settings, reached = tried[int(np.argmax(heights))], max(heights)
            continue
        settings, reached = _stepped(settings, height, name, reached)
    return _without_content(settings, height, names, reached) if set(CONTENT) <= set(names) else (settings, reached)


def _without_content(
    settings: Settings, height: Callable[[Settings], float], names: Sequence[str], reached: float
) -> tuple[Settings, float]:
    """What was reached, or more, by what people did alone."""
    if not settings.content and not settings.smooth:
        return settings, reached
    others = [name for name in names if name not in CONTENT]
    plain, height_of_plain = climb(replace(settings, content=0.0, smooth=0.0), height, others)
    return (plain, height_of_plain) if height_of_plain >= reached else (settings, reached)


def _stepped(
    settings: Settings, height: Callable[[Settings], float], name: str, reached: float
) -> tuple[Settings, float]:
    """Up or down the steps of one name while it gets better."""
    here = getattr(settings, name)
    below = [step for step in STEPS[name] if step < here][::-1]
    above = [step for step in STEPS[name] if step > here]
    for way in (below, above):
        for step in way:
            tried = _with(settings, name, step)
            if (found := height(tried)) <= reached:
                break
            settings, reached = tried, found
    return settings, reached


def _with(settings: Settings, name: str, value: Any) -> Settings:
    return replace(settings, **{name: value})


class Sheets:
    """Everyone's scores by one matrix, computed once for each way to weigh a history, then weighed against content."""

    def __init__(self, exam: Exam, weights: Floats) -> None:
        self.exam, self.weights = exam, weights
        self.counts = counts_of(exam.train, exam.n_items)
        self.squares = np.einsum("ij,ij->j", weights, weights, dtype=np.float64)
        self.spread_to: Floats | None = None
        self.heights: dict[Settings, float] = {}
        self.at: tuple[object, ...] = ()

    def ndcg(self, settings: Settings) -> float:
        """NDCG@10 over everyone."""
        if settings not in self.heights:
            self._turn_to(settings)
            chunks = [slice(at, at + _CHUNK) for at in range(0, len(self.exam.pasts), _CHUNK)]
            with ThreadPoolExecutor(threads()) as pool:
                ranks = list(pool.map(lambda rows: self._ranks(settings, rows), chunks))
            self.heights[settings] = metrics.ndcg(np.concatenate(ranks), 10)
        return self.heights[settings]

    def _turn_to(self, settings: Settings) -> None:
        """Behaviour's and content's scores, anew only where the history is weighed or smoothed otherwise."""
        wanted = (settings.kernel, settings.smooth, bool(settings.content))
        if wanted == self.at:
            return
        sources = weighed(self.exam.pasts, self.exam.n_items, settings.kernel)
        self.behaviour = self._behaviour(sources, np.float32(settings.smooth))
        self.likeness = self.exam.content.score(sources) if self.exam.content and settings.content else None
        self.at = wanted

    def _behaviour(self, sources: Any, share: Any) -> Floats:
        found = rows_product(sources, self.weights)
        near = self.exam.near
        if not share or near is None:
            return found
        if self.spread_to is None:
            self.spread_to = spread_product(near, self.weights)
        found += share * rows_product(sources, self.spread_to)
        found += share * spread_product(near, np.ascontiguousarray(found.T)).T
        return found

    def _ranks(self, settings: Settings, rows: slice) -> NDArray[np.int64]:
        divisor = popularity(self.counts, settings)
        scores = self.behaviour[rows] / divisor
        if self.likeness is not None and settings.content:
            loud = float((self.squares / divisor**2).sum())
            unit = content_unit(loud, self.exam.n_items, self.exam.spread)
            scores += np.float32(settings.content * unit) * self.likeness[rows]
        return np.asarray(metrics.ranks_of(scores, self.exam.targets[rows], self.exam.pasts[rows]))

"""People's histories laid end to end, and what a pair of their items weighs in second moments. It sums no matrix.

An item's past weighs decay^age. Two items both stand in the past of everything that comes after them: the sum of their
weights' products over all of that is a geometric series, so one number a pair is computed, and not one for every pair
and every later item.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Items = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Walks:
    """Histories end to end. ``item``: numbers, -1 for one that is left out. ``step``: the number of each item's moment
    within its history, without gaps. ``begin``, ``end``: where its history begins and ends; ``first``, ``last``: where
    its moment does (``last`` and ``end`` are one beyond)."""

    item: Items
    step: Items
    begin: Items
    end: Items
    first: Items
    last: Items

    @classmethod
    def of(cls, items: Sequence[Items], steps: Sequence[Items]) -> "Walks":
        lengths = np.array([len(own) for own in items], dtype=np.int64)
        begin, end = np.repeat(np.cumsum(lengths) - lengths, lengths), np.repeat(np.cumsum(lengths), lengths)
        step = np.concatenate([*steps, np.zeros(0, np.int64)]).astype(np.int64)
        new = np.flatnonzero(np.diff(step, prepend=-1) | (np.arange(len(step)) == begin))
        sizes = np.diff(new, append=len(step))
        first, last = np.repeat(new, sizes), np.repeat(new + sizes, sizes)
        return cls(np.concatenate([*items, np.zeros(0, np.int64)]).astype(np.int64), step, begin, end, first, last)

    def span(self, lag: int) -> Items:
        """How many moments lie between the items ``lag`` places apart, by the earlier one; across histories anything
        from 0 to ``longest``."""
        size = len(self.step) - lag
        return np.asarray(np.clip(self.step[lag:] - self.step[:size], 0, self.longest))

    def pairs(self, lag: int, weight: Floats) -> tuple[Items, Items, Floats]:
        """(earlier item, later item, weight) of the pairs of one history whose items both count."""
        size = len(self.item) - lag
        early, late = self.item[:size], self.item[lag:]
        place = np.flatnonzero((early >= 0) & (late >= 0) & (self.begin[:size] == self.begin[lag:]) & (weight > 0))
        return early[place], late[place], weight[place]

    @property
    def has_baskets(self) -> bool:
        """Whether any moment has more than one item."""
        return bool((self.last - self.first > 1).any())

    @property
    def longest(self) -> int:
        return int((self.end - self.begin).max(initial=0))

    def mirrored(self) -> "Walks":
        """The same histories walked back."""
        size = len(self.item)
        steps = (self.step[self.end - 1] - self.step)[::-1] if size else self.step
        turned = (size - self.end, size - self.begin, size - self.last, size - self.first)
        return Walks(self.item[::-1], steps, *(place[::-1] for place in turned))


class PairWeights:
    """For pairs of items ``lag`` places apart: Σ over what has both in its past, at most ``window`` places back or in
    its own moment, of the product of their weights decay^age."""

    def __init__(self, walks: Walks, decay: float, window: int) -> None:
        self.walks, self.window = walks, window
        self.once = decay ** np.arange(walks.longest + 1, dtype=np.float64)
        self.twice = self.once**2
        self.has_baskets = walks.has_baskets
        series, size = self._series(), len(walks.item)
        after = walks.last < walks.end
        self.whole = np.where(after, series[np.minimum(walks.last, size - 1)], 0.0) if size else series
        # What lies beyond the window of an item is taken off the sum.
        beyond = np.arange(size) + window + 1
        self.far = beyond < walks.end
        beyond = np.minimum(beyond, max(size - 1, 0))
        self.rest, self.at = np.where(self.far, series[beyond], 0.0), walks.step[beyond] - 1

    def of(self, lag: int) -> Floats:
        """One number for each pair (p, p + lag), by p; of pairs across two histories it means nothing."""
        walks, size = self.walks, len(self.walks.item)
        early, late = slice(0, size - lag), slice(lag, size)
        span = walks.span(lag)
        found = self.whole[late].copy()
        if self.far[early].any():
            ages = np.clip(self.at[early] - walks.step[late], 0, len(self.once) - 1)
            found -= np.where(self.far[early], self.twice[ages] * self.rest[early], 0.0)
        if self.has_baskets or lag > self.window:
            found[np.arange(size - lag) + self.window + 1 <= walks.last[late]] = 0.0
        found *= self.once[span]
        return found + self._of_a_basket(lag, span) if self.has_baskets else found

    def _of_a_basket(self, lag: int, span: Items) -> Floats:
        """What stands in the moment of the later item has it in its past, too, at no age."""
        walks, size = self.walks, len(self.walks.item)
        place = np.arange(size - lag)
        lowest = np.maximum(walks.first[lag:], place + lag - self.window)
        highest = np.minimum(walks.last[lag:], place + self.window + 1)
        count = np.maximum(highest - lowest, 0)
        if lag <= self.window:
            # Neither of the two is in its own past.
            count = count - 1 - (span == 0) * (lag > 0)
        return np.asarray(count * self.once[np.maximum(span - 1, 0)])

    def _series(self) -> Floats:
        """For each place the sum of decay^(2·moments ahead) over it and all that follows, by doubling the reach."""
        walks, total, reach = self.walks, np.ones(len(self.walks.item)), 1
        while reach < walks.longest:
            inside = np.flatnonzero(np.arange(reach, len(total)) < walks.end[: len(total) - reach])
            ages = walks.step[inside + reach] - walks.step[inside]
            total[inside] += self.twice[ages] * total[inside + reach]
            reach *= 2
        return total

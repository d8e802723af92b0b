"""What the sequential-linear recommender can be set to. It chooses nothing: ``tuning`` does."""

from dataclasses import dataclass

# The last so many items of a history count.
WINDOW = 60


@dataclass(frozen=True, slots=True)
class Settings:
    """``decay``: weight of an item per step of age in training; in scoring the newest item weighs ``newest`` and those
    before it 1, recall, recall² … (``recall`` None: as in training). ``window``: the last so many items count.
    ``max_items``: the most frequent so many items get a row; the rest are found by their content alone.
    ``head``: so many are solved exactly, the rest to first order (see ``blocked``). ``backward``: how much the walk
    from an item to the one before it teaches. ``content``: weight of the items' likeness; at 1 it speaks as loudly as
    the matrix. ``smooth``: how much of an item's weights goes to its look-alikes (for matrices held whole)."""

    decay: float = 0.8
    popularity_power: float = 0.1
    ridge: float = 150.0
    window: int = WINDOW
    max_items: int = 200_000
    head: int = 3_000
    recall: float | None = None
    newest: float = 1.0
    backward: float = 0.0
    content: float = 0.0
    smooth: float = 0.0

    @property
    def kernel(self) -> tuple[float, ...]:
        """What the newest item of a history weighs, the one before it, and so on: ``window`` numbers."""
        recall = self.decay if self.recall is None else self.recall
        return (self.newest, *(recall**age for age in range(1, self.window)))

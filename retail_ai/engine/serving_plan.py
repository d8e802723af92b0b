"""How a model wants to be served: what a history's products weigh, and how links and vectors are added up."""

from dataclasses import asdict, dataclass, field
from typing import Any

from retail_ai.engine.neighbours import LINKS

USUAL_KERNEL = tuple(round(0.8**age, 6) for age in range(30))


@dataclass(frozen=True, slots=True)
class ServingPlan:
    """A candidate's score is Σ over kinds of weight × (Σ over the history of kernel × strength) / the kind's best.

    ``kernel``: the weight of someone's newest distinct product, of the one before…; older ones do not count.
    ``links``: of the Neighbour rows of kind ``next`` so many out of each product and so many into it (scores > 0).
    ``weights``: of the kinds ``next`` (strength: the row's score) and ``content`` (strength: cosine of the vectors).
    """

    kernel: tuple[float, ...] = USUAL_KERNEL
    links: int = LINKS
    weights: dict[str, float] = field(default_factory=lambda: {"next": 1.0, "content": 0.4})

    def as_json(self) -> dict[str, Any]:
        """What ``plan_of`` reads again."""
        return {**asdict(self), "kernel": list(self.kernel)}

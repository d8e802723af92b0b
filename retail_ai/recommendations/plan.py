"""How a release wants to be served: what a history's products weigh, and how links and vectors are added up.

Training writes it into ``Release.configuration["serving"]`` after measuring the release in just this way; a request
reads it. It ranks nothing itself.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from retail_ai.recommendations.models import Release

USUAL_KERNEL = tuple(round(0.8**age, 6) for age in range(30))


@dataclass(frozen=True, slots=True)
class ServingPlan:
    """A candidate's score is Σ over kinds of weight × (Σ over the history of kernel × strength) / the kind's best.

    ``kernel``: the weight of someone's newest distinct product, of the one before…; older ones do not count.
    ``links``: how many Neighbour rows of kind ``next`` each product has at most, strongest first (scores > 0).
    ``weights``: of the kinds ``next`` (strength: the row's score) and ``content`` (strength: cosine of the vectors).
    """

    kernel: tuple[float, ...] = USUAL_KERNEL
    links: int = 60
    weights: dict[str, float] = field(default_factory=lambda: {"next": 1.0, "content": 0.4})

    def as_json(self) -> dict[str, Any]:
        """What ``plan_of`` reads again."""
        return {**asdict(self), "kernel": list(self.kernel)}


def plan_of(release: Release | None) -> ServingPlan:
    """The plan a release was measured with; the usual one for none, or for a release that carries none."""
    given = release.configuration.get("serving") if release else None
    if not given:
        return ServingPlan()
    return ServingPlan(tuple(map(float, given["kernel"])), int(given["links"]), dict(given["weights"]))

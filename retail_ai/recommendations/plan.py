"""Reads how a release wants to be served. Training measured the release in just this way and wrote it down."""

from retail_ai.engine.serving_plan import ServingPlan
from retail_ai.recommendations.models import Release

__all__ = ["ServingPlan", "plan_of"]


def plan_of(release: Release | None) -> ServingPlan:
    """The plan a release was measured with; the usual one for none, or for a release that carries none."""
    given = release.configuration.get("serving") if release else None
    if not given:
        return ServingPlan()
    return ServingPlan(tuple(map(float, given["kernel"])), int(given["links"]), dict(given["weights"]))

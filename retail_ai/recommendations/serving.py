"""The serving plan of the release in service: read once a process, since a release's plan never changes."""

from functools import lru_cache

from retail_ai.recommendations.models import Release
from retail_ai.recommendations.plan import ServingPlan, plan_of

# Vectors of so many of the newest products make up the taste of the moment.
TASTE_OF = 8


@lru_cache(maxsize=8)
def plan_for(release: int | None) -> ServingPlan:
    """The plan of a release by its key; the usual one where none serves. Which release serves, history asks."""
    found = Release.objects.filter(pk=release).only("configuration").first() if release is not None else None
    return plan_of(found)

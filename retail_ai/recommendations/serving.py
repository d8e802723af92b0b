"""How the release in service weighs what it learned: read once a process, since a release never changes."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from retail_ai.recommendations.models import Release
from retail_ai.recommendations.sql import fetch

# Where a release says nothing of its own.
DECAY, WINDOW = 0.8, 30
WEIGHTS = {"next": 1.0, "content": 0.4}
# Vectors of so many of the newest products make up the taste of the moment.
TASTE_OF = 8
# Products whose strongest link is looked at to tell how large a release's scores are.
SAMPLE = 1_000


@dataclass(frozen=True, slots=True)
class Serving:
    """``decay`` a step back in history, ``window`` steps, ``weights`` by kind of evidence, and ``scale`` by kind of
    link: what a link's score is divided by, so that a typical strongest link counts 1."""

    decay: float
    window: int
    weights: dict[str, float]
    scale: dict[str, float]


def serving_of(release: int | None) -> Serving:
    """The settings of a release by its key, or the defaults where none serves."""
    return _read(release) if release is not None else Serving(DECAY, WINDOW, WEIGHTS, {})


@lru_cache(maxsize=8)
def _read(release: int) -> Serving:
    configuration = Release.objects.filter(pk=release).values_list("configuration", flat=True).first() or {}
    given: dict[str, Any] = configuration.get("serving") or {}
    decay, window = _number(given.get("decay"), DECAY), int(_number(given.get("window"), WINDOW))
    weights = {kind: _number((given.get("weights") or {}).get(kind), usual) for kind, usual in WEIGHTS.items()}
    return Serving(min(decay, 1.0), min(max(window, 1), 60), weights, _scales(release))


def _scales(release: int) -> dict[str, float]:
    rows = fetch(
        "SELECT kind, avg(strongest) FROM (VALUES ('next'), ('together')) AS k (kind) CROSS JOIN LATERAL"
        " (SELECT max(score) AS strongest FROM retail_ai_neighbour n WHERE n.release_id = %s AND n.kind = k.kind"
        f" GROUP BY product_id LIMIT {SAMPLE}) AS s GROUP BY kind",
        [release],
    )
    return {kind: float(scale) for kind, scale in rows if scale and scale > 0}


def _number(given: Any, usual: float) -> float:
    return float(given) if isinstance(given, int | float) and given >= 0 else usual


def forget() -> None:
    """For tests, in which another release may get the same key."""
    _read.cache_clear()

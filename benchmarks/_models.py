"""Every model of ours as the sequence benchmark trains it: what it takes, what it notes. Measures nothing."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from benchmarks._sequences import Items, Score, measure
from retail_ai.backends.recommenders.transformer import TransformerRecommender
from retail_ai.engine import sequential_linear, tuning
from retail_ai.engine.baselines import ContentModel, fit_ease, fit_neighbours, fit_popularity
from retail_ai.engine.item_content import ItemContent
from retail_ai.engine.linear_settings import Settings
from retail_ai.engine.link_choice import audible, choose_links, length_of
from retail_ai.engine.neighbours import Neighbours, strongest

# No further matrix is begun after so long; a shop has no such limit.
TUNE_SECONDS = 60.0
KERNEL = tuple(0.8**age for age in range(30))


@dataclass(slots=True)
class Trained:
    """How a model scores, and what is worth noting of its training."""

    score: Score
    notes: dict[str, Any] = field(default_factory=dict)


Train = Callable[[list[Items], dict[str, Any] | None], Trained]


def ours(n_items: int, content: ItemContent | None, transformer: dict[str, Any] | None) -> dict[str, Train]:
    """Name → (sequences, what an earlier training of it settled) → trained. Smallest first."""
    made: dict[str, Train] = {
        "popularity": lambda rows, _: Trained(fit_popularity(rows, n_items).score),
        "cooccurrence": lambda rows, _: Trained(fit_neighbours(rows, n_items).score),
        "ease": lambda rows, _: Trained(fit_ease(rows, n_items).score),
    }
    if content is not None:
        made["content"] = lambda rows, _: Trained(ContentModel(content, KERNEL).score)
    made["sequential_linear"] = partial(_linear, n_items, None)
    if content is not None:
        made["sequential_linear_content"] = partial(_linear, n_items, content)
    made["served_links"] = partial(_served, n_items, content)
    if transformer is not None:
        made["transformer"] = partial(_transformer, n_items, content, transformer)
    return made


def _linear(n_items: int, content: ItemContent | None, rows: list[Items], settled: dict[str, Any] | None) -> Trained:
    """Tuned unless it is known how."""
    notes = _settings(n_items, content, rows, settled)
    model = sequential_linear.fit(rows, n_items, Settings(**notes["settings"]), content)
    return Trained(_or_popular(model.score, rows, n_items), notes)


def _served(n_items: int, content: ItemContent | None, rows: list[Items], settled: dict[str, Any] | None) -> Trained:
    """Scored by the strongest links of each product alone, as in the shop; how many is chosen as the pipeline does."""
    notes = _settings(n_items, content, rows, settled)
    settings = Settings(**notes["settings"])
    kernel, known = audible(settings.kernel), (settled or {}).get("links")
    links = known or _links_for(n_items, content, rows, settings, kernel)
    found = strongest(sequential_linear.fit(rows, n_items, settings, content).linked, rows, n_items, k=links)
    score = _or_popular(partial(found.score, kernel=kernel), rows, n_items)
    return Trained(score, {**notes, "links": links, "links_a_product": round(len(found.scores) / max(n_items, 1), 1)})


def _or_popular(score: Score, rows: list[Items], n_items: int) -> Score:
    """For a history of which nothing follows, what is popular, as the shop has it."""
    counts = fit_popularity(rows, n_items).counts

    def scores(pasts: list[Items]) -> np.ndarray:
        found = np.array(score(pasts), dtype=np.float32)
        found[found.max(axis=1, initial=0) <= 0] = counts
        return found

    return scores


def _links_for(
    n_items: int, content: ItemContent | None, rows: list[Items], settings: Settings, kernel: tuple[float, ...]
) -> int:
    """Chosen on people's last item by a model that was not taught it."""
    inner, asked = [row[:-1] if len(row) > 1 else row for row in rows], tuning.held_out(rows)
    model = sequential_linear.fit(inner, n_items, settings, content)
    last = [(inner[i], int(rows[i][-1])) for i in asked]

    def height(links: Neighbours) -> float:
        return measure(partial(links.score, kernel=kernel), last, inner, n_items)["ndcg10"]

    made = partial(_strongest, model, inner, n_items)
    return choose_links(made, height, n_items, length_of([past for past, _ in last], kernel)).links


def _strongest(model: sequential_linear.Model, rows: list[Items], n_items: int, links: int) -> Neighbours:
    return strongest(model.linked, rows, n_items, k=links)


def _settings(
    n_items: int, content: ItemContent | None, rows: list[Items], settled: dict[str, Any] | None
) -> dict[str, Any]:
    """What was settled before, or tuned now."""
    if settled:
        return {name: settled[name] for name in ("settings", "tune_seconds")}
    started = time.perf_counter()
    settings = tuning.tune(rows, n_items, content, seconds=TUNE_SECONDS).settings
    return {"settings": asdict(settings), "tune_seconds": round(time.perf_counter() - started, 2)}


def _transformer(
    n_items: int,
    content: ItemContent | None,
    options: dict[str, Any],
    rows: list[Items],
    settled: dict[str, Any] | None,
) -> Trained:
    vectors = _narrow(content, options.get("width", 128)) if content else None
    model = TransformerRecommender(**options).fit(rows, n_items=n_items, vectors=vectors)
    heights = [round(height, 4) for height in model.heights]  # type: ignore[attr-defined]
    # Its early stopping has asked for everyone's last item already, without having been taught it.
    notes = {
        "epochs": len(heights), "seconds_at_most": options.get("seconds"), "validation_by_epoch": heights,
        "validation_ndcg10": max(heights, default=0.0),
    }  # fmt: skip
    return Trained(model.score, notes)


def _narrow(content: ItemContent, width: int) -> np.ndarray:
    """Dense vectors of the attributes' principal directions, to start embeddings from."""
    rows = content.vectors
    if not sparse.issparse(rows):
        return np.asarray(rows, dtype=np.float32)
    size = min(width, min(rows.shape) - 1)
    if size < 1:
        return np.asarray(rows.toarray(), dtype=np.float32)
    left, heights, _ = svds(rows, k=size, random_state=0)
    return np.asarray(left * heights, dtype=np.float32)

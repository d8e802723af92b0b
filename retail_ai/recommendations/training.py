"""Trains a release: measures on held-out days, fits on all, writes neighbours. Whether it serves is decided later."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np
from django.db import connection

from retail_ai.backends import get_recommender
from retail_ai.backends.base import Vectors
from retail_ai.catalog.models import ProductVector
from retail_ai.catalog.spaces import active_space
from retail_ai.engine.neighbours import Neighbours, strongest, together
from retail_ai.exceptions import InvalidInput
from retail_ai.recommendations.collect import History, Items, collect_history
from retail_ai.recommendations.evaluation import gate, hold_out, measure, popularity
from retail_ai.recommendations.models import Neighbour, Release
from retail_ai.recommendations.plan import ServingPlan

# How serving weighs a history; the model is measured the way it is served.
PLAN = ServingPlan()


def train_release() -> Release:
    """A release in state TRAINING with its metrics and neighbours. Raises InvalidInput when there is no history."""
    history = collect_history()
    if not history.people:
        raise InvalidInput("No views, carts or purchases are recorded yet: back-fill the shop's history first.")
    release = Release.objects.create(**_describe(history))
    vectors = _vectors(history)
    rows = _measure(history, vectors)
    release.metrics = dict(rows.items())
    release.passed_gate, release.notes = gate(rows)
    if history.dropped_as_bots:
        release.notes.append(f"{history.dropped_as_bots} visitors with too many events for a person were left out.")
    release.save()
    next_items = _fit(history.sequences, len(history.keys), vectors)
    _write(release, Neighbour.Kind.NEXT, next_items, history)
    _write(release, Neighbour.Kind.TOGETHER, together(history.baskets, len(history.keys)), history)
    return release


def _describe(history: History) -> dict[str, Any]:
    recommender = get_recommender()
    return {
        "backend": recommender.identity,
        "configuration": {**recommender.options, "serving": PLAN.as_json()},
        "data_from": history.first,
        "data_until": history.last,
        "event_count": history.events,
        "customer_count": len(history.people),
        "product_count": len(history.keys),
    }


def _measure(history: History, vectors: Vectors | None) -> dict[str, dict[str, Any]]:
    split, n_items = hold_out(history), len(history.keys)
    links = _fit(split.train, n_items, vectors)
    rows = {
        "model": measure(split, lambda pasts: links.score(pasts, kernel=PLAN.kernel), n_items),
        "popularity": measure(split, popularity(split, n_items), n_items),
    }
    rows["model"]["held_out_from"] = datetime.fromtimestamp(split.moment, UTC).isoformat()
    return rows


def _vectors(history: History) -> Vectors | None:
    """The catalogue's vectors in the history's order of products, zeros where one has none; None before any index."""
    space = active_space()
    if space is None or not history.keys:
        return None
    number = {key: place for place, key in enumerate(history.keys)}
    vectors = np.zeros((len(history.keys), space.dimensions), dtype=np.float32)
    rows = ProductVector.objects.filter(space=space).order_by().values_list("product_id", "embedding")
    for key, vector in rows.iterator(chunk_size=2_000):
        if key in number:
            vectors[number[key]] = vector
    return vectors


def _fit(sequences: list[Items], n_items: int, vectors: Vectors | None) -> Neighbours:
    model = get_recommender().fit(sequences, n_items=n_items, vectors=vectors)
    return strongest(model.similar, sequences, n_items, k=PLAN.links)


def _write(release: Release, kind: str, links: Neighbours, history: History) -> None:
    names = ("release", "kind", "product", "neighbour", "score", "support")
    columns = ", ".join(connection.ops.quote_name(str(Neighbour._meta.get_field(n).column)) for n in names)  # type: ignore[union-attr]
    table = connection.ops.quote_name(Neighbour._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in _rows(links, history):
            copy.write_row((release.pk, str(kind), *row))


def _rows(links: Neighbours, history: History) -> Iterator[tuple[Any, ...]]:
    columns = (links.sources.tolist(), links.targets.tolist(), links.scores.tolist(), links.support.tolist())
    for source, target, score, support in zip(*columns, strict=True):
        yield history.keys[source], history.keys[target], score, support

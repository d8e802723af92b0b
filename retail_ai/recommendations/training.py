"""Trains a release in two stages: examined on weeks it has not seen, then fitted on all. Settling it comes later.

A stage that is done is never done again when a job goes on after an interruption.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.utils.module_loading import import_string

from retail_ai import __version__
from retail_ai.backends import get_recommender, get_recommenders
from retail_ai.backends.base import Recommender
from retail_ai.conf import conf
from retail_ai.engine.neighbours import Neighbours, strongest, together
from retail_ai.exceptions import InvalidInput
from retail_ai.recommendations.collect import History, collect_history
from retail_ai.recommendations.gate_words import cleaning_notes, judgement_notes
from retail_ai.recommendations.item_vectors import item_vectors, text_vectors
from retail_ai.recommendations.models import Neighbour, Release
from retail_ai.recommendations.pipeline import Choice, Data, Outcome, run
from retail_ai.recommendations.plan import plan_of

# What every draw of a training begins with, unless a recommender's options name another: who is asked, what is left
# out, how a network starts. The same history and seed give the same release.
SEED = 0


def examine_release() -> Release:
    """A release in state TRAINING with the choice of model, its figures and the gate's decision.

    Raises InvalidInput when there is no history.
    """
    history = collect_history()
    if not history.cleaned.sequences:
        raise InvalidInput("No views, carts or purchases are recorded yet: back-fill the shop's history first.")
    candidates = get_recommenders()
    served = serving_release()
    outcome = run(data_of(history), candidates, recommender_of, in_service=choice_of(served) if served else None)
    notes = [*judgement_notes(outcome.judgement, outcome.challenger), *cleaning_notes(history.cleaned.dropped)]
    return Release.objects.create(
        **_described(history, outcome.choice),
        metrics=_figures(outcome, served),
        passed_gate=outcome.judgement.passed,
        notes=notes,
    )


def fit_release(release: Release) -> Release:
    """Fit the examined choice on everything and write its neighbours."""
    history = collect_history()
    data, choice = data_of(history), choice_of(release)
    if choice is None:
        raise InvalidInput(f"Release {release.pk} says nothing of how it is trained: train a new one.")
    Neighbour.objects.filter(release=release)._raw_delete(Neighbour.objects.db)
    cleaned = history.cleaned
    model = recommender_of(choice).fit(
        cleaned.sequences, n_items=data.n_items, vectors=data.vectors, times=cleaned.times
    )
    links = strongest(model.linked, cleaned.sequences, data.n_items, k=choice.plan.links)
    _write(release, Neighbour.Kind.NEXT, links, history)
    _write(release, Neighbour.Kind.TOGETHER, together(cleaned.baskets, data.n_items), history)
    return release


def data_of(history: History) -> Data:
    """A history as the pipeline takes it."""
    cleaned = history.cleaned
    known, text = item_vectors(history.keys), text_vectors(history.keys)
    return Data(cleaned.sequences, cleaned.times, len(history.keys), known, history.groups, text)


def serving_release() -> Release | None:
    """The release in service."""
    return Release.objects.filter(state=Release.State.SERVING).first()


def choice_of(release: Release) -> Choice | None:
    """How a release was trained and is served; None where that is not known any more."""
    told = release.configuration
    if told.get("recommender") not in get_recommenders() or "options" not in told:
        return None
    return Choice(told["recommender"], told["options"], plan_of(release), told.get("validation", {}))


def recommender_of(choice: Choice) -> Recommender:
    """The shop's recommender of that alias, with the options of the choice."""
    made: Recommender = import_string(conf.RECOMMENDERS[choice.alias]["BACKEND"])(**choice.options)
    return made


def _described(history: History, choice: Choice) -> dict[str, Any]:
    return {
        "backend": get_recommender(choice.alias).identity,
        "configuration": {
            "recommender": choice.alias,
            "options": dict(choice.options),
            "seed": choice.options.get("seed", SEED),
            "validation": dict(choice.validation),
            "serving": choice.plan.as_json(),
            "code": __version__,
            "left_out": dict(history.cleaned.dropped),
        },
        "data_from": history.first,
        "data_until": history.last,
        "event_count": history.cleaned.kept,
        "customer_count": len(history.cleaned.sequences),
        "product_count": len(history.keys),
    }


def _figures(outcome: Outcome, served: Release | None) -> dict[str, Any]:
    rows: dict[str, Any] = {name: marks.row() for name, marks in outcome.marks.items()}
    rows["model"]["held_out_from"] = datetime.fromtimestamp(outcome.split.moment, UTC).isoformat()
    if served and "in_service" in rows:
        rows["in_service"]["release"] = served.pk
    rows |= {f"again_{name}": marks.row() for name, marks in outcome.repeats.items() if len(marks.lists)}
    return rows


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

"""Next-item recommendation over the whole catalogue: every model of ours on one split, in one run.

Input: a line a customer, ``customer item item …`` in time order. The last item is the test, the one before it the
validation. Everything is chosen on validation alone (trained without the last two items), then trained again with all
but the last and measured on the test. ``--attributes``: JSON ``{item: [attribute numbers]}``, which the model with
content uses and the others do not. Ends with one line of JSON. It reads no database.
"""

import argparse
import json
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from retail_ai.engine import metrics, tuning
from retail_ai.engine.baselines import fit_ease, fit_neighbours, fit_popularity
from retail_ai.engine.item_content import ItemContent, from_attributes
from retail_ai.engine.ranking import top_k
from retail_ai.engine.sequential_linear import fit

Items = np.ndarray
Score = Callable[[list[Items]], np.ndarray]
EASE_RIDGE = 100.0


@dataclass(slots=True)
class Trained:
    """A model fitted on all but the test items, how it did on validation, and what choosing and fitting it took."""

    score: Score
    validation: float
    seconds: float
    notes: dict[str, Any] = field(default_factory=dict)


def read(path: Path) -> tuple[list[Items], dict[str, int]]:
    """Sequences of item numbers from 0, those of fewer than 3 items left out; and the number of each item's name."""
    with path.open() as lines:
        rows = [line.split()[1:] for line in lines]
    number: dict[str, int] = {}
    sequences = [np.array([number.setdefault(item, len(number)) for item in row]) for row in rows if len(row) >= 3]
    return sequences, number


def read_attributes(path: Path, number: dict[str, int]) -> ItemContent:
    """Attributes of the items that occur in the sequences; an item without an entry has none."""
    given = json.loads(path.read_text())
    return from_attributes([given.get(item, []) for item in number])


def models(sequences: list[Items], n_items: int, content: ItemContent | None) -> Iterator[tuple[str, Trained]]:
    """Smallest first, so that the peak memory after each is its own."""
    for name, train in (
        ("popularity", lambda rows: fit_popularity(rows, n_items).score),
        ("cooccurrence", lambda rows: fit_neighbours(rows, n_items).score),
        ("ease", lambda rows: fit_ease(rows, n_items, EASE_RIDGE).score),
    ):
        yield name, _plain(train, sequences, n_items)
    yield from _tuned(sequences, n_items, content)


def _plain(train: Callable[[list[Items]], Score], sequences: list[Items], n_items: int) -> Trained:
    inner, outer = [s[:-2] for s in sequences], [s[:-1] for s in sequences]
    asked = [sequences[i] for i in tuning.held_out(outer)]
    validation = measure(train(inner), asked, 2, inner, n_items)["ndcg10"]
    started = time.perf_counter()
    score = train(outer)
    return Trained(score, validation, time.perf_counter() - started)


def _tuned(sequences: list[Items], n_items: int, content: ItemContent | None) -> Iterator[tuple[str, Trained]]:
    """Tuned and solved once: with content left out, then with it. Seconds are those of tuning and fit together."""
    outer = [s[:-1] for s in sequences]
    started, cpu = time.perf_counter(), time.process_time()
    tuned = tuning.tune(outer, n_items, content)
    tune_seconds = time.perf_counter() - started
    model = fit(outer, n_items, tuned.settings, content)
    seconds = time.perf_counter() - started
    notes = {
        "tune_seconds": round(tune_seconds, 2),
        "fit_seconds": round(seconds - tune_seconds, 2),
        "train_cpu_seconds": round(time.process_time() - cpu, 2),
        "matrices_tried": len(tuned.tried),
    }
    best = tuned.best
    plain = model.rescored(best.plain)
    yield (
        "sequential_linear",
        Trained(plain.score, best.plain_ndcg10, seconds, {**notes, "settings": asdict(best.plain)}),
    )
    if content is not None:
        model = plain.rescored(best.settings)
        name = "sequential_linear_content"
        yield name, Trained(model.score, best.ndcg10, seconds, {**notes, "settings": asdict(best.settings)})


def measure(score: Score, sequences: Sequence[Items], back: int, train: list[Items], n_items: int) -> dict[str, float]:
    """Rank the item ``back`` places from the end among all that the customer did not have before."""
    ranks, targets, shown, spent = [], [], np.zeros(n_items, dtype=bool), 0.0
    for start in range(0, len(sequences), 512):
        batch = sequences[start : start + 512]
        pasts, wanted = [s[:-back] for s in batch], np.array([s[-back] for s in batch])
        started = time.perf_counter()
        scores = np.array(score(pasts), dtype=np.float32)
        spent += time.perf_counter() - started
        ranks.append(metrics.ranks_of(scores, wanted, pasts))
        targets.append(wanted)
        for row, past in enumerate(pasts):
            scores[row, past] = -np.inf
        shown[top_k(scores, 10)] = True
    counts = np.bincount(np.concatenate(train), minlength=n_items)
    in_tail = metrics.tail_items(counts)[np.concatenate(targets)]
    row = metrics.summary(np.concatenate(ranks), in_tail, int(shown.sum()), n_items)
    return {**row, "score_us_per_customer": round(1e6 * spent / max(len(sequences), 1), 1)}


def peak_memory_mb() -> int:
    """Of the process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    sequences, number = read(arguments.sequences)
    content = read_attributes(arguments.attributes, number) if arguments.attributes else None
    chosen, table = {}, {}
    outer = [s[:-1] for s in sequences]
    for name, trained in models(sequences, len(number), content):
        row = measure(trained.score, sequences, 1, outer, len(number))
        chosen[name] = trained.validation
        seconds = {"train_seconds": round(trained.seconds, 2), "peak_memory_mb": peak_memory_mb()}
        table[name] = {**row, **seconds, "validation_ndcg10": chosen[name], **trained.notes}
        if not arguments.json:
            print(line(name, table[name]), flush=True)
        del trained
    return {"models": table, "served": max(chosen, key=lambda name: chosen[name])}


def line(name: str, row: dict[str, Any]) -> str:
    """A model's row for people to read."""
    return (
        f"{name:26} HR@10 {row['hr10']:.4f}  NDCG@10 {row['ndcg10']:.4f}  tail {row['tail_ndcg10']:.4f}  "
        f"coverage {row['coverage']:.3f}  {row['train_seconds']:6.1f} s  validation {row['validation_ndcg10']:.4f}"
    )


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sequences", type=Path, required=True)
    parser.add_argument("--attributes", type=Path, help="JSON: {item: [attribute numbers]}")
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    return parser.parse_args()


if __name__ == "__main__":
    print(json.dumps(run(parse())))

"""Next-item recommendation over the whole catalogue: ours beside popularity and EASE, on one split, in one run.

Input: a line a customer, ``customer item item …`` in time order. The last item is the test, the one before it the
validation. A model is chosen on validation alone (trained without the last two items), then trained again with all
but the last and measured on the test. Ends with one line of JSON. It reads no database.
"""

import argparse
import json
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from retail_ai.engine import metrics
from retail_ai.engine.baselines import fit_ease, fit_popularity
from retail_ai.engine.sequential_linear import Settings, fit, top_k

Items = np.ndarray
Score = Callable[[list[Items]], np.ndarray]


def read(path: Path) -> tuple[list[Items], int]:
    """Sequences of item numbers from 0, those of fewer than 3 items left out; and how many items there are."""
    with path.open() as lines:
        rows = [line.split()[1:] for line in lines]
    number: dict[str, int] = {}
    sequences = [np.array([number.setdefault(item, len(number)) for item in row]) for row in rows if len(row) >= 3]
    return sequences, len(number)


def models(
    n_items: int, settings: Settings, ease_ridge: float
) -> Iterator[tuple[str, Callable[[list[Items]], Score]]]:
    yield "popularity", lambda train: fit_popularity(train, n_items).score
    yield "ease", lambda train: fit_ease(train, n_items, ease_ridge).score
    yield "sequential_linear", lambda train: fit(train, n_items, settings).score


def measure(score: Score, sequences: list[Items], back: int, train: list[Items], n_items: int) -> dict[str, float]:
    """Rank the item ``back`` places from the end among all that the customer did not have before."""
    ranks, targets, shown = [], [], np.zeros(n_items, dtype=bool)
    for start in range(0, len(sequences), 512):
        batch = sequences[start : start + 512]
        pasts, wanted = [s[:-back] for s in batch], np.array([s[-back] for s in batch])
        scores = np.array(score(pasts), dtype=np.float32)
        ranks.append(metrics.ranks_of(scores, wanted, pasts))
        targets.append(wanted)
        for row, past in enumerate(pasts):
            scores[row, past] = -np.inf
        shown[top_k(scores, 10)] = True
    counts = np.bincount(np.concatenate(train), minlength=n_items)
    in_tail = metrics.tail_items(counts)[np.concatenate(targets)]
    return metrics.summary(np.concatenate(ranks), in_tail, int(shown.sum()), n_items)


def peak_memory_mb() -> int:
    """Of the process so far: models are run smallest first, so each row's figure is its own or an earlier one's."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    sequences, n_items = read(arguments.sequences)
    settings = Settings(arguments.decay, arguments.popularity_power, arguments.ridge, arguments.window, n_items)
    chosen, table = {}, {}
    for name, train in models(n_items, settings, arguments.ease_ridge):
        inner, outer = [s[:-2] for s in sequences], [s[:-1] for s in sequences]
        if not arguments.test_only:
            chosen[name] = measure(train(inner), sequences, 2, inner, n_items)["ndcg10"]
        started = time.perf_counter()
        score = train(outer)
        seconds = time.perf_counter() - started
        row = measure(score, sequences, 1, outer, n_items)
        table[name] = {**row, "train_seconds": round(seconds, 2), "peak_memory_mb": peak_memory_mb()}
        if not arguments.json:
            print(
                f"{name:18} HR@10 {row['hr10']:.4f}  NDCG@10 {row['ndcg10']:.4f}  tail {row['tail_ndcg10']:.4f}",
                f"coverage {row['coverage']:.3f}  {seconds:7.1f} s  validation {chosen.get(name, 0):.4f}",
                flush=True,
            )
    served = max(chosen, key=lambda name: chosen[name]) if chosen else "sequential_linear"
    return {"models": table, "served": served}


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sequences", type=Path, required=True)
    parser.add_argument("--decay", type=float, default=Settings().decay)
    parser.add_argument("--popularity-power", type=float, default=Settings().popularity_power)
    parser.add_argument("--ridge", type=float, default=Settings().ridge)
    parser.add_argument("--window", type=int, default=Settings().window)
    parser.add_argument("--ease-ridge", type=float, default=100.0)
    parser.add_argument("--test-only", action="store_true", help="skip the choice on validation")
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    return parser.parse_args()


if __name__ == "__main__":
    print(json.dumps(run(parse())))

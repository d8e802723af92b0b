"""Recommendation, every model of ours in one run; one of three kinds of input.

``--sequences``: a line a customer, ``customer item item …`` in time order; the last item is the test, the one before
the validation, the whole catalogue is ranked. Everything is chosen on validation alone, then trained with all but the
test. ``--attributes``: JSON ``{item: [attributes]}``. ``--rival rectools`` trains RecTools' SASRec and eSASRec on the
same split, with ``--rival-python`` where it needs an interpreter of its own (``pip install "rectools[torch]"``).
``--transactions``: a shop's sales through the training pipeline and its gate. ``--synthetic-items``: memory and time
of a fit over so many products. Ends with one line of JSON. Reads no database.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings

from benchmarks._memory import peak_mb, reset_peak
from benchmarks._models import Train, ours
from benchmarks._sequences import Malformed, Split, measure, read, read_attributes


def run_sequences(arguments: argparse.Namespace) -> dict[str, Any]:
    sequences, number = read(arguments.sequences)
    content = read_attributes(arguments.attributes, number) if arguments.attributes else None
    split = Split(sequences, len(number))
    limits = {"epochs": arguments.transformer_epochs, "seconds": arguments.transformer_seconds}
    transformer = limits if all(limits.values()) else None
    began, left_out = time.perf_counter(), list[str]()
    table: dict[str, dict[str, Any]] = {}
    for name, train in ours(len(number), content, transformer).items():
        if arguments.only and name not in arguments.only:
            continue
        if time.perf_counter() - began > arguments.seconds:
            left_out.append(name)
        else:
            table[name] = tried(train, split, settled(name, table))
            say(name, table[name], arguments)
    if left_out and not arguments.json:
        print(f"left out after {arguments.seconds:.0f} s (--seconds): {', '.join(left_out)}", flush=True)
    # The shortened form of a model is measured for what it costs; it is not a model to choose.
    able = {name: row["validation_ndcg10"] for name, row in table.items() if _can_be_chosen(name, row)}
    if arguments.rival:
        from benchmarks._rival import NAMES, python_with_rectools, run_rivals

        bounds = {"epochs": arguments.rival_epochs, "seconds": arguments.rival_seconds}
        bounds |= {"negatives": arguments.rival_negatives, "validated": arguments.rival_validated}
        rivals = {"python": python_with_rectools(arguments.rival_python), "names": arguments.rival_only or NAMES}
        for name, row in run_rivals(split, **rivals, **bounds).items():
            table[name] = row
            say(name, row, arguments)
    served = max(able, key=lambda name: able[name]) if able else None
    return {"models": table, "served": served, "left_out": left_out}


def settled(name: str, table: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    """What the model that is shortened for serving was tuned to; None for all others."""
    rows = [
        row for key in ("sequential_linear_content", "sequential_linear") if "settings" in (row := table.get(key, {}))
    ]
    return max(rows, key=lambda row: row["validation_ndcg10"]) if name == "served_links" and rows else None


def _can_be_chosen(name: str, row: dict[str, Any]) -> bool:
    return name != "served_links" and "validation_ndcg10" in row


def tried(train: Train, split: Split, notes: dict[str, Any] | None) -> dict[str, Any]:
    """A model's row; ``{"error": …}`` for one that cannot run here, so that the others are still measured."""
    try:
        return examined(train, split, notes)
    except (ImportError, MemoryError, RuntimeError, ValueError) as error:
        return {"error": f"{type(error).__name__}: {error}"}


def examined(train: Train, split: Split, notes: dict[str, Any] | None) -> dict[str, Any]:
    """One model: tuned and trained without the test, measured on it; and on validation by a training without that."""
    reset_peak()
    started, cpu = time.perf_counter(), time.process_time()
    trained = train(split.outer, notes)
    seconds = {"train_seconds": round(time.perf_counter() - started, 2)}
    seconds["train_cpu_seconds"] = round(time.process_time() - cpu, 2)
    row = {**measure(trained.score, split.tests, split.outer, split.n_items), **seconds, "peak_memory_mb": peak_mb()}
    notes = trained.notes
    del trained
    if "validation_ndcg10" in notes:
        return {**row, **notes}
    again = train(split.inner, notes)
    validation = measure(again.score, split.validations, split.inner, split.n_items)["ndcg10"]
    return {**row, "validation_ndcg10": validation, **notes}


def say(name: str, row: dict[str, Any], arguments: argparse.Namespace) -> None:
    """A model's row for people to read."""
    if arguments.json:
        return
    if "error" in row:
        print(f"{name:26} could not run: {row['error']}", flush=True)
        return
    note = f"  {row['epochs']} epochs in at most {row['seconds_at_most']:.0f} s" if "seconds_at_most" in row else ""
    note += f"  validation {row['validation_ndcg10']:.4f}" if "validation_ndcg10" in row else ""
    if row.get("extrapolated"):
        note += (
            f"  after {row['epochs']} of 200 epochs; all would take {row['published_seconds']:.0f} s (extrapolated)"
        )
    print(
        f"{name:26} HR@5 {row['hr5']:.4f}  HR@10 {row['hr10']:.4f}  NDCG@5 {row['ndcg5']:.4f}  "
        f"NDCG@10 {row['ndcg10']:.4f}  tail {row['tail_ndcg10']:.4f}  coverage {row['coverage']:.3f}  "
        f"{row['train_seconds']:7.1f} s  {row['peak_memory_mb']:6d} MB  {row['score_us_per_customer']:6.0f} µs{note}",
        flush=True,
    )


def run_synthetic(arguments: argparse.Namespace) -> dict[str, Any]:
    from benchmarks._scale import report

    sizes = {"events": arguments.synthetic_events, "dimensions": arguments.synthetic_vectors}
    found = report(arguments.synthetic_items, **sizes)
    if not arguments.json:
        exact = found["exactness"]
        print(
            f"{found['items']} products, {found['events']} events: tuned in {found['tune_seconds']} s, fitted in "
            f"{found['fit_seconds']} s, {found['links']} links in {found['links_seconds']} s; EASE in "
            f"{found['ease_seconds']} s; at most {found['peak_memory_mb']} MB"
        )
        if rows := found["sampled"]:
            print(
                f"{rows['rows']} rows beside the exact ones: relative error {rows['relative_error']:.4f}, "
                f"{rows['same_first']:.4f} of firsts and {rows['same_first_ten']:.4f} of first tens the same"
            )
        for name in ("linear", "ease"):
            print(
                f"{name} on {exact['items']} products: NDCG@10 {exact[f'{name}_ndcg10']:.4f}, solved exactly "
                f"{exact[f'exact_{name}_ndcg10']:.4f}"
            )
    return found


def run_transactions(arguments: argparse.Namespace) -> dict[str, Any]:
    from benchmarks._transactions import report

    return report(arguments.transactions, weeks=arguments.weeks, quiet=arguments.json)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kind = parser.add_mutually_exclusive_group(required=True)
    kind.add_argument("--sequences", type=Path)
    kind.add_argument("--transactions", type=Path)
    kind.add_argument("--synthetic-items", type=int)
    parser.add_argument("--synthetic-events", type=int, help="how much those products' shoppers did; ten a product")
    parser.add_argument(
        "--synthetic-vectors", type=int, default=0, help="numbers of each product's made-up text vector"
    )
    parser.add_argument("--attributes", type=Path, help="JSON: {item: [attributes]}")
    parser.add_argument("--only", nargs="*", help="of our models, these only")
    parser.add_argument("--transformer-epochs", type=int, default=40, help="at most; 0 leaves the transformer out")
    parser.add_argument("--transformer-seconds", type=float, default=180, help="its training ends after so long")
    parser.add_argument("--seconds", type=float, default=600, help="no model of ours is begun after so long")
    parser.add_argument("--rival", choices=["rectools"])
    parser.add_argument("--rival-python", help="an interpreter that has rectools[torch]; default: this one")
    parser.add_argument("--rival-epochs", type=int, default=200, help="at most (200 as published)")
    parser.add_argument("--rival-seconds", type=float, default=1e9, help="stop training each rival after so long")
    parser.add_argument("--rival-only", nargs="*", help="rectools_sasrec or rectools_esasrec alone")
    parser.add_argument("--rival-negatives", type=int, default=256, help="256 as published; fewer for few products")
    parser.add_argument(
        "--rival-validated", action="store_true", help="stop early as published, though seconds are limited"
    )
    parser.add_argument("--weeks", type=float, default=4, help="weeks of transactions held out")
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    return parser.parse_args()


if __name__ == "__main__":
    settings.configure(RETAIL_AI={}, USE_I18N=False)
    given = parse()
    kinds = ((given.sequences, run_sequences), (given.transactions, run_transactions), (True, run_synthetic))
    run = next(run for is_given, run in kinds if is_given)
    try:
        print(json.dumps(run(given)))
    except (Malformed, OSError, EOFError) as error:
        sys.exit(f"error: {error}")

"""The shop's training pipeline on a file of real sales: cleaned, split by time, tuned, examined, judged by the gate.

``invoice,product_id,title,quantity,date,price,customer_id,country``; a cancellation's invoice begins with C and its
quantity is negative. It does what training in a shop does, with the default recommenders, without a database.
"""

import csv
import gzip
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.module_loading import import_string

from benchmarks._memory import peak_mb, reset_peak
from benchmarks._sequences import Malformed
from retail_ai.backends import Recommender, get_recommenders
from retail_ai.backends.embedders.use import UniversalSentenceEncoder
from retail_ai.conf import conf
from retail_ai.engine.cleaning import Cleaned, Deed, clean
from retail_ai.engine.ridge import threads
from retail_ai.recommendations.gate_words import judgement_notes
from retail_ai.recommendations.pipeline import Choice, Data, Outcome, run

FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S")
NEEDED = {"product_id", "customer_id", "quantity", "date"}
_DIGIT = re.compile(r"\d")


@dataclass(slots=True)
class Sales:
    """``net``: pieces kept by (customer, product); ``titles`` by product; ``dropped``: lines by reason."""

    deeds: list[Deed] = field(default_factory=list)
    net: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    titles: dict[str, str] = field(default_factory=dict)
    dropped: Counter[str] = field(default_factory=Counter)


def read(path: Path) -> Sales:
    """All lines; those that are no product's, nobody's or unreadable are counted.

    Where nearly all product ids hold a digit, those without (POST, M, BANK CHARGES) are no products.
    """
    products = Counter((row.get("product_id") or "").strip() for row in _rows(path))
    products.pop("", None)
    words = {product for product in products if not _DIGIT.search(product)}
    sales = Sales()
    for row in _rows(path):
        if reason := _add(sales, row, words if len(words) < 0.1 * len(products) else set()):
            sales.dropped[reason] += 1
    return sales


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", errors="replace", newline="") as lines:
        rows = csv.DictReader(lines)
        if missing := NEEDED - set(rows.fieldnames or ()):
            raise Malformed(f"{path}, line 1: no column {', '.join(sorted(missing))} among {rows.fieldnames}")
        try:
            yield from rows
        except csv.Error as error:
            raise Malformed(f"{path}, line {rows.line_num}: {error}") from error


def _add(sales: Sales, row: dict[str, Any], no_products: set[str]) -> str:
    product, customer = (row.get("product_id") or "").strip(), (row.get("customer_id") or "").strip()
    if not product or product in no_products:
        return "no_products"
    if not customer:
        return "without_customer"
    try:
        pieces, moment = float(row["quantity"]), _moment(str(row["date"]))
    except (KeyError, TypeError, ValueError):
        return "unreadable"
    sales.net[customer, product] += pieces
    if pieces <= 0:
        return "cancellations"
    sales.titles.setdefault(product, (row.get("title") or "").strip())
    sales.deeds.append(Deed(customer, product, "purchase", str(row.get("invoice") or ""), moment))
    return ""


def _moment(text: str) -> float:
    for form in FORMATS:
        try:
            return datetime.strptime(text.strip(), form).replace(tzinfo=UTC).timestamp()
        except ValueError:
            continue
    return datetime.fromisoformat(text.strip()).replace(tzinfo=UTC).timestamp()


def prepared(sales: Sales) -> tuple[Cleaned, Data]:
    """Cleaned by the shop's own rules, with the titles as vectors."""
    number = {product: place for place, product in enumerate(sorted(sales.titles))}
    returned = {pair for pair, pieces in sales.net.items() if pieces <= 0}
    newest = max((deed.moment for deed in sales.deeds), default=0.0)
    cleaned = clean(sales.deeds, number, now=newest, returned=returned)
    cleaned.dropped += sales.dropped
    titles = [sales.titles[product] for product in number]
    vectors = UniversalSentenceEncoder(threads=threads()).embed_documents(titles) if titles else None
    return cleaned, Data(cleaned.sequences, cleaned.times, len(number), vectors)


def report(path: Path, *, weeks: float, quiet: bool) -> dict[str, Any]:
    """The whole run as a dictionary; prints tables on the way."""
    reset_peak()
    started, cpu = time.perf_counter(), time.process_time()
    cleaned, data = prepared(read(path))
    outcome = run(data, get_recommenders(), _remade, weeks=weeks)
    found = {**_found(cleaned, data, outcome), "train_seconds": round(time.perf_counter() - started, 1)}
    found |= {"train_cpu_seconds": round(time.process_time() - cpu, 1), "peak_memory_mb": peak_mb()}
    if not quiet:
        for line in _lines(found):
            print(line)
    return found


def _remade(choice: Choice) -> Recommender:
    made: Recommender = import_string(conf.RECOMMENDERS[choice.alias]["BACKEND"])(**choice.options)
    return made


def _found(cleaned: Cleaned, data: Data, outcome: Outcome) -> dict[str, Any]:
    choice: Choice = outcome.choice
    return {
        "kept": cleaned.kept,
        "customers": len(cleaned.sequences),
        "products": data.n_items,
        "left_out": dict(cleaned.dropped),
        "held_out_from": datetime.fromtimestamp(outcome.split.moment, UTC).isoformat(),
        "new": {name: marks.row() for name, marks in outcome.marks.items()},
        "repeat": {name: marks.row() for name, marks in outcome.repeats.items()},
        "served": choice.alias,
        "validation": dict(choice.validation),
        "content_weight": choice.plan.weights["content"],
        "links": choice.plan.links,
        "gate": {
            "passed": outcome.judgement.passed,
            "people": outcome.judgement.people,
            "told": list(judgement_notes(outcome.judgement)),
            "against": {
                verdict.rival: {
                    "ndcg10_difference": verdict.difference,
                    "interval": list(verdict.interval),
                    "sure": verdict.sure,
                    "safe": verdict.safe,
                    "hr10_difference": verdict.hits,
                    "sure_of_fewer_hits": verdict.fewer,
                    "passed": verdict.passed,
                }
                for verdict in outcome.judgement.verdicts
            },
        },
    }


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield f"{found['kept']} purchases of {found['customers']} customers, {found['products']} products"
    yield "left out: " + ", ".join(f"{count} {reason}" for reason, count in sorted(found["left_out"].items()))
    yield f"held out from {found['held_out_from'][:10]}; chosen on the weeks before: {found['served']}"
    for kind in ("new", "repeat"):
        for name, row in found[kind].items():
            yield f"{kind:7}{name:12}" + "".join(_cell(row, key) for key in _SHOWN) + f" people {row['people']}"
    yield f"gate: {'passed' if found['gate']['passed'] else 'refused'}"
    yield from found["gate"]["told"]


_SHOWN = ("hr10", "ndcg10", "recall10", "tail_ndcg10", "coverage", "novelty", "tail_share", "cold_share")


def _cell(row: dict[str, Any], key: str) -> str:
    edges = row.get(f"{key}_interval")
    spread = f" [{edges[0]:.4f}–{edges[1]:.4f}]" if edges and key in _SHOWN[:4] else ""
    return f" {key} {row[key]:.4f}{spread} "

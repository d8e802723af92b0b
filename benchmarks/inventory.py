"""Forecast accuracy on a file of transactions: ours beside every single method, in one run on one split.

    python -m benchmarks.inventory --transactions FILE.csv.gz [--json]

Weekly sums of products with at least 26 selling weeks; the last 4 whole weeks are held out, from ``--origins``
moments. It replays no reorder policy. The last line is JSON.
"""

import argparse
import csv
import gzip
import json
import re
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from retail_ai.backends.forecasters.classical import classical_methods
from retail_ai.engine.demand import DAYS, before_launch, monday, weekly_demand
from retail_ai.engine.forecasting import BASIC, Floats, apply, forecast, scale_of

HORIZON = 4
SELLING_WEEKS = 26
PRODUCT = re.compile(r"^\d{5}[A-Za-z]{0,2}$")
BAND_LEVELS = {"coverage80": (1, 2), "coverage95": (0, 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--transactions", type=Path, required=True)
    parser.add_argument("--origins", type=int, default=1, help="moments to forecast from, 4 weeks apart")
    parser.add_argument("--skip-last", type=int, default=0, help="weeks left off the end, for tuning on earlier ones")
    parser.add_argument("--json", action="store_true", help="the JSON line only")
    options = parser.parse_args()
    series = read_weekly(options.transactions)
    series = series[:, : series.shape[1] - options.skip_last]
    result = compare(series, options.origins)
    if not options.json:
        show(result)
    print(json.dumps(result))


def read_weekly(path: Path) -> Floats:
    """(products, weeks) of units sold, whole weeks only, returns netted; NaN before a product's first sale."""
    lines = list(_lines(path))
    first, last = monday(min(day for _, day, _ in lines)), max(day for _, day, _ in lines)
    end = monday(last + timedelta(days=1))
    demand = weekly_demand(lines, start=first, weeks=(end - first).days // DAYS)
    enough = [row for row in demand.values() if (row > 0).sum() >= SELLING_WEEKS]
    return np.array([before_launch(row) for row in enough])


def _lines(path: Path) -> Iterator[tuple[str, date, float]]:
    with gzip.open(path, "rt", encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            try:
                day, quantity = date.fromisoformat(row["date"][:10]), float(row["quantity"])
            except (KeyError, TypeError, ValueError):
                continue
            if PRODUCT.match(row["product_id"] or ""):
                yield row["product_id"].upper(), day, quantity


def compare(series: Floats, origins: int) -> dict[str, Any]:
    """Errors and seconds of ours and of each single method, over the same products and weeks."""
    rivals = {**BASIC, **classical_methods()}
    scores: dict[str, list[dict[str, Any]]] = {name: [] for name in ("ours", *rivals)}
    for back in range(origins):
        cut = series.shape[1] - HORIZON * (back + 1)
        past, actual = series[:, :cut], series[:, cut : cut + HORIZON]
        known = np.array([(~np.isnan(row)).sum() >= 2 for row in past])
        past, actual = past[known], actual[known]
        started = time.perf_counter()
        made = forecast(past, horizon=HORIZON, methods=classical_methods())
        seconds = time.perf_counter() - started
        means = np.array([one.mean for one in made])
        bands = np.array([one.bands for one in made])
        scores["ours"].append({**_errors(past, actual, means), **_coverage(actual, bands), "seconds": seconds})
        for name, method in rivals.items():
            started = time.perf_counter()
            means = np.array([apply(method, row[~np.isnan(row)], HORIZON) for row in past])
            seconds = time.perf_counter() - started
            scores[name].append({**_errors(past, actual, means), "seconds": seconds})
    averaged = {name: _average(parts) for name, parts in scores.items()}
    ours = averaged.pop("ours")
    return {"ours": ours, "rivals": averaged, "series": len(series), "weeks": series.shape[1], "origins": origins}


def _errors(past: Floats, actual: Floats, means: Floats) -> dict[str, float]:
    rows = [row[~np.isnan(row)] for row in past]
    squared = np.array([scale_of(row) for row in rows])
    absolute = np.array([np.mean(np.abs(np.diff(row))) for row in rows])
    use = (squared > 0) & (absolute > 0)
    error = (actual - means)[use]
    return {
        "rmsse": float(np.mean(np.sqrt(np.mean(error**2, axis=1) / squared[use]))),
        "mase": float(np.mean(np.mean(np.abs(error), axis=1) / absolute[use])),
        "bias": float(-error.sum() / max(actual[use].sum(), 1.0)),
    }


def _coverage(actual: Floats, bands: Floats) -> dict[str, float]:
    return {
        name: float(np.mean((actual >= bands[:, low]) & (actual <= bands[:, high])))
        for name, (low, high) in BAND_LEVELS.items()
    }


def _average(parts: list[dict[str, Any]]) -> dict[str, float]:
    return {key: round(float(np.mean([part[key] for part in parts])), 4) for key in parts[0]}


def show(result: dict[str, Any]) -> None:
    """The table, best RMSSE first."""
    rows = {"ours": result["ours"], **result["rivals"]}
    print(f"{result['series']} products, {result['weeks']} weeks, {result['origins']} origins, {HORIZON} weeks ahead")
    print(f"{'':18}{'RMSSE':>8}{'MASE':>8}{'bias':>8}{'seconds':>9}")
    for name, row in sorted(rows.items(), key=lambda item: item[1]["rmsse"]):
        print(f"{name:18}{row['rmsse']:8.4f}{row['mase']:8.4f}{row['bias']:8.3f}{row['seconds']:9.2f}")
    ours = result["ours"]
    print(f"intervals of ours hold {ours['coverage80']:.1%} (80 %) and {ours['coverage95']:.1%} (95 %)")


if __name__ == "__main__":
    main()

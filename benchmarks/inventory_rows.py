"""A million sale lines through a shop's adapter: how long reading takes, how much memory, and what was refused.

    python -m benchmarks.inventory_rows [--rows 1000000] [--products 10000] [--days 1000] [--forecast] [--json]

The lines are drawn, with a known share of each kind of bad one: no product, no quantity, one that is no number, a
date in the future, the same line twice, a return, a price in another currency from a day on. Shown is how many of each
were put in and how many were counted. With --forecast all products are forecast too. It runs on a PostgreSQL of its
own. The last line is JSON.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from benchmarks._host import host
from benchmarks._memory import peak_mb, reset_peak

# Share of lines of each kind, and what the reader calls it ("" where it is no fault).
KINDS = {
    "no product": (0.002, "sale of no product"),
    "no quantity": (0.002, "quantity not above 0"),
    "not a number": (0.001, "quantity not above 0"),
    "in the future": (0.001, "sale in the future"),
    "twice": (0.003, "line repeated"),
    "return": (0.02, ""),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--products", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=1000)
    parser.add_argument("--forecast", action="store_true", help="forecast all products, too")
    parser.add_argument("--json", action="store_true", help="the JSON line only")
    options = parser.parse_args()
    with host():
        result = measure(options)
    if not options.json:
        show(result)
    print(json.dumps(result), flush=True)


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Times in seconds, memory in MB, counts put in and counted."""
    from django.conf import settings
    from django.test.utils import override_settings

    store = "benchmarks.inventory_rows.MillionStore"
    Drawn.options, Drawn.put_in = options, Counter()
    with override_settings(RETAIL_AI={**settings.RETAIL_AI, "STORE": store}):
        return _measured(options)


def _measured(options: argparse.Namespace) -> dict[str, Any]:
    from retail_ai.inventory.history import read_history
    from retail_ai.inventory.training import prepare

    started = time.perf_counter()
    for _ in Drawn.lines():
        pass
    drawing = time.perf_counter() - started
    Drawn.put_in.clear()
    reset_peak()
    before, started, busy = peak_mb(), time.perf_counter(), time.process_time()
    history = read_history()
    seconds, cpu = time.perf_counter() - started - drawing, time.process_time() - busy
    expected = Counter[str]()
    for kind, count in Drawn.put_in.items():
        if kind in KINDS and KINDS[kind][1]:
            expected[KINDS[kind][1]] += count
    counted = dict(history.problems)
    result = {
        "rows": Drawn.put_in["all"], "products": len(history.numbers), "weeks": history.weeks,
        "seconds": round(seconds, 2), "cpu_seconds": round(cpu, 2), "seconds_to_draw": round(drawing, 2),
        "rows_a_second": round(Drawn.put_in["all"] / max(seconds, 1e-9)), "memory_mb": peak_mb() - before,
        "put_in": dict(expected), "counted": counted, "units": float(history.sold.sum()),
        "all_counted": all(counted.get(kind, 0) == count for kind, count in expected.items()),
    }  # fmt: skip
    if options.forecast:
        started = time.perf_counter()
        made = prepare(history, 8)
        result |= {"forecasts": len(made.made), "forecast_seconds": round(time.perf_counter() - started, 2)}
        result["memory_with_forecast_mb"] = peak_mb() - before
    return result


class Drawn:
    """The lines, the same at every call, and how many of each kind were put in."""

    options: argparse.Namespace
    put_in: Counter[str] = Counter()

    @classmethod
    def lines(cls) -> Iterator[Any]:
        from django.utils import timezone

        from retail_ai.engine.facts import SaleLine

        options, rng = cls.options, np.random.default_rng(3)
        names, shares = list(KINDS), [share for share, _ in KINDS.values()]
        kinds = rng.choice(len(names) + 1, options.rows, p=[*shares, 1 - sum(shares)])
        popular = rng.zipf(1.3, options.rows) % options.products
        days = np.sort(rng.integers(8, options.days, options.rows))[::-1]
        now = timezone.now()
        for number in range(options.rows):
            kind = names[kinds[number]] if kinds[number] < len(names) else ""
            moment: datetime = (
                now + timedelta(days=400) if kind == "in the future" else now - timedelta(int(days[number]))
            )
            quantity: Any = {"no quantity": 0, "not a number": float("nan")}.get(kind, 1 + number % 3)
            # Another currency in the newest tenth of the days.
            price = Decimal("12.50") if days[number] < options.days // 10 else Decimal("1.25")
            product = None if kind == "no product" else int(popular[number]) + 1
            line = SaleLine(f"N{number}", product, quantity, price, moment, kind == "return")
            for _ in range(2 if kind == "twice" else 1):
                cls.put_in["all"] += 1
                yield line
            cls.put_in[kind] += 1


def _store() -> Any:
    from shop_demo.adapter import DemoStore

    class MillionStore(DemoStore):
        """The demo shop with drawn sales."""

        def sale_lines(self, since: Any = None) -> Iterator[Any]:
            yield from Drawn.lines()

    return MillionStore


def __getattr__(name: str) -> Any:
    """The adapter is made once Django is set up."""
    if name != "MillionStore":
        raise AttributeError(name)
    return _store()


def show(result: dict[str, Any]) -> None:
    """A table for people."""
    print(f"{result['rows']:,} lines of {result['products']:,} products over {result['weeks']} weeks")
    print(f"  read in {result['seconds']} s ({result['rows_a_second']:,} a second), {result['memory_mb']} MB")
    if "forecasts" in result:
        print(f"  {result['forecasts']:,} forecasts in {result['forecast_seconds']} s")
    print(f"  {'refused or noted':34}{'put in':>9}{'counted':>9}")
    for kind in sorted({*result["put_in"], *result["counted"]}):
        print(f"  {kind:34}{result['put_in'].get(kind, 0):>9}{result['counted'].get(kind, 0):>9}")


if __name__ == "__main__":
    # By its module's name, under which the settings find the adapter too: one class Drawn, not two.
    from benchmarks import inventory_rows

    inventory_rows.main()

"""How fast slates are served: in-process and over HTTP, beside the same by hand in SQL; and whether they are fresh.

    python -m benchmarks.serving [--products 100000] [--events 1000000] [--requests 300] [--json]

It makes a shop of that size in a PostgreSQL of its own (minutes), asks for every slate on behalf of customers taken
at random, and times the statement by hand of ``serving_sql`` for the same customers, each once, alternating.
Recommendations are read to the end: title, price, reason, and over HTTP the address and picture, too. The last line is JSON.
"""

# Statements read best unbroken.
# ruff: noqa: E501

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._cpu import cpu_seconds
from benchmarks._host import host

Times = list[float]
WARM = 12
AGREE = 40
# A quarter of a small server's memory, as PostgreSQL's manual has it: a shop of 100,000 products takes some 2 GB.
TUNING = {"shared_buffers": "1GB"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--requests", type=int, default=300, help="for each slate and way")
    parser.add_argument("--seconds", type=float, default=15, help="of requests by several clients at once")
    parser.add_argument("--slates", default="", help="with commas; default: all")
    parser.add_argument("--keep", type=Path, help="a folder for the shop: made once, used again by the next run")
    parser.add_argument("--no-http", action="store_true", help="in-process only")
    parser.add_argument("--json", action="store_true", help="the JSON line only")
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.serving_settings"
    say: Callable[[str], None] = (lambda text: None) if options.json else (lambda text: print(text, flush=True))
    with host(keep=options.keep, tuning=TUNING):
        from benchmarks.serving_data import fill, is_filled

        started, is_made = time.perf_counter(), is_filled(products=options.products, events=options.events)
        if not is_made:
            fill(products=options.products, events=options.events, customers=options.customers, say=step)
        made = "kept from before" if is_made else f"made in {time.perf_counter() - started:.0f} s"
        say(f"{options.products} products, {options.events} events: {made}")
        result = measure(options, say)
    print(json.dumps(result))


def step(name: str) -> None:
    """Which part of the shop is being made, and when, on the error stream."""
    print(f"  {time.strftime('%H:%M:%S')} {name}", file=sys.stderr, flush=True)


def measure(options: argparse.Namespace, say: Callable[[str], None]) -> dict[str, Any]:
    """All figures on the shop that stands."""
    from retail_ai.recommendations.slates import SLATES

    asks = questions(options)
    result: dict[str, Any] = {"slates": {}, "fresh": is_fresh(), "torch_loaded": "torch" in sys.modules}
    say(f"fresh: the view of one request changes the next: {result['fresh']}; torch loaded: {result['torch_loaded']}")
    say(f"{'':22}{'in process':^24}{'by hand':^24}{'p95':>7}{'queries':>9}{'CPU p50':>9}{'by hand':>9}")
    say(f"{'slate':22}" + f"{'p50':>8}{'p95':>8}{'p99':>8}" * 2 + f"{'ratio':>7}")
    for slate in options.slates.split(",") if options.slates else SLATES:
        result["slates"][slate] = row = time_slate(slate, asks)
        raw = "".join(f"{row.get(f'raw_sql_{name}_ms') or float('nan'):8.1f}" for name in ("p50", "p95", "p99"))
        cpu = "".join(f"{row[name] or float('nan'):9.1f}" for name in ("cpu_p50_ms", "raw_sql_cpu_p50_ms"))
        ratio = f"{row['p95_ms'] / row['raw_sql_p95_ms']:7.2f}" if row["raw_sql_p95_ms"] else f"{'–':>7}"
        say(
            f"{slate:22}{row['p50_ms']:8.1f}{row['p95_ms']:8.1f}{row['p99_ms']:8.1f}{raw}{ratio}{row['queries']:9}{cpu}"
        )
    if not options.no_http:
        over_http(options, asks, result, say)
    return result


def questions(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Who asks, on which product's page, with which cart and words."""
    from django.contrib.auth import get_user_model

    from benchmarks.serving_data import SEARCHES
    from shop_demo.models import Product

    choose = random.Random(11)
    people = [choose.randint(1, options.customers) for _ in range(options.requests + WARM)]
    users = get_user_model().objects.in_bulk(people)
    keys = [choose.randint(1, options.products) for _ in people]
    products = Product.objects.select_related("department__parent").in_bulk(keys)
    return [
        {"customer": users[who], "product": products[key], "text": f"{choose.choice(SEARCHES)} under 90",
         "cart": [choose.randint(1, options.products) for _ in range(5)]}
        for who, key in zip(people, keys, strict=True)
    ]  # fmt: skip


def time_slate(slate: str, asks: list[dict[str, Any]]) -> dict[str, Any]:
    """Percentiles in milliseconds of ours and by hand, in turn, so that both meet the same machine."""
    ours, by_hand = Timed(backend_of_django()), Timed(None)
    run_by_hand = hand_statement(slate, by_hand)
    for number, ask in enumerate(asks):
        # Whoever comes second finds the pages in memory: each comes first every other time.
        turns = [(ours, lambda ask=ask: read(slate, ask))]
        if run_by_hand is not None:
            turns.append((by_hand, lambda ask=ask: run_by_hand(ask)))
        for times, call in turns if number % 2 else turns[::-1]:
            times.add(call)
    row = {**ours.row(""), "queries": count_queries(slate, asks[-1])}
    if run_by_hand is not None:
        row["agreement"] = agreement(slate, asks[:AGREE], run_by_hand)
    names = ("p50", "p95", "p99", "cpu_p50", "cpu_p95")
    return {**row, **(by_hand.row("raw_sql_") if run_by_hand else {f"raw_sql_{name}_ms": None for name in names})}


class Timed:
    """Wall-clock and CPU seconds of calls, those of the PostgreSQL process ``backend`` included."""

    def __init__(self, backend: int | None) -> None:
        self.backend, self.wall, self.cpu = backend, list[float](), list[float]()

    def add(self, call: Callable[[], Any]) -> None:
        before = cpu_seconds(self.backend or 0)
        self.wall.append(timed(call))
        after = cpu_seconds(self.backend or 0)
        if before is not None and after is not None:
            self.cpu.append(after - before)

    def row(self, prefix: str) -> dict[str, float | None]:
        """Percentiles in milliseconds, the first calls left out."""
        cpu = {f"{prefix}cpu_p{rank}_ms": percentile(self.cpu[WARM:], rank) for rank in (50, 95)}
        return {**percentiles(self.wall[WARM:], prefix), **cpu}


def backend_of_django() -> int:
    from django.db import connection

    connection.ensure_connection()
    return int(connection.connection.info.backend_pid)


def agreement(slate: str, asks: list[dict[str, Any]], by_hand: Callable[[dict[str, Any]], list[Any]]) -> float:
    """Share of products that stand in both answers, over all asks: the yardstick must give the same answer."""
    from retail_ai.recommendations.selectors import recommend

    same = total = 0
    for ask in asks:
        shown = recommend(slate=slate, limit=12, **ask)
        if any(item.shown_as for item in shown):
            continue
        mine, theirs = {item.product.pk for item in shown}, {row[0] for row in by_hand(ask)}
        same, total = same + len(mine & theirs), total + max(len(mine), len(theirs))
    return round(same / total, 3) if total else 1.0


def read(slate: str, ask: dict[str, Any]) -> list[Any]:
    """A slate as a page uses it: all but the address, which the shop's own code makes of a row, whoever found it."""
    from retail_ai.recommendations.selectors import recommend
    from retail_ai.stores import get_store

    store = get_store()
    return [
        (store.title(item.product), store.price(item.product), item.reason)
        for item in recommend(slate=slate, limit=12, **ask)
    ]


def hand_statement(slate: str, timed_by: Timed) -> Callable[[dict[str, Any]], list[Any]] | None:
    """Runs the statement by hand on a connection of its own; None where a slate is more than SQL."""
    import psycopg

    from benchmarks.serving_sql import STATEMENTS, statement
    from retail_ai.catalog.models import VectorSpace
    from retail_ai.recommendations.candidates_sql import EF_SEARCH, MOST_SCANNED
    from retail_ai.recommendations.models import Release

    if slate not in STATEMENTS:
        return None
    release, space = Release.objects.get(state="serving").pk, VectorSpace.objects.get(state="active")
    text = statement(slate, release=release, space=space.pk, dims=space.dimensions, ef=EF_SEARCH, scan=MOST_SCANNED)
    connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=2)
    cursor, timed_by.backend = connection.cursor(), connection.info.backend_pid

    def run(ask: dict[str, Any]) -> list[Any]:
        given = {"who": ask["customer"].pk, "product": ask["product"].pk, "cart": ask["cart"],
                 "shelf": ask["product"].department_id}  # fmt: skip
        return cursor.execute(text, {name: value for name, value in given.items() if f"%({name})s" in text}).fetchall()

    return run


def count_queries(slate: str, ask: dict[str, Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        read(slate, ask)
    return len(captured)


def is_fresh() -> bool:
    """Whether the event of one request is used by the next one."""
    from retail_ai.events.services import record_event
    from retail_ai.recommendations.selectors import recommend

    visitor = f"fresh-{time.time_ns()}"
    before = recommend(slate="for_you", visitor=visitor)
    seen = before[0].product
    record_event(kind="view", visitor=visitor, product=seen)
    after = recommend(slate="for_you", visitor=visitor)
    return before[0].is_popular and bool(after) and all(str(seen) in item.reason for item in after[:1])


def over_http(
    options: argparse.Namespace, asks: list[dict[str, Any]], result: dict[str, Any], say: Callable[[str], None]
) -> None:
    """Latency of each slate through the REST API by one client, and requests a second by four of them."""
    from benchmarks.serving_http import Client, server, throughput

    cookies = [cookie_of(ask["customer"]) for ask in asks]
    mixed: list[tuple[dict[str, Any], str]] = []
    with server() as port:
        client = Client(port)
        for slate, row in result["slates"].items():
            given = [(as_query(slate, ask), cookie) for ask, cookie in zip(asks, cookies, strict=True)]
            mixed += given[WARM : WARM + 40]
            times = [timed(lambda one=one: client.get(*one)) for one in given]
            row |= percentiles(times[WARM:], "api_")
            say(
                f"{slate:22}"
                + "".join(f"{row[f'api_{name}_ms']:8.1f}" for name in ("p50", "p95", "p99"))
                + "  over HTTP"
            )
        random.Random(5).shuffle(mixed)
        result["requests_per_second"] = round(throughput(port, mixed, options.seconds), 1)
    say(
        f"{result['requests_per_second']} requests/s, all slates mixed, 2 workers, the clients and PostgreSQL beside them"
    )


def cookie_of(user: Any) -> str:
    """A session of that customer, as logging in makes it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"sessionid={session.session_key}"


def as_query(slate: str, ask: dict[str, Any]) -> dict[str, Any]:
    return {
        "slate": slate, "product": ask["product"].pk if ask["product"].is_active else 1, "limit": 12,
        "cart": ",".join(map(str, ask["cart"])), "text": ask["text"],
    }  # fmt: skip


def percentiles(seconds: Times, prefix: str) -> dict[str, float | None]:
    return {f"{prefix}p{rank}_ms": percentile(seconds, rank) for rank in (50, 95, 99)}


def percentile(seconds: Times, rank: int) -> float | None:
    """In milliseconds; None of nothing."""
    return round(1000 * float(np.percentile(seconds, rank)), 2) if seconds else None


def timed(call: Callable[[], Any]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()

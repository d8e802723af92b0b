"""Demand forecasts on a file of sales: ours beside every single statsforecast model, in one run on one split.

    python -m benchmarks.inventory --transactions FILE.csv.gz [--json]
    python -m benchmarks.inventory --demand FILE.csv --freq D|W|M [--json]

Transactions (invoice, product_id, date, quantity, price) are summed by week for products with at least 26 selling
weeks; a demand file has series_id, date and quantity. From each of several moments, a horizon apart, everything is
fitted anew on what lies before and judged by the periods held out after it. Orders are replayed over those moments:
each method orders up to a quantile of its own forecast of the horizon's total, at a level of service learned from the
moments before, two of which are not reported. Beside that stands the cost at one level for all moments at which every
method meets exactly the same share of demand, which only hindsight knows. A rival too slow for all series is run on as
many, drawn at random, as the time allows, and our error on the same ones stands beside its own. Progress goes to
stderr. Stock-outs, cold starts, prices: benchmarks.inventory_simulation. The last line is JSON.
"""

import argparse
import json
import math
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.inventory_data import Loaded, Unusable, load
from benchmarks.inventory_orders import SERVICES, Policy, Replay, normal_policy
from benchmarks.inventory_rivals import Made, Plan, affordable, run
from benchmarks.inventory_scores import errors
from retail_ai.backends.forecasters.classical import methods_for
from retail_ai.backends.forecasters.trees import tree_learner
from retail_ai.engine.forecast_values import shape_at
from retail_ai.engine.forecasting import fit
from retail_ai.engine.panel import Panel

Maker = Callable[[Panel, int], tuple[Made, Policy]]
OURS = "ours"
LEAST_PAST = 8
LEAST_KNOWN = 4


def main() -> None:
    options = _options()
    try:
        loaded = load(transactions=options.transactions, demand=options.demand, freq=options.freq)
    except (Unusable, OSError) as problem:
        _say_why(str(problem), getattr(problem, "left_out", {}))
        raise SystemExit(1) from None
    try:
        result = judge(loaded, options)
    except Unusable as problem:
        _say_why(str(problem), loaded.left_out)
        return
    if not options.json:
        show(result)
    print(json.dumps(_plain(result)), flush=True)


def judge(loaded: Loaded, options: argparse.Namespace) -> dict[str, Any]:
    """The comparison on what was loaded. Raises Unusable where there is too little to hold anything out."""
    panel = loaded.panel
    if options.series and len(panel) > options.series:
        chosen = np.random.default_rng(0).permutation(len(panel))[: options.series]
        panel = panel.rows(np.sort(chosen))
    panel = panel.until(panel.periods - options.skip_last)
    horizon = options.horizon or max(1, min(panel.grain.horizon, panel.periods // 4))
    _check(panel, horizon, options.origins)
    result = compare(panel, horizon, options)
    loaded.left_out["series that began after the first moment"] += len(panel) - result["series"]
    return {**result, "left_out": dict(loaded.left_out), "noted": dict(loaded.noted)}


def _say_why(problem: str, left_out: Mapping[str, int]) -> None:
    """What could not be done, for people and as the last line."""
    print(problem, file=sys.stderr)
    print(
        json.dumps({OURS: None, "rivals": {}, "series": 0, "error": problem, "left_out": dict(left_out)}), flush=True
    )


def _plain(value: Any) -> Any:
    """JSON has no NaN: an error that is defined for no series is null."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--transactions", type=Path)
    source.add_argument("--demand", type=Path)
    parser.add_argument("--freq", choices=["D", "W", "M"], default="W")
    parser.add_argument("--origins", type=int, default=4, help="moments to forecast from, a horizon apart")
    parser.add_argument("--horizon", type=int, help="periods ahead; 4 weeks, 28 days, 4 months if not given")
    parser.add_argument(
        "--skip-last", type=int, default=0, help="periods left off the end, for tuning on earlier ones"
    )
    parser.add_argument("--series", type=int, help="a sample of so many series")
    parser.add_argument("--fill", type=float, default=0.9, help="share of demand that every method is to meet")
    parser.add_argument(
        "--minutes", type=float, default=5.0, help="for all rivals together; the slowest get a sample of the series"
    )
    parser.add_argument("--only-ours", action="store_true", help="no rivals: for times on large sets")
    parser.add_argument("--json", action="store_true", help="the JSON line only")
    return parser.parse_args()


def _check(panel: Panel, horizon: int, origins: int) -> None:
    if not len(panel):
        raise Unusable("no series has sales in enough periods")
    if horizon < 1 or origins < 1:
        raise Unusable(f"nothing to do: horizon {horizon}, {origins} origins")
    if panel.periods - horizon < LEAST_PAST:
        raise Unusable(f"{panel.periods} periods are too few to hold out {horizon}")


def compare(panel: Panel, horizon: int, options: argparse.Namespace) -> dict[str, Any]:
    """Scores of ours and of each rival over the same series and periods."""
    cuts = [panel.periods - horizon * back for back in range(options.origins, 0, -1)]
    cuts = [cut for cut in cuts if cut >= LEAST_PAST]
    while len(cuts) > 1 and (cuts[0] - panel.starts >= LEAST_KNOWN).mean() < 0.5:
        cuts = cuts[1:]
    # A series counts when it was known before the first moment, so that its stock can be carried on.
    panel = panel.rows(np.flatnonzero(cuts[0] - panel.starts >= LEAST_KNOWN))
    if not len(panel):
        raise Unusable("no series is known before the moments to forecast from")
    before = _before(panel, cuts[0], horizon)
    plan = Plan() if options.only_ours else affordable(panel, horizon, cuts[-1], len(before + cuts), options)
    _warm_up(panel, horizon)
    judged = partial(judge_one, before=before, cuts=cuts, horizon=horizon, fill=options.fill)
    mine, kept = _judge_ours(judged, panel)
    rows = {}
    for name, model in plan.models.items():
        some = plan.some.get(name)
        part = panel if some is None else panel.rows(some)
        rows[name] = judged(partial(theirs, model), panel=part)
        _progress(f"{name}: {len(part)} series, {rows[name]['seconds']:.1f} s a moment")
        if some is not None:
            beside = judged(partial(on_some, kept, some), panel=part)
            rows[name] |= {"series": len(part), "ours_on_these": beside["rmsse"]}
    known = {"series": len(panel), "periods": panel.periods, "origins": len(cuts), "horizon": horizon}
    known["moments_before"] = len(before)
    return {OURS: mine, "rivals": rows, **known, "best": _best(mine, rows), "left_out_as_slow": plan.slow}


Kept = dict[int, tuple[np.ndarray, Made, Policy]]


def _judge_ours(judged: Callable[..., dict[str, float]], panel: Panel) -> tuple[dict[str, float], Kept]:
    """Our figures, and by moment which series were known and what was forecast of them."""
    kept: Kept = {}

    def make(past: Panel, horizon: int) -> tuple[Made, Policy]:
        made = ours(past, horizon)
        kept[past.periods] = (past.periods - panel.starts >= LEAST_KNOWN, *made)
        _progress(f"ours: {len(past)} series up to period {past.periods} in {made[0].seconds:.1f} s")
        return made

    return judged(make, panel=panel), kept


def on_some(kept: Kept, some: np.ndarray, past: Panel, _horizon: int) -> tuple[Made, Policy]:
    """Of what was forecast of all, that of the series numbered ``some``."""
    known, made, policy = kept[past.periods]
    rows = (np.cumsum(known) - 1)[some[known[some]]]
    part = Made(made.mean[rows], made.sigma[rows], made.bands[rows], made.seconds, made.cpu)
    return part, Policy(policy.services, policy.up_to[:, rows])


def _progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def judge_one(
    make: Maker, *, panel: Panel, before: list[int], cuts: list[int], horizon: int, fill: float
) -> dict[str, float]:
    """One method's figures. From the moments ``before`` only its level of service is learned."""
    scores: list[dict[str, float]] = []
    replay = Replay(before=len(before))
    for cut in [*before, *cuts]:
        known = cut - panel.starts >= LEAST_KNOWN
        part = panel.rows(np.flatnonzero(known))
        past, actual = part.until(cut), np.nan_to_num(part.values[:, cut : cut + horizon])
        made, policy = make(past, horizon)
        replay.policies.append(policy.spread(known))
        wanted = np.zeros(len(panel))
        wanted[known] = actual.sum(axis=1)
        replay.wanted.append(wanted)
        if cut in cuts:
            scores.append({**errors(past, actual, made), "seconds": made.seconds, "cpu_seconds": made.cpu})
    return {**_average(scores), **replay.figures(fill)}


def theirs(model: Any, past: Panel, horizon: int) -> tuple[Made, Policy]:
    """A single model's forecasts and order-up-to levels."""
    made = run(model, past, horizon)
    return made, normal_policy(made)


def _before(panel: Panel, first: int, horizon: int) -> list[int]:
    """Up to two moments before the first reported one, at which half of the series are known already."""
    cuts = [first - horizon * back for back in (2, 1)]
    return [cut for cut in cuts if cut >= LEAST_PAST and (cut - panel.starts >= LEAST_KNOWN).mean() >= 0.5]


def ours(past: Panel, horizon: int) -> tuple[Made, Policy]:
    """The pipeline's forecasts, and its order-up-to levels."""
    started, busy = time.perf_counter(), time.process_time()
    made = fit(past, horizon=horizon, methods=methods_for(past, horizon), learner=tree_learner()).forecast(past)
    seconds, cpu = time.perf_counter() - started, time.process_time() - busy
    mean = np.array([one.mean for one in made])
    bands = np.array([one.bands for one in made])
    total, spread = mean.sum(axis=1), np.array([one.cumulative_sigma[-1] for one in made])
    shapes = np.array([[shape_at(one.shape.tolist(), level) for one in made] for level in SERVICES])
    sigma = np.array([np.full(horizon, one.sigma) for one in made])
    return Made(mean, sigma, bands, seconds, cpu), Policy(SERVICES, total + shapes * spread)


def _warm_up(panel: Panel, horizon: int) -> None:
    """Imports and first calls, which would count against whoever comes first."""
    few = panel.rows(np.arange(min(40, len(panel))))
    fit(few, horizon=horizon, methods=methods_for(few, horizon), learner=tree_learner())


def _average(parts: list[dict[str, float]]) -> dict[str, float]:
    """Over the moments for which a figure is defined."""
    known = {key: [part[key] for part in parts if math.isfinite(part[key])] for key in parts[0]}
    return {key: round(float(np.mean(values)), 4) if values else math.nan for key, values in known.items()}


def _best(mine: dict[str, float], rows: dict[str, dict[str, float]]) -> dict[str, Any]:
    """The best single model that was run on all series, and ours as a share of it."""
    rows = {name: row for name, row in rows.items() if math.isfinite(row["rmsse"]) and "series" not in row}
    if not rows:
        return {}
    name = min(rows, key=lambda one: rows[one]["rmsse"])
    keys = ("rmsse", "newsvendor_cost", "cost_at_equal_fill")
    ratios = {key: round(mine[key] / rows[name][key], 4) for key in keys if rows[name][key]}
    return {"name": name, **{f"{key}_ratio": value for key, value in ratios.items()}}


def show(result: dict[str, Any]) -> None:
    """The table, best RMSSE first."""
    rows = {OURS: result[OURS], **result["rivals"]}
    print(
        f"{result['series']} series, {result['periods']} periods, {result['origins']} origins, "
        f"{result['horizon']} periods ahead; left out: {result['left_out']}; noted: {result['noted']}"
    )
    columns = (
        "rmsse",
        "mase",
        "bias",
        "pinball",
        "coverage80",
        "coverage95",
        "newsvendor_cost",
        "fill_rate",
        "cost_at_equal_fill",
        "seconds",
        "cpu_seconds",
    )
    heads = ("RMSSE", "MASE", "bias", "pinball", "80 %", "95 %", "cost", "fill", "cost =", "seconds", "CPU s")
    print(f"{'':24}" + "".join(f"{head:>9}" for head in heads))
    for name, row in sorted(rows.items(), key=lambda item: item[1]["rmsse"]):
        beside = f"  {row['series']} series; ours on these {row['ours_on_these']:.4f}" if "series" in row else ""
        print(f"{name:24}" + "".join(f"{row[column]:9.4f}" for column in columns) + beside)
    print("cost: at levels of service learned from the moments before; cost =: at the level that meets the same share")
    if result["left_out_as_slow"]:
        print(f"left out, with the seconds each would take: {result['left_out_as_slow']}")
    if result["best"]:
        print(f"beside the best single model: {result['best']}")


if __name__ == "__main__":
    main()

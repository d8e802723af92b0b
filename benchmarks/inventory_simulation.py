"""Two questions whose true answers must be known: demand behind stock-outs, and products never seen before.

    python -m benchmarks.inventory_simulation [--transactions FILE.csv.gz] [--json]

Stock-outs: true daily demand is drawn (counts with weekdays and seasons, some of them overdispersed), a shop with
a plain reorder rule sells what it has, and what it sold is corrected knowing only sales and which days ended without
stock. Shown is the bias of the mean demand over the days touched by stock-outs and over all days, before and after.

Cold start (with --transactions): a fifth of the products is hidden, and what each sells is guessed from the products
with the nearest titles (the app's own encoder) and prices, beside the mean of its category, which is the last word of
the title. The last line is JSON.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.inventory_data import titles
from retail_ai.engine.censoring import correct
from retail_ai.engine.cold_start import start_level, weights_of
from retail_ai.engine.panel import Floats

DAYS, WEEKDAYS = 364, np.array([0.8, 0.8, 0.9, 1.0, 1.3, 1.5, 0.7])
KINDS = ("steady", "overdispersed", "seasonal", "slow")
NEIGHBOURS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--transactions", type=Path)
    parser.add_argument("--products", type=int, default=300, help="simulated products of each kind")
    parser.add_argument("--json", action="store_true", help="the JSON line only")
    options = parser.parse_args()
    result: dict[str, Any] = {"stock_outs": {kind: stock_outs(kind, options.products) for kind in KINDS}}
    if options.transactions:
        result["cold_start"] = cold_start(options.transactions)
    if not options.json:
        show(result)
    print(json.dumps(result), flush=True)


def stock_outs(kind: str, products: int, seed: int = 3) -> dict[str, float]:
    """Bias of mean demand, uncorrected and corrected, as shares of the true mean."""
    rng = np.random.default_rng(seed)
    true = demand_of(kind, products, rng)
    sold, out, began = sell(true, rng)
    shape = np.tile(WEEKDAYS / WEEKDAYS.mean(), DAYS // 7)
    corrected = correct(sold, out, began=began, shape=shape)
    touched = out.any(axis=1)
    days = out & touched[:, None]
    before, after = (float((made - true)[touched].sum() / true[touched].sum()) for made in (sold, corrected.demand))
    on_days = [float((made - true)[days].sum() / max(true[days].sum(), 1)) for made in (sold, corrected.demand)]
    per = [np.abs((made - true)[touched].sum(axis=1)) / true[touched].sum(axis=1) for made in (sold, corrected.demand)]
    figures = {"days_out": float(out.mean()), "uncorrected": before, "corrected": after, "ratio": abs(after / before)}
    figures |= {"uncorrected_on_days": on_days[0], "corrected_on_days": on_days[1]}
    figures |= {"mean_product_uncorrected": float(per[0].mean()), "mean_product_corrected": float(per[1].mean())}
    return {name: round(value, 4) for name, value in figures.items()}


def demand_of(kind: str, products: int, rng: np.random.Generator) -> Floats:
    """(products, days) true demand."""
    level = rng.lognormal(-1.5 if kind == "slow" else 1.0, 0.6, (products, 1))
    rate = level * np.tile(WEEKDAYS, DAYS // 7)
    if kind == "seasonal":
        phase = rng.uniform(0, 2 * np.pi, (products, 1))
        rate = rate * np.exp(0.6 * np.sin(2 * np.pi * np.arange(DAYS) / 180 + phase))
    if kind == "overdispersed":
        rate = rate * rng.gamma(1.0, 1.0, rate.shape)
    return rng.poisson(rate).astype(float)


def sell(true: Floats, rng: np.random.Generator) -> tuple[Floats, np.ndarray, np.ndarray]:
    """(sold, out at the day's end, out at its beginning) of a shop that reorders some days too late."""
    products, days = true.shape
    mean = true.mean(axis=1)
    stock, coming = np.ceil(mean * 14), np.zeros((products, days + 40))
    sold, out, began = np.zeros_like(true), np.zeros(true.shape, bool), np.zeros(true.shape, bool)
    for day in range(days):
        stock += coming[:, day]
        began[:, day] = stock <= 0
        sold[:, day] = np.minimum(true[:, day], stock)
        stock -= sold[:, day]
        out[:, day] = stock <= 0
        waiting = coming[:, day + 1 :].sum(axis=1)
        late = (stock + waiting <= mean * 6) & (waiting == 0)
        lead = rng.integers(5, 15, products)
        coming[np.flatnonzero(late), day + lead[late]] += np.ceil(mean[late] * 14)
    return sold, out, began & out


def cold_start(path: Path, seed: int = 5) -> dict[str, float]:
    """Errors of the weekly rate of hidden products: from look-alikes, and the category's mean."""
    from retail_ai.backends.embedders.use import UniversalSentenceEncoder

    names, prices, rates = titles(path)
    vectors = np.asarray(UniversalSentenceEncoder(threads=1).embed(names), dtype=float)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    categories = np.array([name.split()[-1] if name.split() else "" for name in names])
    hidden = np.random.default_rng(seed).random(len(names)) < 0.2
    known = np.flatnonzero(~hidden)
    rows = [_guesses(n, known, vectors, prices, rates, categories) for n in np.flatnonzero(hidden)]
    guesses, actual = np.array(rows), rates[hidden]
    errors = {}
    for place, name in enumerate(("neighbours", "category_mean", "overall_mean")):
        off = guesses[:, place] - actual
        errors[f"{name}_mae"] = round(float(np.abs(off).mean()), 3)
        errors[f"{name}_rmse"] = round(float(np.sqrt((off**2).mean())), 3)
    return {"products": int(hidden.sum()), "mean_rate": round(float(actual.mean()), 3), **errors}


def _guesses(
    number: int, known: np.ndarray, vectors: Floats, prices: Floats, rates: Floats, categories: np.ndarray
) -> tuple[float, float, float]:
    similarity = vectors[known] @ vectors[number]
    near = np.argsort(-similarity)[:NEIGHBOURS]
    gap = np.abs(np.log(prices[known[near]] / prices[number]))
    same = rates[known][categories[known] == categories[number]]
    category = float(same.mean()) if len(same) else float(rates[known].mean())
    made = start_level(weights_of(similarity[near], gap), rates[known[near]], category)
    return made, category, float(rates[known].mean())


def show(result: dict[str, Any]) -> None:
    """Tables for people."""
    print("bias of mean demand of products with stock-outs, as a share of the true mean")
    for kind, row in result["stock_outs"].items():
        print(
            f"  {kind:14} out {row['days_out']:.1%} of days: sales {row['uncorrected']:+.2%}, corrected "
            f"{row['corrected']:+.2%} (ratio {row['ratio']:.2f}); on those days {row['uncorrected_on_days']:+.1%}, "
            f"{row['corrected_on_days']:+.1%}; a product's own, absolute {row['mean_product_uncorrected']:.2%}, "
            f"{row['mean_product_corrected']:.2%}"
        )
    if cold := result.get("cold_start"):
        print(f"cold start: {cold['products']} hidden products that sell {cold['mean_rate']} a week on average")
        for name in ("neighbours", "category_mean", "overall_mean"):
            print(f"  {name:14} MAE {cold[name + '_mae']:.3f}  RMSE {cold[name + '_rmse']:.3f}")


if __name__ == "__main__":
    main()

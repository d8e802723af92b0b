"""How true, complete, varied and quick drafted texts are: ``python -m benchmarks.descriptions --products FILE``.

Three writers on the same products: the product (pipeline with the packaged model where it is), the composer alone,
and the raw model with a plain prompt, on the first ``--raw-n`` products (it is slow on a CPU). Perplexity is a token,
under the packaged model, over the first ``--perplexity-n`` texts of each writer. A second checker that shares no code
with the app's counts too. The last line is JSON.
"""

import argparse
import json
import os
import random
from pathlib import Path
from typing import Any

from benchmarks._descriptions_figures import claim_pairs, measure, perplexity
from benchmarks._descriptions_input import load
from benchmarks._descriptions_writers import compose_all, language_model, plain_speed, product_all, raw_all

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop_demo.settings")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=Path, required=True, help="JSON lines, gzipped or not")
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument(
        "--model-n", type=int, default=None, help="products for the model; 0 leaves it out (default: all)"
    )
    parser.add_argument("--raw-n", type=int, default=48, help="products for the raw model")
    parser.add_argument("--perplexity-n", type=int, default=200, help="texts of each writer whose perplexity is taken")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=0, help="print so many texts drawn at random, with their facts")
    parser.add_argument("--json", action="store_true", help="only the line of JSON")
    given = parser.parse_args()
    import django

    django.setup()
    facts = load(given.products, given.n, given.seed)
    texts, results = run(facts, given)
    if given.show and not given.json:
        show(facts, texts, given.show, given.seed)
    if not given.json:
        table(results)
    print(json.dumps(results | {"claim_pairs": claim_pairs()}, ensure_ascii=False))


def run(facts: list[Any], given: argparse.Namespace) -> tuple[list[str], dict[str, Any]]:
    """(the product's texts, the figures of the three writers)."""
    model = language_model() if given.model_n != 0 else None
    some = facts[: given.model_n] if model else facts
    composer, plain = measure(facts, compose_all)
    product, ours = measure(some, lambda f: product_all(f, "default" if model else "composer"))
    results: dict[str, Any] = {"product": product, "composer": composer, "raw_model": {}}
    if model is None:
        return ours, results
    results["raw_model"], raw = measure(facts[: given.raw_n], lambda f: raw_all(f, model))
    slow = plain_speed(facts[:4], model)
    for figures, written in ((product, ours), (composer, plain), (results["raw_model"], raw)):
        figures["perplexity"] = perplexity(model, written[: given.perplexity_n])
        figures["speedup_vs_plain_generate"] = round(figures["products_per_minute"] / slow, 2)
    if product["perplexity"] and composer["perplexity"]:
        like = composer["perplexity"] if len(ours) == len(plain) else perplexity(model, plain[: len(ours)])
        product["perplexity_of_composers"] = round(product["perplexity"] / like, 4)
    return ours, results


def show(facts: list[Any], texts: list[str], n: int, seed: int) -> None:
    """Texts of the product drawn at random, with the facts they were written from."""
    pairs = list(zip(facts, texts, strict=False))
    for f, text in random.Random(seed).sample(pairs, min(n, len(pairs))):
        print(f"\n# {f.title}")
        print("  " + "; ".join(f"{a.name}: {a.value}" for a in f.attributes[:14])[:400])
        print("→ " + text.replace("\n\n", " "))


def table(results: dict[str, dict[str, Any]]) -> None:
    rows = list(results["product"])
    print(f"{'':32}" + "".join(f"{name:>18}" for name in results))
    for row in rows:
        print(f"{row:32}" + "".join(f"{results[name].get(row, '')!s:>18.17}" for name in results))


if __name__ == "__main__":
    main()

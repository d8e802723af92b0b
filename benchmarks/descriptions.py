"""How true, complete, varied and quick drafted texts are: ``python -m benchmarks.descriptions --products FILE``.

Three writers on the same products: the product (pipeline with the packaged model where it is), the composer alone,
and the raw model with a plain prompt, on the first ``--raw-n`` products (it is slow on a CPU). Perplexity is a token,
under the packaged model, over the first ``--perplexity-n`` texts of each writer. A second checker that shares no code
with the app's counts too. The last line is JSON.
"""

import argparse
import gzip
import json
import math
import os
import random
import re
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.descriptions_strict import strict_unsupported

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop_demo.settings")
ORIGINS = ("model", "repaired", "composer")
Made = list[tuple[str, dict[str, Any]]]


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
    model = _model() if given.model_n != 0 else None
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
        same = min(len(ours), len(plain))
        product["perplexity_of_composers"] = round(
            product["perplexity"] / perplexity(model, plain[:same][: given.perplexity_n]), 4
        )
    return ours, results


# -- input ---------------------------------------------------------------------------------------------------
def load(path: Path, n: int, seed: int) -> list[Any]:
    """n products drawn at random from a file of JSON lines, as facts; descriptions are not trusted and left out."""
    from retail_ai.engine.facts import Attribute, ProductFacts

    rows = _rows(path)
    random.Random(seed).shuffle(rows)

    def plain(value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(map(plain, value))
        return ("yes" if value else "no") if isinstance(value, bool) else str(value)

    return [
        ProductFacts(
            key=row.get("id", number),
            title=str(row["title"]),
            brand=str(row.get("brand") or ""),
            category=_category(row.get("category")),
            attributes=tuple(Attribute(k, plain(v)) for k, v in _attributes(row).items() if v is not None),
        )
        for number, row in enumerate(rows[:n])
    ]


def _rows(path: Path) -> list[dict[str, Any]]:
    """The rows with a title; lines that are no JSON object are told of and left out."""
    opener = gzip.open if path.suffix == ".gz" else open
    rows, odd = [], 0
    with opener(path, "rt", encoding="utf-8", errors="replace") as lines:
        for line in filter(str.strip, lines):
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            if isinstance(row, dict) and str(row.get("title") or "").strip():
                rows.append(row)
            else:
                odd += 1
    if odd:
        print(f"{odd} lines without a product were left out", file=sys.stderr)
    return rows


def _attributes(row: dict[str, Any]) -> dict[str, Any]:
    given = row.get("attributes")
    return given if isinstance(given, dict) else {}


def _category(given: Any) -> tuple[str, ...]:
    if isinstance(given, list):
        return tuple(str(each) for each in given if each)
    return tuple(part.strip() for part in re.split(r"\s*[>/|]\s*", str(given or "")) if part.strip())


# -- writers: facts → (text, figures of its own) ------------------------------------------------------------
def compose_all(facts: list[Any]) -> Made:
    """The composer with no model and no proof."""
    from retail_ai.engine.composer import compose_text

    made = [compose_text(f) for f in facts]
    return [(c.text, {"coverage": c.coverage, "origins": ["composer"] * len(c.sentences)}) for c in made]


def product_all(facts: list[Any], generator: str) -> Made:
    """What the app drafts, in batches as its jobs do."""
    from retail_ai.descriptions.pipeline import write_texts

    out = []
    for start in range(0, len(facts), 16):
        for (written,) in write_texts(facts[start : start + 16], fields=["description"], generator=generator):
            figures = {"coverage": written.scores["coverage"], "origins": [s["origin"] for s in written.sentences]}
            out.append(
                (written.text, figures | {k: written.scores.get(k, 0) for k in ("model_sentences", "model_kept")})
            )
    return out


def raw_all(facts: list[Any], model: Any) -> Made:
    """The same weights with a plain prompt; coverage is the share of the planned values that stand in the text."""
    prompts = [_plain_prompt(f) for f in facts]
    texts = [g.text for g in model.generate(prompts, max_tokens=80)]
    return [
        (t, {"coverage": _said(f, t), "origins": ["model"] * len(_sentences(t))})
        for f, t in zip(facts, texts, strict=True)
    ]


def _said(facts: Any, text: str) -> float:
    from retail_ai.engine.plan import make_plan

    points = make_plan(facts).points
    lowered = text.lower()
    return sum(p.value.lower() in lowered for p in points) / len(points) if points else 1.0


def _sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.!?])\s+", text) if s.strip()]


def plain_speed(facts: list[Any], model: Any) -> float:
    """Products a minute of the same weights at batch 1 with a plain prompt."""
    started = time.perf_counter()
    for f in facts:
        model.generate([_plain_prompt(f)], max_tokens=80)
    return 60 * len(facts) / (time.perf_counter() - started)


def _plain_prompt(facts: Any) -> str:
    listed = "\n".join(f"{a.name}: {a.value}" for a in facts.attributes[:15])
    return f"Write a product description of: {facts.title}\n{listed[:1500]}"


def _model() -> Any:
    from retail_ai.descriptions.pipeline import usable_generator

    return usable_generator("default")


# -- figures -------------------------------------------------------------------------------------------------
def measure(facts: list[Any], write: Callable[[list[Any]], Made]) -> tuple[dict[str, Any], list[str]]:
    """(all figures of one writer over the facts, its texts)."""
    from retail_ai.engine.grounding import unsupported

    write(facts[:1])  # the first use reads weights and compiles patterns
    started = time.perf_counter()
    made = write(facts)
    seconds = time.perf_counter() - started
    texts = [text for text, _ in made]
    bad = [unsupported(text, f) for f, text in zip(facts, texts, strict=True)]
    origins = [o for _, own in made for o in own.get("origins", [])]
    asked = sum(own.get("model_sentences", 0) for _, own in made)
    return {
        "products": len(facts),
        "unsupported_numbers": sum(v.claim.kind == "number" for each in bad for v in each),
        "unsupported_claims": sum(map(len, bad)),
        "texts_with_unsupported": sum(map(bool, bad)),
        "strict_unsupported": sum(
            len(strict_unsupported(text, _source(f))) for f, text in zip(facts, texts, strict=True)
        ),
        "fact_coverage": _mean(own["coverage"] for _, own in made if "coverage" in own),
        "sentence_origin": {o: round(origins.count(o) / max(1, len(origins)), 3) for o in ORIGINS},
        "model_sentences_kept": round(sum(own.get("model_kept", 0) for _, own in made) / asked, 3) if asked else None,
        "distinct_3": distinct(texts),
        "mean_similarity_in_category": similarity(facts, texts),
        "words_per_text": _mean(len(text.split()) for text in texts),
        "perplexity": None,
        "products_per_minute": round(60 * len(facts) / max(seconds, 1e-9), 1),
        "speedup_vs_plain_generate": None,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }, texts


def distinct(texts: list[str]) -> float:
    """Share of different word triples among all."""
    triples = [t for text in texts for t in _triples(text)]
    return round(len(set(triples)) / max(1, len(triples)), 4)


def similarity(facts: list[Any], texts: list[str]) -> float | None:
    """Mean Jaccard overlap of word triples between texts of one brand and kind (first 20 of each group)."""
    groups: dict[tuple[str, str], list[set[Any]]] = defaultdict(list)
    for f, text in zip(facts, texts, strict=True):
        kind = next((a.value for a in f.attributes if a.name in ("product type", "type", "print technology")), "")
        groups[(f.category[-1] if f.category else f.brand, kind)].append(set(_triples(text)))
    pairs = [
        len(a & b) / max(1, len(a | b))
        for group in groups.values()
        for i, a in enumerate(group[:20])
        for b in group[i + 1 : 20]
    ]
    return round(sum(pairs) / len(pairs), 4) if pairs else None


def perplexity(model: Any, texts: list[str]) -> float | None:
    """A token, under the model: exp of the mean negative log likelihood, each text after the same short prompt."""
    kept = [" ".join(t.split()) for t in texts if t.strip()]
    if not kept:
        return None
    rows = [place[0] for (place,) in model.score_choices("Product description:", [[[t]] for t in kept])]
    return round(math.exp(-sum(likely for likely, _ in rows) / sum(length for _, length in rows)), 3)


def claim_pairs() -> dict[str, Any]:
    """The checker on the hand-written pairs of tests/engine, where they are at hand."""
    try:
        from tests.engine.claim_pairs import score
    except ImportError:
        return {}
    return score()


def _triples(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return list(zip(words, words[1:], words[2:], strict=False))


def _source(facts: Any) -> dict[str, str]:
    return {"title": facts.title, "brand": facts.brand, "category": " ".join(facts.category)} | {
        a.name: f"{a.value} {a.unit}" for a in facts.attributes
    }


def _mean(values: Iterable[float]) -> float | None:
    listed = list(values)
    return round(sum(listed) / len(listed), 4) if listed else None


# -- output --------------------------------------------------------------------------------------------------
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

"""How true, complete, varied and quick drafted texts are: ``python -m benchmarks.descriptions --products FILE``.

Three writers on the same products: the product (pipeline with the packaged model where it is), the composer alone,
and the raw model with a plain prompt. A second checker that shares no code with the app's counts too. ``--model-n``
sets on how many of the products the language model is run (it is slow on a CPU). The last line is JSON.
"""

import argparse
import gzip
import json
import os
import random
import re
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.descriptions_strict import strict_unsupported

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop_demo.settings")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=Path, required=True, help="JSON lines, gzipped or not")
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--model-n", type=int, default=20, help="products for the language model; 0 leaves it out")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=0, help="print so many texts drawn at random")
    parser.add_argument("--json", action="store_true", help="only the line of JSON")
    given = parser.parse_args()
    import django

    django.setup()
    facts = load(given.products, given.n, given.seed)
    results = {"composer": measure(facts, compose_all)}
    model = _model() if given.model_n else None
    some = facts[: given.model_n]
    if model is None:
        results["product"] = measure(facts, lambda f: product_all(f, "composer"))
        results["raw_model"] = {}
    else:
        results["product"] = measure(some, lambda f: product_all(f, "default"), model)
        results["raw_model"] = measure(some, lambda f: raw_all(f, model), model)
        results["composer"] |= {"perplexity": perplexity(model, [t for t, _ in compose_all(some)])}
        plain = plain_speed(some[:4], model)
        results["product"]["speedup_vs_plain_generate"] = round(results["product"]["products_per_minute"] / plain, 2)
    if given.show and not given.json:
        show(facts, given.show, given.seed)
    if not given.json:
        table(results)
    print(json.dumps(results | {"claim_pairs": claim_pairs()}, ensure_ascii=False))


# -- input ---------------------------------------------------------------------------------------------------
def load(path: Path, n: int, seed: int) -> list[Any]:
    """n products drawn at random from a file of JSON lines, as facts; descriptions are not trusted and left out."""
    from retail_ai.engine.facts import Attribute, ProductFacts

    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", errors="replace") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    random.Random(seed).shuffle(rows)

    def plain(value: Any) -> str:
        return ("yes" if value else "no") if isinstance(value, bool) else str(value)

    return [
        ProductFacts(
            key=row["id"],
            title=row["title"],
            brand=row.get("brand") or "",
            category=tuple(c for c in [row.get("category")] if isinstance(c, str) and c),
            attributes=tuple(
                Attribute(k, plain(v)) for k, v in (row.get("attributes") or {}).items() if v is not None
            ),
        )
        for row in rows[:n]
    ]


# -- writers: facts → (text, figures of its own) ------------------------------------------------------------
def compose_all(facts: list[Any]) -> list[tuple[str, dict[str, Any]]]:
    from retail_ai.engine.composer import compose_text

    made = [compose_text(f) for f in facts]
    return [(c.text, {"coverage": c.coverage, "origins": ["composer"] * len(c.sentences)}) for c in made]


def product_all(facts: list[Any], generator: str) -> list[tuple[str, dict[str, Any]]]:
    from retail_ai.descriptions.pipeline import write_texts

    out = []
    for start in range(0, len(facts), 16):
        for (written,) in write_texts(facts[start : start + 16], fields=["description"], generator=generator):
            figures = {"coverage": written.scores["coverage"], "origins": [s["origin"] for s in written.sentences]}
            out.append(
                (written.text, figures | {k: written.scores.get(k, 0) for k in ("model_sentences", "model_kept")})
            )
    return out


def raw_all(facts: list[Any], model: Any) -> list[tuple[str, dict[str, Any]]]:
    prompts = [_plain_prompt(f) for f in facts]
    return [(g.text, {}) for g in model.generate(prompts, max_tokens=80)]


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
def measure(
    facts: list[Any], write: Callable[[list[Any]], list[tuple[str, dict[str, Any]]]], model: Any = None
) -> dict[str, Any]:
    """All figures of one writer over the facts."""
    from retail_ai.engine.grounding import unsupported

    started = time.perf_counter()
    made = write(facts)
    seconds = time.perf_counter() - started
    numbers = claims = texts = strict = 0
    for f, (text, _) in zip(facts, made, strict=True):
        bad = unsupported(text, f)
        numbers += sum(v.claim.kind == "number" for v in bad)
        claims += len(bad)
        texts += bool(bad)
        strict += len(strict_unsupported(text, _source(f)))
    origins = [o for _, own in made for o in own.get("origins", [])]
    asked = sum(own.get("model_sentences", 0) for _, own in made)
    return {
        "products": len(facts),
        "unsupported_numbers": numbers,
        "unsupported_claims": claims,
        "texts_with_unsupported": texts,
        "strict_unsupported": strict,
        "fact_coverage": _mean(own["coverage"] for _, own in made if "coverage" in own),
        "sentence_origin": {o: round(origins.count(o) / len(origins), 3) for o in sorted(set(origins))},
        "model_sentences_kept": round(sum(own.get("model_kept", 0) for _, own in made) / asked, 3) if asked else None,
        "distinct_3": distinct([t for t, _ in made]),
        "mean_similarity_in_category": similarity(facts, [t for t, _ in made]),
        "perplexity": perplexity(model, [t for t, _ in made]) if model else None,
        "products_per_minute": round(60 * len(facts) / max(seconds, 1e-9), 1),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


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
    """A word, under the packaged model: exp of the mean negative log likelihood."""
    import math

    kept = [t for t in texts if t.strip()][:40]
    if not kept:
        return None
    total = sum(model.score("Product description:", [t])[0] for t in kept)
    return round(math.exp(-total / sum(len(t.split()) for t in kept)), 2)


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
def show(facts: list[Any], n: int, seed: int) -> None:
    for f in random.Random(seed).sample(facts, min(n, len(facts))):
        print(f"\n# {f.title}")
        print("  " + "; ".join(f"{a.name}: {a.value}" for a in f.attributes[:14])[:400])
        print("→ " + compose_all([f])[0][0].replace("\n\n", " "))


def table(results: dict[str, dict[str, Any]]) -> None:
    rows = list(results["product"])
    print(f"{'':32}" + "".join(f"{name:>18}" for name in results))
    for row in rows:
        print(f"{row:32}" + "".join(f"{results[name].get(row, '')!s:>18.17}" for name in results))


if __name__ == "__main__":
    main()

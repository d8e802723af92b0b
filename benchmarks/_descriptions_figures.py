"""The figures of one writer's texts: what is unsupported, how varied, how likely. It writes no text."""

import math
import re
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from benchmarks.descriptions_strict import strict_unsupported

ORIGINS = ("model", "repaired", "composer")
Made = list[tuple[str, dict[str, Any]]]


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

"""The writers that are compared: each gives, for facts, texts with figures of their own. It counts nothing."""

import re
import time
from typing import Any

from benchmarks._descriptions_figures import Made


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


def language_model() -> Any:
    from retail_ai.descriptions.pipeline import usable_generator

    return usable_generator("default")

"""Rows to train the writer on, and how much of what it writes holds: facts of one sentence → the sentence.

``python -m benchmarks.descriptions_writer_rows --products FILE --out ROWS.jsonl`` lets the packaged model rank the
composer's wordings for products that the other benchmarks do not draw, and for made-up ones; with ``--adapter FOLDER``
it judges that writer instead, on products of another seed, and prints each sentence beside the composer's.
"""

import argparse
import json
import os
import random
from pathlib import Path
from typing import Any

from benchmarks._descriptions_input import load
from benchmarks._writer_facts import products

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop_demo.settings")
# What ``benchmarks.descriptions`` draws by default.
KEPT_APART, ITS_SEED = 1000, 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=Path, required=True)
    parser.add_argument("--n", type=int, default=550, help="products of the catalogue; as many are made up")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--adapter", type=Path)
    given = parser.parse_args()
    import django

    django.setup()
    drawn = load(given.products, 1_000_000, ITS_SEED)
    apart = {facts.title for facts in drawn[:KEPT_APART]}
    free = [facts for facts in drawn[KEPT_APART:] if facts.title not in apart and len(facts.attributes) > 3]
    if given.adapter:
        judge([*random.Random(77).sample(free, given.n), *products(given.n // 3, 99)], given.adapter)
    else:
        write_rows([*random.Random(1).sample(free, given.n), *products(given.n, 11)], given.out)


def write_rows(facts: list[Any], out: Path) -> None:
    """One row a sentence of the texts that the model ranked best."""
    from benchmarks._writer_prompts import draw_of, facts_of, prompt_of
    from retail_ai.descriptions.pipeline import write_texts
    from retail_ai.engine.composer import Composed, Sentence
    from retail_ai.engine.plan import make_plan

    with out.open("w", encoding="utf-8") as file:
        for start in range(0, len(facts), 16):
            some = facts[start : start + 16]
            for one, (written,) in zip(some, write_texts(some, fields=["description"]), strict=True):
                said = tuple(Sentence(s["text"], tuple(s["facts"])) for s in written.sentences)
                text = Composed(written.text, said, make_plan(one))
                for place, sentence in enumerate(said):
                    if points := facts_of(text.plan, sentence):
                        asked = prompt_of(draw_of(text, place, sentence.text), points).messages[1].content
                        row = {"product": str(one.key), "user": asked, "text": sentence.text}
                        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def judge(facts: list[Any], adapter: Path) -> None:
    """Greedy sentences of the writer beside the composer's; the last line is JSON."""
    from benchmarks._writer_prompts import MAX_TOKENS, draw_of, facts_of, holds, prompt_of
    from retail_ai.backends.generators.transformers_lm import TransformersGenerator
    from retail_ai.engine.composer import compose_text

    asks = []
    for text in map(compose_text, facts):
        for place, sentence in enumerate(text.sentences):
            if points := facts_of(text.plan, sentence):
                asks.append((draw_of(text, place, sentence.text), points, sentence.text))
    writer = TransformersGenerator(adapter=str(adapter), batch_size=48)
    made = writer.generate([prompt_of(draw, points) for draw, points, _ in asks], max_tokens=MAX_TOKENS)
    held = [holds(m.text, draw, points) for m, (draw, points, _) in zip(made, asks, strict=True)]
    for ok, m, (_, _, own) in zip(held, made, asks, strict=True):
        print(f"{'holds' if ok else 'fails'}: {m.text}   | {own}")
    print(json.dumps({"sentences": len(held), "hold": round(sum(held) / len(held), 4)}))


if __name__ == "__main__":
    main()

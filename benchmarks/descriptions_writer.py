"""Trains the writer that says the facts of one sentence: a LoRA for the packaged model, by the app's own trainer.

``python -m benchmarks.descriptions_writer --rows ROWS.jsonl --out FOLDER``; the rows come from
``python -m benchmarks.descriptions_writer_rows``, which also judges what was learned. Seeded; the adapter of the epoch
that tells held-out products best is written, and the last line is JSON.
"""

import argparse
import json
import os
import random
from hashlib import sha256
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop_demo.settings")
# Rows held out at most, and as a share of all.
HELD_OUT, SHARE, SEED = 160, 0.2, 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rank", type=int, default=8)
    parser.add_argument("--rate", type=float, default=8e-4)
    parser.add_argument("--batch", type=int, default=24)
    given = parser.parse_args()
    import django

    django.setup()
    training, held = split([json.loads(line) for line in given.rows.open(encoding="utf-8")])
    print(f"{len(training)} rows to train on, {len(held)} held out", flush=True)
    print(json.dumps(fit(training, held, given)))


def split(rows: list[dict[str, str]]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """(training, held out): all rows of a product fall on one side."""
    products = sorted({row["product"] for row in rows})
    random.Random(SEED).shuffle(products)
    apart: set[str] = set()
    for product in products:
        if sum(row["product"] in apart for row in rows) >= min(HELD_OUT, SHARE * len(rows)):
            break
        apart.add(product)
    return [r for r in rows if r["product"] not in apart], [r for r in rows if r["product"] in apart]


def fit(training: list[dict[str, str]], held: list[dict[str, str]], given: argparse.Namespace) -> dict[str, Any]:
    """Train, and write the best epoch's adapter under ``--out``."""
    from retail_ai.backends.generators.transformers_lm import TransformersGenerator
    from retail_ai.backends.trainers.lora import LoraTrainer

    trainer = LoraTrainer(
        rank=given.rank, alpha=2 * given.rank, learning_rate=given.rate, epochs=given.epochs, batch_size=given.batch
    )
    trained = trainer.train(
        TransformersGenerator(), examples(training), examples(held), seed=SEED,
        on_epoch=lambda epoch: print(f"epoch {epoch.number}: held-out loss {epoch.validation:.4f}", flush=True),
    )  # fmt: skip
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "adapter_model.safetensors").write_bytes(trained.adapter.weights)
    (given.out / "adapter_config.json").write_text(json.dumps(trained.adapter.configuration, sort_keys=True, indent=1))
    losses = [round(epoch.validation, 4) for epoch in trained.epochs]
    digest = sha256(trained.adapter.weights).hexdigest()
    return {"held_out_loss": losses, "best": trained.best, "seconds": trained.seconds, "sha256": digest}


def examples(rows: list[dict[str, str]]) -> list[Any]:
    """Rows as the generator would ask them and the writer should answer."""
    from benchmarks._writer_prompts import SYSTEM
    from retail_ai.backends import Message, Prompt
    from retail_ai.backends.trainers.base import Example

    return [Example(Prompt((Message("system", SYSTEM), Message("user", row["user"]))), row["text"]) for row in rows]


if __name__ == "__main__":
    main()

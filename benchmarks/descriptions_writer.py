"""Trains the writer that says the facts of one sentence: a LoRA for the packaged model. It judges nothing.

``python -m benchmarks.descriptions_writer --rows ROWS.jsonl --out FOLDER --minutes 9``; again with the same folder to
go on. The rows come from ``python -m benchmarks.descriptions_writer_rows``. Seeded; float16 safetensors; the best on
held-out products is kept. bfloat16 where the processor has it.
"""

import argparse
import json
import os
import random
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop_demo.settings")
HELD_OUT, SEED = 160, 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=9)
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
    rng = random.Random(SEED)
    products = sorted({row["product"] for row in rows})
    rng.shuffle(products)
    apart: set[str] = set()
    for product in products:
        if sum(row["product"] in apart for row in rows) >= HELD_OUT:
            break
        apart.add(product)
    return [r for r in rows if r["product"] not in apart], [r for r in rows if r["product"] in apart]


def fit(training: list[dict[str, str]], held: list[dict[str, str]], given: argparse.Namespace) -> dict[str, Any]:
    """Train until the time or the epochs are over; state and the best adapter are under ``--out``."""
    import torch

    from retail_ai.backends.trainers.encoding import to_tensors

    started = time.perf_counter()
    tokenizer, model = _learner(given)
    rows, kept = encoded(tokenizer, training), encoded(tokenizer, held)
    weights = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=given.rate, weight_decay=0.01)
    step, best, losses = _resumed(model, optimizer, given.out)
    plan = [b for epoch in range(given.epochs) for b in batches(rows, given.batch, epoch)]
    while step < len(plan) and time.perf_counter() - started < 60 * given.minutes:
        for group in optimizer.param_groups:
            group["lr"] = given.rate * min(1.0, (step + 1) / 20) * (1 - 0.95 * step / len(plan))
        model.train()
        loss = loss_of(torch, model, *to_tensors(torch, plan[step], "cpu"))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        step += 1
        if step % 40 == 0 or step == len(plan):
            losses.append((step, round(mean_loss(torch, model, kept), 4)))
            print(
                f"step {step} of {len(plan)}: held-out loss {losses[-1][1]}, {time.perf_counter() - started:.0f} s",
                flush=True,
            )
            if losses[-1][1] < best:
                best = losses[-1][1]
                save(model, given.out)
    torch.save(
        {"step": step, "best": best, "losses": losses, "optimizer": optimizer.state_dict(), "model": _learned(model)},
        given.out / "state.pt",
    )
    digest = sha256((given.out / "adapter_model.safetensors").read_bytes()).hexdigest()
    return {"steps": step, "of": len(plan), "held_out_loss": best, "losses": losses, "sha256": digest}


def encoded(tokenizer: Any, rows: list[dict[str, str]]) -> list[Any]:
    """Rows as the generator would ask them and the writer should answer."""
    from benchmarks._writer_prompts import SYSTEM
    from retail_ai.backends import Message, Prompt
    from retail_ai.backends.trainers.base import Example
    from retail_ai.backends.trainers.encoding import encode

    examples = [
        Example(Prompt((Message("system", SYSTEM), Message("user", row["user"]))), row["text"]) for row in rows
    ]
    return encode(tokenizer, examples, 256)


def batches(rows: list[Any], size: int, epoch: int) -> Iterator[list[Any]]:
    """Rows of like length together, the groups in an order of the epoch's own."""
    rng = random.Random(SEED + epoch)
    mixed = sorted(rng.sample(rows, len(rows)), key=lambda row: len(row.ids) // 8)
    groups = [mixed[i : i + size] for i in range(0, len(mixed), size)]
    rng.shuffle(groups)
    yield from groups


def loss_of(torch: Any, model: Any, ids: Any, mask: Any, labels: Any) -> Any:
    """Mean negative log likelihood a token of the texts; the vocabulary is looked up for those alone."""
    inner = model.get_base_model()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = inner.model(input_ids=ids, attention_mask=mask, use_cache=False).last_hidden_state[:, :-1]
        wanted = labels[:, 1:]
        logits = inner.lm_head(hidden[wanted != -100])
    return torch.nn.functional.cross_entropy(logits.float(), wanted[wanted != -100])


def mean_loss(torch: Any, model: Any, rows: list[Any]) -> float:
    from retail_ai.backends.trainers.encoding import to_tensors

    model.eval()
    total = count = 0.0
    with torch.inference_mode():
        for batch in batches(rows, 32, 0):
            ids, mask, labels = to_tensors(torch, batch, "cpu")
            n = int((labels[:, 1:] != -100).sum())
            total, count = total + float(loss_of(torch, model, ids, mask, labels)) * n, count + n
    return total / count


def _learner(given: argparse.Namespace) -> tuple[Any, Any]:
    import torch

    from retail_ai.backends.generators.transformers_lm import TransformersGenerator
    from retail_ai.backends.trainers.adapters import quiet_peft

    torch.manual_seed(SEED)
    tokenizer, model = TransformersGenerator(device="cpu").fresh_model(dtype="bfloat16")
    with quiet_peft() as peft:
        config = peft.LoraConfig(
            task_type="CAUSAL_LM",
            r=given.rank,
            lora_alpha=2 * given.rank,
            lora_dropout=0.05,
            target_modules="all-linear",
        )
        return tokenizer, peft.get_peft_model(model, config)


def _resumed(model: Any, optimizer: Any, out: Path) -> tuple[int, float, list[Any]]:
    import torch
    from peft import set_peft_model_state_dict

    out.mkdir(parents=True, exist_ok=True)
    if not (out / "state.pt").exists():
        return 0, float("inf"), []
    state = torch.load(out / "state.pt", weights_only=False)
    set_peft_model_state_dict(model, state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return state["step"], state["best"], state["losses"]


def _learned(model: Any) -> dict[str, Any]:
    from peft import get_peft_model_state_dict

    return {k: v.detach().cpu().clone() for k, v in get_peft_model_state_dict(model).items()}


def save(model: Any, out: Path) -> None:
    """The adapter as float16 safetensors, with a configuration that names no folder of this machine."""
    import torch
    from safetensors.torch import save_file

    from retail_ai.backends.trainers.lora import _plain

    halves = {k: v.to(torch.float16).contiguous() for k, v in _learned(model).items()}
    save_file(halves, str(out / "adapter_model.safetensors"))
    (out / "adapter_config.json").write_text(
        json.dumps(_plain(model.peft_config["default"]), sort_keys=True, indent=1)
    )


if __name__ == "__main__":
    main()

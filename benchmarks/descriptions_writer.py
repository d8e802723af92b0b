"""Does a small LoRA help the packaged model to say single attributes? Trains one and measures it on held-out pairs.

``python -m benchmarks.descriptions_writer --pairs train.csv --dev dev.csv --out FOLDER``. The pairs are tab-separated
``data`` (an attribute as JSON-like text) and ``text`` (a sentence that says it). Seeded, stopped early on the dev
loss, float16 safetensors. Reported for the plain and the trained model: the dev loss, and the share of greedy
sentences that the app's proof lets stand. The last line is JSON.
"""

import argparse
import csv
import json
import os
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop_demo.settings")
_TOKEN = re.compile(r'"[^"]*"|\'[^\']*\'|[{}\[\]:;,]|[^{}\[\]:;,"\']+')
_VALUES = ("string_value", "value", "decimal_value", "quantity", "installed_size", "name", "content", "total")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rank", type=int, default=8)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--dev-n", type=int, default=246)
    given = parser.parse_args()
    import django

    django.setup()
    train, dev = pairs(given.pairs), pairs(given.dev)[: given.dev_n]
    print(f"{len(train)} + {len(dev)} pairs whose sentence the attribute backs")
    tokenizer, model = _plain_model()
    result: dict[str, Any] = {"train": len(train), "dev": len(dev), "plain": judge(tokenizer, model, dev)}
    model, losses = fit(tokenizer, model, train, dev, given)
    result |= {"dev_losses": losses, "lora": judge(tokenizer, model, dev)}
    print(json.dumps(result))


# -- pairs ---------------------------------------------------------------------------------------------------
def pairs(path: Path) -> list[tuple[str, str, str]]:
    """(attribute, value, sentence) of the rows whose sentence is backed by the attribute and is not too long."""
    from retail_ai.engine.facts import Attribute, ProductFacts
    from retail_ai.engine.grounding import unsupported

    found = []
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            sentence = " ".join(row["text"].split())
            for name, value in list(attributes(row["data"]))[:1]:
                facts = ProductFacts(0, "", attributes=(Attribute(name, value),))
                fits = len(value) < 90 and 3 <= len(sentence.split()) <= 24 and sentence.endswith(".")
                if fits and not unsupported(sentence, facts):
                    found.append((name, value, sentence))
    return found


def attributes(data: str) -> Iterator[tuple[str, str]]:
    """("cable length", "10 feet") of ``cable: { length:[ { unit:feet, string_value:"10 feet" } ] }``."""
    tokens = [t.strip() for t in _TOKEN.findall(data) if t.strip()]
    path: list[str] = []
    leaves: list[tuple[tuple[str, ...], str]] = []
    key = ""
    for token in tokens:
        if token == "{" or token == "[":
            path.append(key)
            key = ""
        elif token in "}]":
            if path:
                path.pop()
        elif token == ":" or token in ",;":
            continue
        elif not key:
            key = token
        else:
            leaves.append(((*(p for p in path if p), key), token.strip("\"'")))
            key = ""
    yield from _joined(leaves)


def _joined(leaves: list[tuple[tuple[str, ...], str]]) -> Iterator[tuple[str, str]]:
    units = {where[:-1]: value for where, value in leaves if where[-1] == "unit"}
    seen: set[str] = set()
    for where, value in leaves:
        if where[-1] not in _VALUES and where[-1] in ("unit", "role", "type", "language_tag"):
            continue
        name = " ".join(w for w in where if w not in _VALUES).replace("_", " ")
        if not name or name in seen:
            continue
        seen.add(name)
        if re.fullmatch(r"[\d.]+", value):
            value = re.sub(r"\.0*$", "", value) + " " + units.get(where[:-1], "").replace("_", " ")
        yield name, value.strip()


# -- model ---------------------------------------------------------------------------------------------------
def asked(name: str, value: str) -> str:
    """What the model is given for one attribute."""
    return f"{name}: {value}\nIn a sentence:"


def _plain_model() -> tuple[Any, Any]:
    from retail_ai.backends.generators.transformers_lm import TransformersGenerator

    return TransformersGenerator(device="cpu")._load()


def fit(tokenizer: Any, model: Any, train: list[Any], dev: list[Any], given: argparse.Namespace) -> tuple[Any, Any]:
    """Train until the dev loss rises; the best adapter is saved under ``--out``."""
    import torch
    from peft import LoraConfig, get_peft_model

    torch.manual_seed(7)
    linear = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
    config = LoraConfig(r=given.rank, lora_alpha=2 * given.rank, lora_dropout=0.05, target_modules=linear)
    model = get_peft_model(model, config)
    weights = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=given.rate, weight_decay=0.01)
    rng, best, losses = random.Random(7), float("inf"), []
    for epoch in range(given.epochs):
        started = time.perf_counter()
        model.train()
        for rows in batches(rng.sample(train, len(train)), given.batch):
            loss = loss_of(tokenizer, model, rows)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            optimizer.zero_grad()
        losses.append(dev_loss(tokenizer, model, dev))
        print(f"epoch {epoch + 1}: dev loss {losses[-1]:.4f}, {time.perf_counter() - started:.0f} s", flush=True)
        if losses[-1] >= best:
            break
        best = losses[-1]
        save(model, given.out)
    return model.eval(), [round(x, 4) for x in losses]


def save(model: Any, out: Path) -> None:
    import torch
    from peft import get_peft_model_state_dict
    from safetensors.torch import save_file

    out.mkdir(parents=True, exist_ok=True)
    state = {k: v.detach().to(torch.float16).contiguous() for k, v in get_peft_model_state_dict(model).items()}
    save_file(state, str(out / "adapter_model.safetensors"))
    model.peft_config["default"].save_pretrained(str(out))


def batches(rows: list[Any], size: int) -> Iterator[list[Any]]:
    """Rows of like length together, in an order that mixes lengths."""
    groups = [
        sorted(rows[i : i + size * 8], key=lambda r: len(r[1]) + len(r[2])) for i in range(0, len(rows), size * 8)
    ]
    for group in groups:
        for i in range(0, len(group), size):
            yield group[i : i + size]


def loss_of(tokenizer: Any, model: Any, rows: list[Any]) -> Any:
    """Mean negative log likelihood of the sentences' tokens, the end included."""
    import torch

    end = tokenizer.eos_token_id
    encoded = []
    for name, value, sentence in rows:
        start = tokenizer(asked(name, value))["input_ids"]
        encoded.append((start, [*tokenizer(" " + sentence)["input_ids"], end]))
    width = max(len(a) + len(b) for a, b in encoded)
    ids = torch.tensor([a + b + [end] * (width - len(a) - len(b)) for a, b in encoded])
    goal = torch.tensor([[-100] * len(a) + b + [-100] * (width - len(a) - len(b)) for a, b in encoded])
    mask = torch.tensor([[1] * (len(a) + len(b)) + [0] * (width - len(a) - len(b)) for a, b in encoded])
    return model(input_ids=ids, attention_mask=mask, labels=goal).loss


def dev_loss(tokenizer: Any, model: Any, dev: list[Any]) -> float:
    import torch

    model.eval()
    with torch.inference_mode():
        parts = [(float(loss_of(tokenizer, model, rows)), len(rows)) for rows in batches(dev, 32)]
    return sum(a * n for a, n in parts) / sum(n for _, n in parts)


def judge(tokenizer: Any, model: Any, dev: list[Any]) -> dict[str, Any]:
    """Dev loss, and the share of greedy sentences that hold; sentences a second."""
    started = time.perf_counter()
    written = [s for rows in batches(dev, 32) for s in zip(rows, greedy(tokenizer, model, rows), strict=True)]
    seconds = time.perf_counter() - started
    held = [holds(name, value, text) for (name, value, _), text in written]
    for (name, value, wanted), text in written[:: max(1, len(written) // 25)]:
        print(f"  {name}: {value} -> {text}   [{'ok' if holds(name, value, text) else 'fails'}] ({wanted})")
    return {
        "dev_loss": round(dev_loss(tokenizer, model, dev), 4),
        "sentences_that_hold": round(sum(held) / max(1, len(held)), 4),
        "sentences_per_second": round(len(held) / seconds, 2),
    }


def greedy(tokenizer: Any, model: Any, rows: list[Any]) -> list[str]:
    import torch

    encoded = [tokenizer(asked(name, value))["input_ids"] for name, value, _ in rows]
    width, end = max(map(len, encoded)), tokenizer.eos_token_id
    ids = torch.tensor([[end] * (width - len(row)) + row for row in encoded])
    mask = torch.tensor([[0] * (width - len(row)) + [1] * len(row) for row in encoded])
    with torch.inference_mode():
        made = model.generate(
            input_ids=ids, attention_mask=mask, max_new_tokens=28, do_sample=False, pad_token_id=end, eos_token_id=end
        )
    texts = tokenizer.batch_decode(made[:, width:], skip_special_tokens=True)
    return [text.strip().split("\n")[0] for text in texts]


def holds(name: str, value: str, sentence: str) -> bool:
    """Whether the app would let the sentence stand for this attribute: strictly backed, and it says the value."""
    from retail_ai.engine.facts import Attribute, ProductFacts
    from retail_ai.engine.grounding import check_text

    facts = ProductFacts(0, "", attributes=(Attribute(name, value),))
    verdicts = check_text(sentence, facts, strict=True)
    return sentence.endswith(".") and bool(verdicts) and all(v.supported for v in verdicts)


if __name__ == "__main__":
    main()

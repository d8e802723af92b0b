"""Examples as token ids, batches of them as tensors, and the loss of a model on them. Trains nothing."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from retail_ai.backends.generators.chat import chat_text
from retail_ai.backends.texts import by_length, without_surrogates
from retail_ai.backends.trainers.base import Example

IGNORED = -100


class Row(NamedTuple):
    """Token ids of prompt and text, and how many of them, from the first, are the prompt."""

    ids: list[int]
    prompt: int


def encode(tokenizer: Any, examples: Sequence[Example], max_tokens: int) -> list[Row]:
    """Prompt and text as the generator reads and writes them, ending mark included; too long ones are left out."""
    end = [tokenizer.eos_token_id] if tokenizer.eos_token_id is not None else []
    rows = []
    for example in examples:
        prompt = tokenizer(chat_text(tokenizer, example.prompt.messages), add_special_tokens=False)["input_ids"]
        text = tokenizer(without_surrogates(example.text), add_special_tokens=False)["input_ids"] + end
        if prompt and text and len(prompt) + len(text) <= max_tokens:
            rows.append(Row(prompt + text, len(prompt)))
    return rows


def batches(rows: Sequence[Row], size: int) -> list[list[Row]]:
    """The rows in the order given, ``size`` at a time."""
    return [list(rows[start : start + size]) for start in range(0, len(rows), size)]


def to_tensors(torch: Any, rows: Sequence[Row], device: Any) -> tuple[Any, Any, Any]:
    """(ids, attention mask, labels), each (n rows, longest), padded on the right; only texts are labels."""
    width = max(len(row.ids) for row in rows)
    blank = [width - len(row.ids) for row in rows]
    ids = torch.tensor([row.ids + [0] * n for row, n in zip(rows, blank, strict=True)], device=device)
    mask = torch.tensor([[1] * len(row.ids) + [0] * n for row, n in zip(rows, blank, strict=True)], device=device)
    labels = torch.tensor(
        [[IGNORED] * r.prompt + r.ids[r.prompt :] + [IGNORED] * n for r, n in zip(rows, blank, strict=True)],
        device=device,
    )
    return ids, mask, labels


def mean_loss(torch: Any, model: Any, rows: Sequence[Row], size: int) -> tuple[float, int]:
    """(mean cross-entropy in nats a token of the texts, number of those tokens); nothing is learned."""
    total, tokens = 0.0, 0
    model.eval()
    for places in by_length([len(row.ids) for row in rows], size):
        ids, mask, labels = to_tensors(torch, [rows[i] for i in places], model.device)
        with torch.inference_mode():
            logits = model(input_ids=ids, attention_mask=mask).logits[:, :-1].float()
        wanted = labels[:, 1:]
        total += float(
            torch.nn.functional.cross_entropy(
                logits.flatten(0, 1), wanted.flatten(), ignore_index=IGNORED, reduction="sum"
            )
        )
        tokens += int((wanted != IGNORED).sum())
    return total / max(1, tokens), tokens

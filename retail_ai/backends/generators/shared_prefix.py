"""What all prompts of a batch begin with, instructions and the shop's guide, is read by the model once for all."""

from collections.abc import Sequence
from inspect import signature
from typing import Any

# A shorter beginning costs less to read again than to hand on.
LEAST = 16


def shared_length(rows: Sequence[Sequence[int]]) -> int:
    """How many tokens all rows begin with alike; each keeps at least one of its own. 0 where sharing does not pay."""
    if len(rows) < 2:
        return 0
    most = min(map(len, rows)) - 1
    alike = next((n for n, column in enumerate(zip(*rows, strict=False)) if len(set(column)) > 1), most)
    length = min(alike, most)
    return length if length >= LEAST else 0


def read_once(torch: Any, transformers: Any, model: Any, start: Sequence[int], rows: int) -> dict[str, Any]:
    """What to hand to ``model.generate`` for that many rows that begin with ``start``: its keys and values."""
    if not start:
        return {}
    # Newer versions of transformers call it so.
    name = "cache" if "cache" in signature(model.forward).parameters else "past_key_values"
    known = {name: transformers.DynamicCache(config=model.config)}
    model(input_ids=torch.tensor([list(start)], device=model.device), use_cache=True, logits_to_keep=1, **known)
    known[name].batch_repeat_interleave(rows)
    return known

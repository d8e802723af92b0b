"""Makes any string fit for a model, and groups texts by length. Knows no model."""

from collections.abc import Iterator, Sequence


def clean(text: str) -> str:
    """The text without what tokenizers trip over: lone surrogates and control characters become spaces."""
    if text.isascii() and text.isprintable():
        return text
    if not text.isprintable():
        text = "".join(c if c.isprintable() or _is_joiner(c) else " " for c in text)
    return text


def by_length(lengths: Sequence[int], batch_size: int) -> Iterator[list[int]]:
    """Positions in batches of texts of like length, longest first (so that memory is asked for once, at the start)."""
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    for start in range(0, len(order), batch_size):
        yield order[start : start + batch_size]


def _is_joiner(character: str) -> bool:
    # Format characters that spell words and emoji: zero-width (non-)joiner.
    return character in "\u200c\u200d"

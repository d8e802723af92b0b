"""Makes any string fit for a model, and groups texts by length. Knows no model."""

from collections.abc import Iterator, Sequence

# Format characters that spell words and emoji: zero-width non-joiner and joiner.
JOINERS = "\u200c\u200d"


def clean(text: str) -> str:
    """The text without what tokenizers trip over: lone surrogates and control characters become spaces."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in JOINERS else " " for c in text)


def without_surrogates(text: str) -> str:
    """The text with lone surrogates, which no encoding can carry, replaced by question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def by_length(lengths: Sequence[int], batch_size: int) -> Iterator[list[int]]:
    """Positions in batches of like length, longest first, so that memory is asked for once, at the start."""
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    for start in range(0, len(order), batch_size):
        yield order[start : start + batch_size]

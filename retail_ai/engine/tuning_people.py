"""Whom the tuning asks and whom it teaches: a bounded part of a shop's customers and products. It scores nothing."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.item_content import ItemContent
from retail_ai.engine.moments import counts_of, most_frequent, pairs_in
from retail_ai.engine.tuning_exam import Exam

Items = NDArray[np.int64]
Times = NDArray[np.float64]


def sampled(
    sequences: Sequence[Items], times: Sequence[Times] | None, window: int, seed: int, most: int
) -> tuple[Sequence[Items], Sequence[Times]]:
    """So many customers at random as keep the pairs within ``most``, with their times (without any: places)."""
    times = [np.arange(len(sequence), dtype=np.float64) for sequence in sequences] if times is None else times
    pairs = pairs_in(sequences, window)
    if pairs.sum() <= most:
        return sequences, times
    order = np.random.default_rng(seed).permutation(len(sequences))
    order = order[: int(np.searchsorted(np.cumsum(pairs[order]), most)) + 1]
    return [sequences[i] for i in order], [times[i] for i in order]


def exam_of(
    sequences: Sequence[Items],
    times: Sequence[Times],
    n_items: int,
    content: ItemContent | None,
    most: int,
    people: int,
    seed: int,
) -> Exam:
    """What people drawn had at their last moment is asked for, among the ``most`` most frequent products.

    Nobody's last moment is learned from but that of those who have no other.
    """
    if most < n_items:
        sequences, times, kept = _renumbered(sequences, times, n_items, most)
        content, n_items = ItemContent(content.vectors[kept]) if content else None, len(kept)
    cuts = [int(np.searchsorted(own, own[-1])) if len(own) else 0 for own in times]
    new = [own[cut:][~np.isin(own[cut:], own[:cut])] for own, cut in zip(sequences, cuts, strict=True)]
    able = np.array([i for i, cut in enumerate(cuts) if cut and len(new[i])], dtype=np.int64)
    asked = np.random.default_rng(seed).permutation(able)[:people]
    draw = np.random.default_rng(seed)
    targets = np.array([draw.choice(new[i]) for i in asked], dtype=np.int64)
    train = [own[: cut or len(own)] for own, cut in zip(sequences, cuts, strict=True)]
    known = [own[: len(walk)] for own, walk in zip(times, train, strict=True)]
    return Exam.of([train[i] for i in asked], targets, train, known, n_items, content)


def _renumbered(
    sequences: Sequence[Items], times: Sequence[Times], n_items: int, most: int
) -> tuple[list[Items], list[Times], Items]:
    """(sequences over the most frequent items, numbered anew; their times; those items)."""
    kept = most_frequent(counts_of(sequences, n_items), most)
    column = np.full(n_items, -1)
    column[kept] = np.arange(len(kept))
    renumbered = [column[sequence] for sequence in sequences]
    moments = [own[sequence >= 0] for own, sequence in zip(times, renumbered, strict=True)]
    return [sequence[sequence >= 0] for sequence in renumbered], moments, kept

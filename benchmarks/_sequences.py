"""Reads sequences and attributes of any ids, and measures next-item models leave-one-out over the whole catalogue."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from retail_ai.engine import metrics
from retail_ai.engine.item_content import ItemContent, from_attributes
from retail_ai.engine.ranking import top_k, without_seen

Items = np.ndarray
Score = Callable[[list[Items]], np.ndarray]


class Malformed(ValueError):
    """A file that cannot be read as what it should be; says where."""


def read(path: Path) -> tuple[list[Items], dict[str, int]]:
    """A line a customer, ``customer item item …``, oldest first → item numbers, and the number of each item's id.

    Lines without an item are left out. Raises Malformed, with the line, for what is no text, and for a file of which
    no line holds an item.
    """
    number: dict[str, int] = {}
    rows = [line.split()[1:] for line in _lines(path)]
    found = [np.array([number.setdefault(item, len(number)) for item in row]) for row in rows if row]
    if not found:
        raise Malformed(f"{path}: none of {len(rows)} lines reads 'customer item item …', with spaces between")
    return found, number


def _lines(path: Path) -> Iterator[str]:
    with path.open("rb") as lines:
        for place, line in enumerate(lines, 1):
            try:
                yield line.decode("utf-8-sig" if place == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise Malformed(f"{path}, line {place}: not UTF-8 ({error.reason})") from error


def read_attributes(path: Path, number: dict[str, int]) -> ItemContent:
    """``{item: [attribute, …]}`` or ``{item: {name: value}}``; an item without an entry has none.

    Raises Malformed, with the line, for what is no JSON object.
    """
    try:
        given = json.loads("".join(_lines(path)))
    except json.JSONDecodeError as error:
        raise Malformed(f"{path}, line {error.lineno}, column {error.colno}: {error.msg}") from error
    if not isinstance(given, dict):
        raise Malformed(f"{path}: a JSON object {{item: [attribute, …]}} is wanted, not a {type(given).__name__}")
    token: dict[str, int] = {}
    return from_attributes(
        [[token.setdefault(name, len(token)) for name in _names(given.get(item))] for item in number]
    )


def _names(entry: Any) -> list[str]:
    if isinstance(entry, dict):
        return [f"{name}={value}" for name, values in entry.items() for value in _list(values)]
    return [str(value) for value in _list(entry)]


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


# Scores computed for the test at most; of more customers than that allows, as many are drawn.
MOST_SCORES, FEWEST_PEOPLE = 400_000_000, 2_000


class Split:
    """``outer``: all but the test items; ``inner``: all but test and validation. Short sequences only teach.

    ``tests``: (past, last item) of the rows ``asked`` of outer; ``validations``: (past, the item before that). Of many
    people some are drawn for each; all of them teach.
    """

    def __init__(self, sequences: list[Items], n_items: int, *, people: int = 4_000, seed: int = 0) -> None:
        self.n_items = n_items
        self.outer = [s[:-1] if len(s) > 1 else s for s in sequences]
        self.inner = [s[:-2] if len(s) > 2 else s[:1] for s in sequences]
        rng = np.random.default_rng(seed)
        able = [s for s in sequences if len(s) > 2 and s[-2] not in s[:-2]]
        self.validations = [(able[i][:-2], int(able[i][-2])) for i in rng.permutation(len(able))[:people]]
        asked = np.flatnonzero([len(s) > 1 for s in sequences])
        most = max(MOST_SCORES // max(n_items, 1), FEWEST_PEOPLE)
        self.asked = asked if len(asked) <= most else np.sort(rng.choice(asked, most, replace=False))
        self.tests = [(sequences[i][:-1], int(sequences[i][-1])) for i in self.asked]


def measure(score: Score, asked: Sequence[tuple[Items, int]], train: list[Items], n_items: int) -> dict[str, float]:
    """Rank each wanted item among all that its customer did not have before."""
    ranks, shown, spent = [np.zeros(0, dtype=np.int64)], np.zeros(n_items, dtype=bool), 0.0
    targets = np.array([item for _, item in asked], dtype=np.int64)
    for start in range(0, len(asked), 512):
        pasts = [past for past, _ in asked[start : start + 512]]
        started = time.perf_counter()
        scores = np.array(score(pasts), dtype=np.float32)
        spent += time.perf_counter() - started
        ranks.append(metrics.ranks_of(scores, targets[start : start + 512], pasts))
        shown[top_k(without_seen(scores, pasts), 10)] = True
    row = _row(np.concatenate(ranks), targets, shown, train, n_items)
    return {**row, "score_us_per_customer": round(1e6 * spent / max(len(asked), 1), 1)}


def measure_lists(
    lists: np.ndarray, asked: Sequence[tuple[Items, int]], train: list[Items], n_items: int
) -> dict[str, float]:
    """The same for a rival of whom only everyone's first ten are known (-1: none)."""
    targets = np.array([item for _, item in asked], dtype=np.int64)
    found = lists == targets[:, None]
    ranks = np.where(found.any(axis=1), found.argmax(axis=1), n_items)
    shown = np.zeros(n_items, dtype=bool)
    shown[lists[lists >= 0]] = True
    return _row(ranks, targets, shown, train, n_items)


def _row(
    ranks: np.ndarray, targets: np.ndarray, shown: np.ndarray, train: list[Items], n_items: int
) -> dict[str, float]:
    counts = np.bincount(np.concatenate([*train, np.zeros(0, np.int64)]), minlength=n_items)
    return metrics.summary(ranks, metrics.tail_items(counts)[targets], int(shown.sum()), n_items)

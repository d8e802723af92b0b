"""Keeps one page of results from being ten variants of one product. Judges no relevance."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

# A word without a digit that is no size.
_WORD = re.compile(r"\b(?!x{0,3}[sml]\b)[^\W\d]+\b")
# The beginning of a title says which product it is; its end, which variant.
WORDS = 6
# So many hits ahead at most does a product pass those that are variants of what stands before it.
PAGE = 20


def spread_variants(order: Sequence[int], titles: Sequence[str], *, most: int) -> list[int]:
    """The same order, but within each page's length no more than ``most`` hits have nearly the same title; the others
    follow after that page. ``most`` 0 keeps the order as it is."""
    if most < 1:
        return list(order)
    kinds = {i: _kind(titles[i]) for i in order}
    waiting, spread = list(order), list[int]()
    while waiting:
        page, waiting = _one_page(waiting, kinds, most)
        spread += page
    return spread


def _one_page(waiting: list[int], kinds: Mapping[int, str], most: int) -> tuple[list[int], list[int]]:
    seen: Counter[str] = Counter()
    page: list[int] = []
    back: list[int] = []
    for place, i in enumerate(waiting):
        seen[kinds[i]] += 1
        (page if seen[kinds[i]] <= most else back).append(i)
        if len(page) == PAGE or place == 3 * PAGE:
            return page, back + waiting[place + 1 :]
    return page + back, []


def _kind(title: str) -> str:
    return " ".join(match[0] for match in islice(_WORD.finditer(title), WORDS))

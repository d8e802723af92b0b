"""Lets the reranker that is configured, if any, read a search's first hits once more, each together with the query.

Exact matches stay where they are, and so do all hits after the first ones. A reranker that fails changes nothing.
"""

import logging
from dataclasses import replace
from itertools import takewhile

import numpy as np

from retail_ai.backends import get_reranker
from retail_ai.catalog.evidence import Evidence

logger = logging.getLogger(__name__)
FIRST = 20


def read_again(text: str, evidence: Evidence, order: list[int]) -> list[int]:
    """Places of candidates, best first → the same places, the first ones in the reranker's order."""
    reranker = get_reranker()
    exact = len(list(takewhile(lambda i: evidence.exact[i], order)))
    first = order[exact : exact + FIRST]
    if reranker is None or len(first) < 2:
        return order
    whole = evidence.shortlist(text)
    shortlist = replace(whole, texts=[whole.texts[i] for i in first], matrix=whole.matrix[first])
    try:
        best = np.argsort(-reranker.score(shortlist), kind="stable")
    except Exception:
        logger.exception("The reranker failed; the search keeps its order")
        return order
    return [*order[:exact], *(first[int(place)] for place in best), *order[exact + FIRST :]]

"""Teaches the shop's search its order from judged queries: gathers what speaks for each product, learns, and lets the
new order serve where it passes the gate. It reads no clicks: that is ``click_learning``'s."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from retail_ai.backends.rerankers.choosing import Judged, choose
from retail_ai.catalog.evidence import Evidence
from retail_ai.catalog.models import SearchRanker
from retail_ai.catalog.rankers import save_ranker
from retail_ai.catalog.retrieval import gather
from retail_ai.exceptions import InvalidInput
from retail_ai.stores import get_store

Judgements = Mapping[str, Mapping[Any, float]]


def gather_judged(judgements: Judgements, products: Any = None) -> list[Judged]:
    """A shortlist with grades for each query with a positive grade; unjudged products count as grade 0."""
    return [judged_by(query, found, judgements[query]) for query, found in evidence_of(judgements, products).items()]


def evidence_of(judgements: Judgements, products: Any = None) -> dict[str, Evidence]:
    """What speaks for each candidate, by query, of queries that have a positive grade and find something."""
    products = get_store().visible() if products is None else products
    wanted = (query for query, grades in judgements.items() if max(grades.values(), default=0) > 0)
    found = {query: gather(query, products, [])[0] for query in wanted}
    return {query: evidence for query, evidence in found.items() if evidence.keys}


def judged_by(query: str, evidence: Evidence, grades: Mapping[Any, float]) -> Judged:
    """A query's shortlist with its grades."""
    ideal = tuple(sorted((grade for grade in grades.values() if grade > 0), reverse=True))
    found = np.array([grades.get(key, 0.0) for key in evidence.keys], float)
    return Judged(evidence.shortlist(query), found, ideal)


def learn_ranking(judgements: Judgements, *, source: str = SearchRanker.Source.JUDGEMENTS) -> SearchRanker:
    """Learn from {query: {product key: grade}}; it serves where it passes the gate of ``choose``.

    Raises InvalidInput where no query has a positive grade, or none finds a product.
    """
    judged = gather_judged(judgements)
    if not judged:
        raise InvalidInput("No query has a product graded above 0, or none finds anything: is the catalogue indexed?")
    return learn_from(judged, source=source)


def learn_from(judged: Sequence[Judged], *, source: str, seen: Mapping[str, int] | None = None) -> SearchRanker:
    """Learn from judged shortlists, one at least; what is kept serves where it passed the gate of ``choose``.

    ``seen``: counts of what it was learned from, for the report.
    """
    choice = choose(judged)
    report = {
        "queries": len(judged), "kind": choice.kind, "ndcg10": choice.ndcg, "gains": choice.gains,
        "passed": choice.passed, "seen": dict(seen or {}),
    }  # fmt: skip
    return save_ranker(choice.reranker, source=source, report=report, active=choice.passed)

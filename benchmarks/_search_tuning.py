"""What the starting weights owe to the queries that they were chosen on: the same search for weights, query-wise
cross-validated. Changes no weight of the app's.

The search begins where nothing is known, words and meaning alike, and tries for each weight in turn whether none of
it, half, twice or four times as much does better, three times around. A change is taken where it gains ``LEAST``.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

FOLDS, SEEDS, ROUNDS = 5, 3, 3
LEAST = 0.0005
# In tens of the scale that the app's weights have: words and meaning alike, nothing else.
START = {"words_best": 4.0, "cosine_best": 4.0}
TRIED = 2.0
Judgements = Mapping[str, Mapping[Any, float]]


def cross_validated(judgements: Judgements) -> tuple[dict[str, list[Any]], dict[str, float]]:
    """{query: keys}, each as served with weights that were chosen on other queries, in the last seed; and the NDCG@10
    of each seed and their mean, with that of the queries that weights were chosen on under ``seen``."""
    from retail_ai.catalog.learning import evidence_of
    from retail_ai.engine.relevance import ndcg_at

    known = evidence_of(judgements)
    queries = list(known)
    lists = {query: _List(known[query], judgements[query]) for query in queries}
    answers: dict[str, list[Any]] = {query: [] for query in judgements}
    means: dict[str, float] = {}
    seen: list[float] = []
    for seed in range(SEEDS if len(queries) < 1_000 else 1):
        order = np.random.default_rng(seed).permutation(len(queries))
        found = []
        for fold in range(min(FOLDS, len(queries))):
            held = {queries[i] for i in order[fold::FOLDS]}
            weights, reached = tune([lists[query] for query in queries if query not in held])
            seen.append(reached)
            for query in held:
                keys = served(known[query], weights)
                answers[query] = keys
                found.append(ndcg_at(keys, judgements[query]))
        means[f"seed {seed}"] = round(float(np.sum(found)) / max(len(judgements), 1), 4)
    mean = round(float(np.mean(list(means.values()))), 4)
    return answers, means | {"mean": mean, "seen": round(float(np.mean(seen)), 4) if seen else 0.0}


class _List:
    """A query's features by kind and its gains, so that an order is scored quickly."""

    def __init__(self, evidence: Any, grades: Mapping[Any, float]) -> None:
        from retail_ai.engine.relevance import COLD, cold_start

        shares = cold_start(evidence.names).weights
        self.kinds = tuple(COLD)
        columns = []
        for kind in self.kinds:
            share = np.array([shares[name] / COLD[kind] if _is_kind(name, kind) else 0.0 for name in evidence.names])
            columns.append(evidence.matrix @ share)
        self.columns = np.column_stack(columns)
        self.gains = np.array([2 ** grades.get(key, 0.0) - 1 for key in evidence.keys])
        ideal = np.sort([2**grade - 1 for grade in grades.values()])[::-1][:10]
        self.best = float(ideal @ _discounts(len(ideal)))

    def ndcg(self, weights: Sequence[float]) -> float:
        order = np.argsort(-(self.columns @ np.asarray(weights)), kind="stable")[:10]
        return float(self.gains[order] @ _discounts(len(order))) / self.best


def _is_kind(name: str, kind: str) -> bool:
    return name == kind or (name.startswith(f"{kind}_") and name.rsplit("_", 1)[-1].isdigit())


def _discounts(places: int) -> Any:
    return 1 / np.log2(np.arange(places) + 2)


def tune(lists: Sequence[_List]) -> tuple[dict[str, float], float]:
    """Weights by kind, and the mean NDCG@10 that they reach on these lists."""
    from retail_ai.engine.relevance import COLD

    kinds = lists[0].kinds
    weights = [START.get(kind, 0.0) for kind in kinds]
    reached = _mean(lists, weights)
    for _round in range(ROUNDS):
        for place, kind in enumerate(kinds):
            sign = -1.0 if COLD[kind] < 0 else 1.0
            size = abs(weights[place]) or TRIED
            for step in (0.0, size / 2, size, size * 2, size * 4):
                tried = [*weights[:place], sign * step, *weights[place + 1 :]]
                if (mean := _mean(lists, tried)) >= reached + LEAST:
                    weights, reached = tried, mean
    return dict(zip(kinds, weights, strict=True)), reached


def _mean(lists: Sequence[_List], weights: Sequence[float]) -> float:
    return float(np.mean([one.ndcg(weights) for one in lists]))


def served(evidence: Any, weights: Mapping[str, float]) -> list[Any]:
    """Keys as the shop would serve them with these weights."""
    from retail_ai.catalog.retrieval import in_order
    from retail_ai.engine.relevance import cold_start

    linear = cold_start(evidence.names, weights)
    order, _scores = in_order(evidence, linear.score(evidence.matrix, evidence.names))
    return [evidence.keys[i] for i in order[:50]]

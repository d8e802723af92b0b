"""The training pipeline without a database: time-based validation and test, the choice of model, the gate's marks.

Three periods, oldest first: training, validation (chooses the model and how it is served), test (judges, once).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from retail_ai.backends.base import Items, Recommender, RecommenderModel, Scores, Times, Vectors
from retail_ai.backends.recommenders.simple import ContentVectors, Popularity
from retail_ai.engine.blend import blended, choose_weight
from retail_ai.engine.examination import Marks, Shop, examine
from retail_ai.engine.gate import Judgement, judge
from retail_ai.engine.holdout import HoldOut, hold_out, moment_of
from retail_ai.engine.link_choice import Tried, audible, choose_links, length_of
from retail_ai.engine.neighbours import Neighbours, strongest
from retail_ai.engine.serving_plan import ServingPlan

Score = Callable[[list[Items]], Scores]
# Less than this share of the best apart, two models' NDCG@10 tells nothing.
NEAR = 0.01


@dataclass(frozen=True, slots=True)
class Data:
    """What is learned from. ``vectors``: text and looks of each item; ``groups``: its category's number.

    ``text``: what the database compares when it serves, where that is not all of the vectors.
    """

    sequences: Sequence[Items]
    times: Sequence[Times]
    n_items: int
    vectors: Vectors | None = None
    groups: Items | None = None
    text: Vectors | None = None

    def shop(self, train: Sequence[Items]) -> Shop:
        flat = np.concatenate([*train, np.zeros(0, np.int64)])
        return Shop(np.bincount(flat, minlength=self.n_items), self.groups)


@dataclass(frozen=True, slots=True)
class Choice:
    """What validation chose: the alias of the recommender, the OPTIONS it is trained with, how it is served."""

    alias: str
    options: Mapping[str, Any]
    plan: ServingPlan
    validation: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """``marks`` on the test by name: model (as served), whole (the model without shortening), popularity, in_service.

    ``repeats``: the same for what people had again. ``challenger``: where what serves did better than what was chosen,
    its settings are the choice, to be taught the newer days, and this is the judgement of the other.
    """

    choice: Choice
    split: HoldOut
    marks: Mapping[str, Marks]
    repeats: Mapping[str, Marks]
    judgement: Judgement
    challenger: Judgement | None = None


def choose(data: Data, candidates: Mapping[str, Recommender], split: HoldOut) -> Choice:
    """Train every candidate on the oldest days and examine it on the weeks before the test, as it would be served."""
    moment = moment_of(split.train_times)
    inner = hold_out(split.train, split.train_times, moment)
    shop, tried, models = data.shop(inner.train), dict[str, Tried](), dict[str, RecommenderModel]()
    for alias, recommender in candidates.items():
        models[alias] = train(recommender, data, inner)
        tried[alias] = _links_for(models[alias], inner, shop)
    reached = {alias: one.ndcg10 for alias, one in tried.items()}

    def hits(alias: str) -> float:
        score = partial(_by_links, tried[alias].neighbours, audible(models[alias].kernel))
        return _mean(score, "hr10", inner, shop)

    best = best_of(reached, hits)
    weight, crossed, kernel = 0.0, reached[best], audible(models[best].kernel)
    if data.vectors is not None:
        score = partial(_by_links, tried[best].neighbours, kernel)
        weight, crossed = choose_weight(score, content_score(data, inner), inner.pasts, inner.new, shop)
    plan = ServingPlan(kernel, tried[best].links, {"next": 1.0, "content": weight})
    validation = {**reached, "cross_validated": crossed, "people": float(len(inner.pasts))}
    return Choice(best, candidates[best].settled(models[best]), plan, validation)


def best_of(reached: Mapping[str, float], hits: Callable[[str], float]) -> str:
    """The alias of the highest NDCG@10; of those that are as good as equal, the one by which most people find anything
    (of which the gate asks, too)."""
    near = [alias for alias, height in reached.items() if height >= max(reached.values()) * (1 - NEAR)]
    return max(near, key=lambda alias: (hits(alias), reached[alias])) if len(near) > 1 else near[0]


def run(
    data: Data,
    candidates: Mapping[str, Recommender],
    remake: Callable[[Choice], Recommender],
    *,
    in_service: Choice | None = None,
    weeks: float | None = None,
) -> Outcome:
    """Choose on validation, train the choice on all but the test weeks, examine, judge.

    ``remake``: a recommender with a choice's options. ``in_service``: what serves now, trained on the same days with
    its own settings, so that neither has seen the test. Where it does better, its settings are kept.
    """
    moment = moment_of(data.times, **({} if weeks is None else {"weeks": weeks}))
    split = hold_out(data.sequences, data.times, moment)
    choice = choose(data, candidates, split)
    shop, baseline = data.shop(split.train), train(Popularity(), data, split).score
    model = train(remake(choice), data, split)
    served = examine(served_score(model, choice.plan, data, split), split.pasts, split.new, shop)
    popular = examine(baseline, split.pasts, split.new, shop)
    marks, challenger = {"model": served, "popularity": popular}, None
    if in_service is not None:
        theirs = train(remake(in_service), data, split)
        score = served_score(theirs, in_service.plan, data, split)
        marks["in_service"] = examine(score, split.pasts, split.new, shop)
        first = judge(served, popular, {"in_service": marks["in_service"]})
        if first.enough and not first.verdicts[1].passed:
            choice, model, challenger = in_service, theirs, first
            marks["model"] = marks["in_service"]
    marks["whole"] = examine(model.score, split.pasts, split.new, shop)
    own = partial(own_history, data.n_items)
    again: dict[str, Score] = {"model": model.score, "popularity": baseline, "own_history": own}
    repeats = {name: examine(score, split.pasts, split.again, shop, repeats=True) for name, score in again.items()}
    rivals = {name: marks[name] for name in ("in_service",) if name in marks}
    return Outcome(choice, split, marks, repeats, judge(marks["model"], popular, rivals), challenger)


def train(recommender: Recommender, data: Data, split: HoldOut) -> RecommenderModel:
    """The recommender's model of the days before the split."""
    return recommender.fit(split.train, n_items=data.n_items, vectors=data.vectors, times=split.train_times)


def _links_for(model: RecommenderModel, inner: HoldOut, shop: Shop) -> Tried:
    """As many links as the people of the validation weeks gain by."""
    kernel = audible(model.kernel)

    def height(links: Neighbours) -> float:
        return _mean(partial(_by_links, links, kernel), "ndcg10", inner, shop)

    made = partial(_strongest, model, inner.train)
    return choose_links(made, height, model.n_items, length_of(inner.pasts, kernel))


def _mean(score: Score, name: str, asked: HoldOut, shop: Shop) -> float:
    """One of the figures of what was new to these people."""
    values = examine(score, asked.pasts, asked.new, shop).values[name]
    return float(values.mean()) if len(values) else 0.0


def _strongest(model: RecommenderModel, sequences: Sequence[Items], links: int) -> Neighbours:
    return strongest(model.linked, list(sequences), model.n_items, k=links)


def served_score(model: RecommenderModel, plan: ServingPlan, data: Data, split: HoldOut) -> Score:
    """Scores as a request computes them from the release's rows, the strongest links of each product, and the
    catalogue's vectors."""
    by_links = partial(_by_links, _strongest(model, split.train, plan.links), plan.kernel)
    if data.vectors is None or not plan.weights.get("content"):
        return by_links
    return blended(by_links, content_score(data, split), plan.weights["content"])


def content_score(data: Data, split: HoldOut) -> Score:
    """Scores by the vectors as a request compares them."""
    seen = replace(data, vectors=data.vectors if data.text is None else data.text)
    return train(ContentVectors(centred=False), seen, split).score


def own_history(n_items: int, pasts: Sequence[Items]) -> Scores:
    """What a person had most often, of equals the latest: the rival where things are bought again."""
    found = np.zeros((len(pasts), n_items), dtype=np.float32)
    for row, past in enumerate(pasts):
        np.add.at(found[row], past, 1.0)
        found[row, past] += 0.5 * np.arange(1, len(past) + 1) / max(len(past), 1)
    return found


def _by_links(links: Neighbours, kernel: Sequence[float], pasts: Sequence[Items]) -> Scores:
    """A request knows each product of a history once, at its newest place."""
    once = [np.array(list(dict.fromkeys(past[::-1].tolist()))[::-1], dtype=np.int64) for past in pasts]
    return links.score(once, kernel=kernel)

import json

import numpy as np
import pytest

from retail_ai.backends.rerankers import LambdaMART, LinearReranker, Shortlist, restore_reranker
from retail_ai.backends.rerankers.choosing import BM25, FUSED, Judged, choose, simplest
from retail_ai.engine.features import names
from retail_ai.exceptions import ConfigurationError

NAMES = names(1)


def lists(n=80):
    """Shortlists whose products by the brand asked for are the ones wanted."""
    rng = np.random.default_rng(0)
    matrices = [rng.random((25, len(NAMES))) for _ in range(n)]
    wanted = [(one[:, NAMES.index("in_brand")] > 0.85).astype(float) for one in matrices]
    return [Shortlist("q", ["t"] * 25, one, NAMES) for one in matrices], wanted


@pytest.mark.parametrize("cls", [LinearReranker, LambdaMART])
def test_it_learns_and_survives_json(cls):
    shortlists, grades = lists()
    reranker = cls.fit(shortlists[:60], grades[:60])
    again = restore_reranker(cls.name, json.loads(json.dumps(reranker.state())))
    for one, grade in zip(shortlists[60:], grades[60:], strict=True):
        scores = reranker.score(one)
        assert scores.shape == (25,)
        assert np.allclose(scores, again.score(one))
        if grade.any():
            assert scores[grade > 0].mean() > scores[grade == 0].mean()


def test_what_is_chosen_beats_the_start_on_unseen_queries():
    shortlists, grades = lists()
    judged = [Judged(one, grade, tuple(grade[grade > 0])) for one, grade in zip(shortlists, grades, strict=True)]
    choice = choose(judged)
    assert choice.passed
    assert choice.ndcg[choice.kind] > choice.ndcg[FUSED] + 0.1


def test_few_queries_or_noise_leave_the_order_every_shop_starts_with():
    shortlists, grades = lists()
    judged = [Judged(one, grade, tuple(grade[grade > 0])) for one, grade in zip(shortlists, grades, strict=True)]
    assert choose(judged[:25]).kind == FUSED
    rng = np.random.default_rng(1)
    chance = [(rng.random(25) > 0.85).astype(float) for _ in shortlists]
    noise = [Judged(one, grade, tuple(grade[grade > 0])) for one, grade in zip(shortlists, chance, strict=True)]
    assert choose(noise).kind == FUSED


def test_plain_bm25_is_taken_where_it_is_as_good_as_what_is_learned():
    rng = np.random.default_rng(2)
    matrices = [rng.random((25, len(NAMES))) for _ in range(60)]
    grades = [(one[:, NAMES.index("plain")] > 0.85).astype(float) for one in matrices]
    judged = [
        Judged(Shortlist("q", ["t"] * 25, one, NAMES), grade, tuple(grade[grade > 0]))
        for one, grade in zip(matrices, grades, strict=True)
    ]
    assert choose(judged).kind == BM25


def test_the_simplest_that_is_clearly_better_wins():
    start, noise = np.full(100, 0.5), np.tile([0.01, -0.01], 50)
    assert simplest({"start": start, "hair": start + 0.004}) == "start"
    assert simplest({"start": start, "wild": start + 0.01 + 40 * noise}) == "start"
    assert simplest({"start": start, "plain": start + 0.1 + noise, "trees": start + 0.1 + 0.5 * noise}) == "plain"
    assert simplest({"start": start, "plain": start + 0.1 + noise, "trees": start + 0.2 - noise}) == "trees"


def test_an_unknown_kind_is_an_error():
    with pytest.raises(ConfigurationError, match="lambdamart"):
        restore_reranker("magic", {})

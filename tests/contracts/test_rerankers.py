import json

import numpy as np
import pytest

from retail_ai.backends.rerankers import LambdaMART, LinearReranker, Shortlist, restore_reranker
from retail_ai.backends.rerankers.choosing import Judged, choose
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
    assert choice.ndcg[choice.kind] > choice.ndcg["cold start"] + 0.1
    assert choose(judged[:3]).kind == "cold start"


def test_an_unknown_kind_is_an_error():
    with pytest.raises(ConfigurationError, match="lambdamart"):
        restore_reranker("magic", {})

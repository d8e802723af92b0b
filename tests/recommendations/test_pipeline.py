"""The pipeline on arrays alone: no database, no shop."""

import numpy as np

from retail_ai.backends.recommenders.simple import CoOccurrence, Popularity
from retail_ai.engine.holdout import WEEK
from retail_ai.engine.serving_plan import ServingPlan
from retail_ai.recommendations.pipeline import Choice, Data, best_of, run

PLAN = ServingPlan((1.0,) * 10, 60, {"next": 1.0, "content": 0.0})


def habits(people=120, kinds=6):
    """Everyone buys two things of one kind, and the third thing of it in the newest week."""
    sequences = [np.array([3 * (n % kinds), 3 * (n % kinds) + 1, 3 * (n % kinds) + 2]) for n in range(people)]
    # The third thing was had by as many before, so that it can be learned what follows.
    sequences += [sequence.copy() for sequence in sequences]
    times = [np.array([0.0, 1.0, 20.0]) * WEEK for _ in range(people)]
    times += [np.array([0.0, 1.0, 17.0 if n % 5 == 0 else 2.0]) * WEEK for n in range(people)]
    return Data(sequences, times, 3 * kinds)


def made(choice):
    return CoOccurrence() if choice.alias == "good" else Popularity()


def test_the_best_on_validation_is_chosen_and_passes_against_popularity():
    outcome = run(habits(), {"good": CoOccurrence(), "weak": Popularity()}, made)
    assert outcome.choice.alias == "good" and outcome.judgement.passed and outcome.challenger is None
    assert outcome.marks["model"].row()["hr10"] == 1


def test_settings_that_serve_are_kept_where_new_ones_do_worse():
    outcome = run(habits(), {"weak": Popularity()}, made, in_service=Choice("good", {}, PLAN))
    assert outcome.choice.alias == "good" and outcome.judgement.passed
    assert outcome.challenger is not None and not outcome.challenger.verdicts[1].passed
    assert outcome.marks["model"] is outcome.marks["in_service"]


def test_the_same_data_give_the_same_outcome():
    first, second = (run(habits(), {"good": CoOccurrence()}, made) for _ in range(2))
    assert first.judgement == second.judgement and first.choice == second.choice


def test_of_models_as_good_as_equal_the_one_by_which_more_people_find_something_is_chosen():
    hits = {"one": 0.3, "two": 0.4, "three": 0.9}
    assert best_of({"one": 0.1, "two": 0.0995, "three": 0.09}, hits.__getitem__) == "two"
    assert best_of({"one": 0.1, "two": 0.08}, hits.__getitem__) == "one"
    assert best_of({"one": 0.0, "two": 0.0}, lambda _alias: 0.0) == "one"

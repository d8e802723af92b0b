import numpy as np
import pytest

from retail_ai.engine.blend import blended, choose_weight
from retail_ai.engine.examination import Marks, Shop, coverage, examine, strayed
from retail_ai.engine.gate import judge
from retail_ai.engine.holdout import WEEK, hold_out, moment_of
from retail_ai.recommendations.gate_words import judgement_notes

COUNTS = np.array([9, 8, 1, 1, 0])
SHOP = Shop(COUNTS)


def rows(*lists):
    return [np.array(items, dtype=np.int64) for items in lists]


def always(*scores):
    return lambda pasts: np.tile(np.array(scores, dtype=np.float32), (len(pasts), 1))


def test_the_newest_weeks_are_held_out_but_never_too_much():
    times = [np.arange(100) * WEEK / 2]
    assert moment_of(times) == times[0].max() - 4 * WEEK
    assert moment_of([np.arange(10) * 86_400.0]) == pytest.approx(7.2 * 86_400)
    assert moment_of([]) == 0.0


def test_what_is_new_and_what_is_had_again_are_told_apart():
    split = hold_out(rows([1, 2, 2, 3, 3], [4], [0, 1]), [np.arange(5.0), np.array([9.0]), np.array([0.0, 1.0])], 2.0)
    assert [items.tolist() for items in split.train] == [[1, 2], [], [0, 1]]
    assert [items.tolist() for items in split.pasts] == [[1, 2]]
    assert (split.new[0].tolist(), split.again[0].tolist()) == ([3], [2])


def test_figures_are_what_can_be_worked_out_by_hand():
    marks = examine(always(5, 4, 3, 2, 1), rows([0], [0]), rows([1, 3], [4]), SHOP)
    first = (1 + 1 / np.log2(4)) / (1 + 1 / np.log2(3))
    assert marks.values["ndcg10"] == pytest.approx([first, 1 / np.log2(5)])
    assert marks.values["recall10"].tolist() == [1, 1] and marks.values["hr5"].tolist() == [1, 1]
    assert marks.lists[0].tolist() == [1, 2, 3, 4, *[-1] * 6]
    row = marks.row()
    assert row["coverage"] == 0.8 and row["people"] == 2 and row["cold_share"] == 0.25 and row["calibration"] is None
    assert row["ndcg10_interval"][0] <= row["ndcg10"] <= row["ndcg10_interval"][1]


def test_equal_scores_everywhere_earn_as_little_as_can_be_and_repeats_may_be_shown():
    assert examine(always(*[0] * 40), rows([0]), rows([20]), Shop(np.ones(40, int))).values["hr10"].tolist() == [0]
    assert examine(always(5, 0, 0, 0, 0), rows([0]), rows([0]), SHOP, repeats=True).values["ndcg5"].tolist() == [1]


def test_nobody_to_ask_is_no_error_and_passes_no_gate():
    nobody = examine(always(1, 2, 3, 4, 5), [], [], SHOP)
    assert nobody.row()["ndcg10"] == 0 and not judge(nobody, nobody, {}).passed


def marked(ndcg, hits=None):
    ndcg = np.asarray(ndcg, dtype=float)
    values = {"ndcg10": ndcg, "hr10": np.asarray(ndcg > 0 if hits is None else hits, dtype=float)}
    return Marks(values, np.zeros((len(ndcg), 10), dtype=np.int64), 9, None)


def test_the_gate_wants_enough_people_a_gain_on_popularity_and_no_loss_against_what_serves():
    pasts, wanted = rows(*[[0]] * 60), rows(*[[3]] * 60)
    good = examine(always(1, 2, 3, 9, 5), pasts, wanted, SHOP)
    bad = examine(always(9, 8, 7, 1, 6), pasts, wanted, SHOP)
    assert judge(good, bad, {}).passed and judge(good, bad, {"in_service": good}).passed
    assert not judge(bad, bad, {}).passed and not judge(bad, good, {}).passed
    few = [examine(always(*s), pasts[:5], wanted[:5], SHOP) for s in ((1, 2, 3, 9, 5), (9, 8, 7, 1, 6))]
    assert not judge(few[0], few[1], {}).enough
    refused = judge(bad, examine(always(9, 8, 7, 0, 6), pasts, wanted, SHOP), {"in_service": good})
    assert not refused.passed and refused.verdicts[1].difference < 0


def test_a_gain_that_may_as_well_be_a_great_loss_does_not_serve_until_there_are_more_people():
    # Of every ten people six find more than with popularity and four less: a gain of a tenth on average.
    ours, theirs = np.tile([0.6, 0.2], (2, 1)).T.ravel(), np.tile([0.3, 0.4], (2, 1)).T.ravel()
    one = judge(marked(np.tile(ours, 5)), marked(np.tile(theirs, 5)), {}).verdicts[0]
    assert one.better and not one.safe and not one.passed and 0.5 < one.sure < 0.95
    many = judge(marked(np.tile(ours, 200)), marked(np.tile(theirs, 200)), {}).verdicts[0]
    assert many.difference == pytest.approx(one.difference) and many.safe and many.passed


def test_choices_that_stand_higher_do_not_make_up_for_fewer_people_who_find_any():
    ours, theirs = np.array([1.0, 0.0, 0.0] * 100), np.array([0.3, 0.3, 0.0] * 100)
    verdict = judge(marked(ours), marked(theirs), {}).verdicts[0]
    assert verdict.better and verdict.safe and verdict.hits == pytest.approx(-1 / 3)
    assert not verdict.keeps_hits and not verdict.passed
    told = " ".join(judgement_notes(judge(marked(ours), marked(theirs), {})))
    assert "does not serve by itself" in told and "fewer people find any" in told


def test_every_verdict_is_told_in_words_of_its_own():
    high, low = marked([0.9] * 40), marked([0.5] * 40)
    passed = list(judgement_notes(judge(high, low, {"in_service": high})))
    assert passed[0].startswith("It serves: it was judged by what 40 people chose")
    assert passed[1].startswith("Better than popularity: NDCG@10 +0.4000") and "of newer data" in passed[2]
    assert "No better than popularity" in " ".join(judgement_notes(judge(low, high, {})))
    assert "only 5 people" in " ".join(judgement_notes(judge(marked([1.0] * 5), marked([0.0] * 5), {})))
    doubtful = judge(marked([0.6, 0.6, 0.2, 0.2] * 5), marked([0.3, 0.3, 0.4, 0.4] * 5), {})
    assert "more than 10 % worse: more people are needed" in " ".join(judgement_notes(doubtful))
    kept = list(judgement_notes(judge(high, low, {"in_service": high}), judge(low, low, {"in_service": high})))
    assert "NDCG@10 -0.4000" in kept[1] and "were kept and taught the newest data" in kept[1]


def test_categories_as_in_the_past_are_calibrated():
    groups = np.array([0, 0, 1, 1])
    assert strayed(np.array([[1, 2]]), rows([0, 3]), groups) == pytest.approx([0])
    assert strayed(np.array([[0, 1]]), rows([2, 3]), groups)[0] > 3


def test_the_second_score_weighs_what_cross_validation_says():
    pasts, wanted = rows(*[[0]] * 50), rows(*[[3]] * 50)
    blind, sees = always(0, 3, 2, 1, 1), always(0, 0, 0, 1, 0)
    weight, reached = choose_weight(blind, sees, pasts, wanted, SHOP)
    assert weight > 0.5 and reached == 1
    assert choose_weight(sees, blind, pasts, wanted, SHOP) == (0.0, 1.0)
    assert choose_weight(blind, sees, pasts[:3], wanted[:3], SHOP)[0] == 0
    assert blended(blind, sees, 2.0)(rows([0]))[0].argmax() == 3


def test_coverage_and_calibration_have_intervals():
    rng = np.random.default_rng(0)
    lists = np.array([rng.choice(400, 10, replace=False) for _ in range(60)])
    share, (low, high) = coverage(lists, 400)
    assert share == len(np.unique(lists)) / 400 and low < share < high
    # 60 other people drawn in the same way: their coverage lies within as often as not much less than 95 times of 100.
    others = [
        len(np.unique(np.array([rng.choice(400, 10, replace=False) for _ in range(60)]))) / 400 for _ in range(200)
    ]
    assert np.mean([low <= other <= high for other in others]) > 0.8
    assert coverage(np.full((3, 10), -1), 5) == (0.0, [0.0, 0.0]) and coverage(np.zeros((0, 10), int), 5)[0] == 0.0
    shop = Shop(np.array([5, 3, 1, 1]), np.array([0, 0, 1, 1]))
    asked = rows([0], [1], [2, 0]), rows([3], [2], [1])
    row = examine(lambda pasts: np.tile([1.0, 2.0, 3.0, 4.0], (len(pasts), 1)), *asked, shop).row()
    low, high = row["calibration_interval"]
    assert low <= row["calibration"] <= high and high > 0


def test_a_blend_is_never_worse_than_the_better_of_its_parts():
    rng = np.random.default_rng(3)
    shop, pasts = Shop(np.ones(40, dtype=np.int64)), [np.array([0])] * 60
    wanted = [np.array([1 + place % 20]) for place in range(60)]
    for quality in (0.0, 0.5, 2.0):
        noise = rng.random((2, 60, 40)).astype(np.float32)
        for person, own in enumerate(wanted):
            noise[0, person, own] += quality
            noise[1, person, own] += 1.0 if person % 2 else -1.0
        first, second = (lambda asked, scores=scores: scores[: len(asked)] for scores in noise)
        weight, _ = choose_weight(first, second, pasts, wanted, shop)

        def height(score):
            return examine(score, pasts, wanted, shop).values["ndcg10"].mean()

        assert height(blended(first, second, weight)) >= max(height(blended(first, second, w)) for w in (0.0, 6.4))

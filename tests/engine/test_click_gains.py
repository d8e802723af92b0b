"""Choices over the chances of being looked at, by known answers."""

import pytest

from retail_ai.engine.click_gains import MOST_GAIN, Showing, gains, grade, looked_at, strength


def showing(person, *clicked, shown="abcdefghijkl", bought=()):
    return Showing("tent", person, tuple(shown), frozenset(clicked), frozenset(bought))


def test_what_was_never_chosen_gains_nothing_and_no_choice_at_all_teaches_nothing():
    assert gains([showing(1), showing(2)]) == {}
    found = gains([showing(1, "a")])["tent"]
    assert found["a"] > 0 and found["b"] == 0 and set(found) == set("abcdefghijkl")


def test_a_click_further_down_says_more_than_one_at_the_top():
    found = gains([showing(person, "a") for person in range(10)] + [showing(person, "j") for person in range(10, 20)])
    assert found["tent"]["j"] > found["tent"]["a"] > 0


def test_a_single_click_far_below_says_less_than_many_at_the_top():
    found = gains([showing(person, "a") for person in range(20)] + [showing(99, "l")])["tent"]
    assert found["a"] > found["l"] > 0


def test_a_purchase_says_more_than_a_click():
    found = gains([showing(1, "a", "b", bought=["b"]), showing(2, "a", "b", bought=["b"])])["tent"]
    assert found["b"] > found["a"]


def test_who_searches_a_hundred_times_has_one_voice():
    once = gains([showing(1, "j"), showing(2, "a")])
    often = gains([*(showing(1, "j") for _ in range(100)), showing(2, "a")])
    assert often == once


def test_the_order_of_first_sight_counts_and_unseen_clicks_do_not():
    merged = gains([showing(1, shown="ab"), showing(1, "z", "b", shown="zb")])["tent"]
    assert set(merged) == {"a", "b"} and merged["b"] > 0 == merged["a"]


@pytest.mark.parametrize(("gain", "expected"), [(0.0, 0.0), (1.0, 1.0), (MOST_GAIN, 3.0)])
def test_grades_have_the_gain_that_they_are_made_of(gain, expected):
    assert grade(gain) == pytest.approx(expected) and 2 ** grade(gain) - 1 == pytest.approx(gain)
    assert 0 <= strength(gain) <= 1


def test_looks_fall_with_rank_and_not_below_the_least():
    assert looked_at(1) == 1 and looked_at(2) == 0.5 and looked_at(500) == 0.1

"""Why a product is shown: catalog/presenting.py."""

import pytest

from retail_ai.catalog.presenting import reason_of
from retail_ai.catalog.retrieval import Candidate


@pytest.mark.parametrize(
    ("matched", "reason"),
    [
        (("wh", "wh1000xm4", "1000xm4"), "matches: wh1000xm4"),
        (("tent", "2"), "matches: tent"),
        (("iphone", "13"), "matches: iphone, 13"),
        (("2",), "similar in meaning"),
        ((), "similar in meaning"),
    ],
)
def test_a_reason_says_whole_words(matched, reason):
    assert reason_of(Candidate(1, 1.0, matched=matched), ()) == reason

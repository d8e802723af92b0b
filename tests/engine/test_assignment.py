from collections import Counter

import pytest

from retail_ai.engine.assignment import assign


def test_variants_are_met_by_weight_and_never_without_one():
    counts = Counter(assign("x", f"v:{n}", {"a": 3, "b": 1, "c": 0}) for n in range(4000))
    assert set(counts) == {"a", "b"}
    assert 2850 < counts["a"] < 3150


def test_experiments_are_independent_of_each_other():
    both = Counter((assign("x", str(n), {"a": 1, "b": 1}), assign("y", str(n), {"a": 1, "b": 1})) for n in range(4000))
    assert all(850 < count < 1150 for count in both.values()) and len(both) == 4


def test_no_weight_is_an_error():
    with pytest.raises(ValueError, match="no variant"):
        assign("x", "v", {"a": 0})

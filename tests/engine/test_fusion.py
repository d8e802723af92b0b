from retail_ai.engine.fusion import Evidence, fuse


def test_kinds_are_scaled_weighted_and_added_and_the_largest_part_is_named():
    fused = fuse(
        [
            Evidence("a", "next", "tent", 30.0),
            Evidence("a", "next", "lamp", 10.0),
            Evidence("b", "next", "tent", 20.0),
            Evidence("b", "content", "lamp", 0.9),
        ],
        {"next": 1.0, "content": 0.8},
    )
    assert [(one.candidate, round(one.score, 6)) for one in fused] == [("b", 1.3), ("a", 1.0)]
    assert (fused[0].strongest.kind, fused[1].strongest.cause) == ("content", "tent")


def test_what_speaks_against_or_has_no_weight_is_not_evidence():
    assert fuse([Evidence("a", "next", "x", -1.0), Evidence("a", "other", "x", 1.0)], {"next": 1.0}) == []

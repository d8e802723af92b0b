"""The difference of two texts makes both of them, and reads as a person would mark it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retail_ai.engine.diff import diff


@given(st.text(alphabet="ab .\n\u4e00", max_size=60), st.text(alphabet="ab .\n\u4e00", max_size=60))
def test_the_pieces_make_both_texts(old: str, new: str) -> None:
    pieces = diff(old, new)
    assert "".join(p.text for p in pieces if p.kind != "new") == old
    assert "".join(p.text for p in pieces if p.kind != "old") == new


@pytest.mark.parametrize(
    "old, new, kinds",
    [
        ("It weighs 2 kg.", "It weighs 3 kg.", ["same", "old", "new", "same"]),
        ("Typed by a colleague.", "It has a weight of 45 mm.", ["old", "new"]),
        ("", "New.", ["new"]),
        ("Gone.", "", ["old"]),
        ("Same.", "Same.", ["same"]),
        ("One two three.", "One two three. Four.", ["same", "new"]),
    ],
)
def test_small_words_between_changes_change_with_them(old: str, new: str, kinds: list[str]) -> None:
    assert [piece.kind for piece in diff(old, new)] == kinds

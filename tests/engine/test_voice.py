"""The guide finds what it forbids, mends what it can, and leaves names alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retail_ai.engine.voice import Guide, brief, findings, mended

GUIDE = Guide(
    banned=("cheap", "state of the art", "便宜"),
    preferred=(("laptop", "notebook"), ("bag", "tote bag")),
    spelling="en-GB",
    person="third",
)


@pytest.mark.parametrize(
    "text, kinds",
    [
        ("A cheap Laptop for you.", ["banned", "preferred", "person"]),
        ("State  of the art.", ["banned"]),
        ("The cheapest one.", []),
        ("A gray tote bag.", ["spelling"]),
        ("It is made by our team.", ["person"]),
        ("这款很便宜。", ["banned"]),
    ],
)
def test_what_is_found(text: str, kinds: list[str]) -> None:
    assert [f.kind for f in findings(text, GUIDE)] == kinds


@pytest.mark.parametrize(
    "text, better",
    [
        ("Laptops in gray.", "Notebooks in grey."),
        ("Color: gray aluminum", "Colour: grey aluminium"),
        ("- Fiber, colored", "- Fibre, coloured"),
        ("The Color LaserJet prints in color.", "The Color LaserJet prints in colour."),
        ("A light meter and tires.", "A light meter and tires."),
        ("A bag, not a tote bag.", "A tote bag, not a tote bag."),
    ],
)
def test_what_is_mended(text: str, better: str) -> None:
    assert mended(text, GUIDE) == better


def test_names_are_left_alone() -> None:
    text = "The Gray Laptop Bag is gray."
    assert mended(text, GUIDE, protected=["Gray Laptop Bag"]) == "The Gray Laptop Bag is grey."


def test_american_spelling_and_formal_chinese() -> None:
    assert mended("Grey fibre, 2 litres, for organisers.", Guide(spelling="en-US")) == (
        "Gray fiber, 2 liters, for organizers."
    )
    assert mended("让你轻松出行。", Guide(person="formal"), "zh-hans") == "让您轻松出行。"
    assert not findings("Grau colour", Guide(spelling="en-US"), "de")


def test_the_brief_says_what_is_asked() -> None:
    assert brief(Guide()) == ""
    told = brief(GUIDE)
    assert "cheap" in told and "British" in told and "notebook" in told and "Never address" in told


@given(st.text(max_size=200), st.text(max_size=12), st.text(max_size=12))
def test_any_text_and_guide_go_through(text: str, banned: str, said: str) -> None:
    guide = Guide(banned=(banned,) if banned.strip() else (), preferred=((said, "x"),) if said.strip() else ())
    for finding in findings(text, guide):
        assert text[finding.start : finding.end] == finding.text
    mended(text, guide)

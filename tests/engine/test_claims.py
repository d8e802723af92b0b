"""The claim checker on hand-written pairs, and the places where it must not be fooled."""

import pytest

from retail_ai.engine.claims import extract_claims
from retail_ai.engine.facts import Attribute, ProductFacts
from retail_ai.engine.grounding import FactBase, check_text, unsupported
from tests.engine.claim_pairs import PRODUCTS, judged, pairs, score


def test_recall_and_precision_over_all_pairs() -> None:
    found = score()
    assert found["pairs"] > 500 and found["recall"] >= 0.98 and found["precision"] >= 0.90


@pytest.mark.parametrize("name, sentence, truth", [p for p in pairs() if judged(p[0], p[1]) == p[2]][::3])
def test_pairs_one_by_one(name: str, sentence: str, truth: bool) -> None:
    assert judged(name, sentence) is truth


def test_a_claim_names_its_fact() -> None:
    verdict = check_text("It weighs 1200 g.", PRODUCTS["rucksack"])[0]
    assert verdict.fact is not None and verdict.fact.text == "weight: 1.2 kg"


def test_faux_leather_is_no_leather() -> None:
    facts = ProductFacts(1, "Bag", attributes=(Attribute("material", "faux leather"),))
    assert unsupported("A leather bag.", facts) and not unsupported("A faux leather bag.", facts)


def test_contradicting_amounts_support_neither() -> None:
    facts = ProductFacts(1, "Aster 64 GB", attributes=(Attribute("storage", "128 GB"),))
    assert unsupported("It has 64 GB.", facts) and unsupported("It has 128 GB of storage.", facts)
    assert len(FactBase(facts).contested) == 1


def test_two_attributes_that_disagree_support_neither() -> None:
    twins = (Attribute("weight", "1.2 kg"), Attribute("item weight", "1.4 kg"))
    facts = ProductFacts(1, "Bag", attributes=twins)
    assert unsupported("It weighs 1.2 kg.", facts) and unsupported("It weighs 1.4 kg.", facts)
    same = ProductFacts(1, "Bag", attributes=(twins[0], Attribute("item weight", "1200 g")))
    assert not unsupported("It weighs 1.2 kg.", same) and not FactBase(same).contested


@pytest.mark.parametrize("value", ["no", "false", "without", "not included"])
def test_a_denial_is_backed_however_a_feed_writes_no(value: str) -> None:
    facts = ProductFacts(1, "Merrow Aster lamp", attributes=(Attribute("charger included", value),))
    assert not unsupported("The charger is not included.", facts, strict=True)
    assert unsupported("The pouch is not included.", facts, strict=True)


def test_the_old_description_counts_only_when_trusted() -> None:
    facts = ProductFacts(1, "Bag", description="A waterproof bag.")
    assert not check_text("It is waterproof.", facts)[0].supported
    assert check_text("It is waterproof.", facts, trust_description=True)[0].supported


def test_the_parcels_weight_is_not_the_products() -> None:
    facts = ProductFacts(1, "Bag", attributes=(Attribute("package weight", "2 kg"),))
    assert unsupported("It weighs 2 kg.", facts)


def test_bounds_are_held_against_the_amount_that_is_stated() -> None:
    facts = ProductFacts(1, "Bag", attributes=(Attribute("weight", "1.2 kg"),))
    assert not unsupported("Its weight exceeds 1 kg.", facts) and not unsupported("It weighs above 1 kg.", facts)
    assert unsupported("Its weight exceeds 1.2 kg.", facts) and unsupported("It weighs above 1.2 kg.", facts)


def test_unit_in_the_attribute_or_its_name_counts() -> None:
    facts = ProductFacts(1, "Bag", attributes=(Attribute("weight", "3240", "g"), Attribute("length (cm)", "30")))
    assert not unsupported("It weighs 3.24 kg and is 30 cm long.", facts)


def test_a_number_without_unit_backs_no_amount() -> None:
    facts = ProductFacts(1, "Bag", attributes=(Attribute("weight", "3240"),))
    assert unsupported("It weighs 3240 g.", facts)


def test_plain_words_claim_nothing() -> None:
    assert not extract_claims("It comes with what you need.", True)


def test_a_count_belongs_to_what_it_stands_before() -> None:
    counts = (
        Attribute("rgb ports quantity", "1"),
        Attribute("favourite pages", "4"),
        Attribute("usb 2 0 ports quantity", "2"),
    )
    facts = ProductFacts(1, "TV X", attributes=counts)
    assert not unsupported("It has one RGB port, two USB 2.0 ports and four favourite pages.", facts)
    assert [v.claim.text for v in unsupported("It has four RGB ports and four favourite pages.", facts)] == ["four"]


def test_what_a_flag_denies_is_not_said() -> None:
    facts = ProductFacts(1, "Charger", attributes=(Attribute("cable included", "no"), Attribute("built-in fan", "no")))
    for text in ("A cable is included.", "It comes with a cable.", "It has a fan."):
        assert unsupported(text, facts), text
    assert not unsupported("It comes without a cable.", facts)


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("It weighs less than 120 g.", True), ("It weighs less than 100 g.", False), ("It weighs over 100 g.", True),
        ("It weighs over 112 g.", False), ("It was designed in Denmark.", True), ("It is made in Denmark.", False),
        ("It is made in Poland.", True), ("It was designed in Poland.", False),
    ],
)  # fmt: skip
def test_bounds_and_deeds(text: str, truth: bool) -> None:
    facts = ProductFacts(
        1,
        "Lamp",
        attributes=(Attribute("weight", "112 g"), Attribute("designed in", "Denmark"), Attribute("made in", "Poland")),
    )
    assert (not unsupported(text, facts)) is truth

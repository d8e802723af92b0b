"""The claim checker on hand-written pairs, and the places where it must not be fooled."""

import pytest

from retail_ai.engine.claims import extract_claims
from retail_ai.engine.facts import Attribute, ProductFacts
from retail_ai.engine.grounding import FactBase, check_text, unsupported
from tests.engine.claim_pairs import PRODUCTS, judged, pairs, score


def test_recall_and_precision_over_all_pairs() -> None:
    found = score()
    assert found["pairs"] >= 300 and found["recall"] >= 0.98 and found["precision"] >= 0.90


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


def test_the_old_description_counts_only_when_trusted() -> None:
    facts = ProductFacts(1, "Bag", description="A waterproof bag.")
    assert not check_text("It is waterproof.", facts)[0].supported
    assert check_text("It is waterproof.", facts, trust_description=True)[0].supported


def test_the_parcels_weight_is_not_the_products() -> None:
    facts = ProductFacts(1, "Bag", attributes=(Attribute("package weight", "2 kg"),))
    assert unsupported("It weighs 2 kg.", facts)


def test_unit_in_the_attribute_or_its_name_counts() -> None:
    facts = ProductFacts(1, "Bag", attributes=(Attribute("weight", "3240", "g"), Attribute("length (cm)", "30")))
    assert not unsupported("It weighs 3.24 kg and is 30 cm long.", facts)


def test_a_number_without_unit_backs_no_amount() -> None:
    facts = ProductFacts(1, "Bag", attributes=(Attribute("weight", "3240"),))
    assert unsupported("It weighs 3240 g.", facts)


def test_plain_words_claim_nothing() -> None:
    assert not extract_claims("It comes with what you need.", True)

"""Sentences that do not hold are mended; a model that can do more is given more, and stays at zero.

No weights: the texts are given, and stand for what a larger model writes.
"""

from collections.abc import Sequence
from typing import Any

import pytest

from retail_ai.backends import Generation, Generator
from retail_ai.backends.base import PromptLike, as_prompt
from retail_ai.descriptions import asking, pipeline
from retail_ai.descriptions.mending import mendings
from retail_ai.descriptions.proof import _well_formed
from retail_ai.descriptions.slots import lock, unlock
from retail_ai.engine.composer import Sentence
from retail_ai.engine.facts import Attribute, ProductFacts
from retail_ai.engine.grounding import FactBase

FACTS = ProductFacts(
    "r1",
    "Trail 45 Rucksack",
    brand="Northpeak",
    attributes=(
        Attribute("weight", "1.2 kg"),
        Attribute("colour", "green"),
        Attribute("material", "nylon"),
        Attribute("warranty", "2 years"),
    ),
)
BASE = FactBase(FACTS)


class Double(Generator):
    """Says ``free`` when asked freely (the n-th for the n-th seed), and rewords locked text by ``reword``."""

    can_score = True

    def __init__(self, *free: str) -> None:
        super().__init__()
        self.free, self.locked, self.asked = free, 0, 0

    @property
    def identity(self) -> str:
        return f"double/{hash(self.free)}"

    def reword(self, text: str) -> str:
        return text

    def generate(self, prompts: Sequence[PromptLike], *, seed: int = 0, **_: Any) -> list[Generation]:
        return [self._one(as_prompt(p).messages[-1].content, seed) for p in prompts]

    def _one(self, text: str, seed: int) -> Generation:
        if text.startswith("Reword this text:\n"):
            self.locked += 1
            return Generation(self.reword(text.partition("\n")[2]))
        self.asked += 1
        return Generation(self.free[min(seed, len(self.free) - 1)], prompt_tokens=10, completion_tokens=5)

    def score(self, prompt: PromptLike, continuations: Sequence[str]) -> list[float]:
        return [-float(len(text)) for text in continuations]


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_tallies", {})


def written(model: Generator, n: int = 16) -> list[Any]:
    facts = [ProductFacts(f"r{i}", FACTS.title, brand=FACTS.brand, attributes=FACTS.attributes) for i in range(n)]
    return [w[0] for w in pipeline.write_texts(facts, fields=["description"], generator=model)]


def origins(texts: list[Any]) -> dict[str, float]:
    each = [s["origin"] for text in texts for s in text.sentences]
    return {name: each.count(name) / len(each) for name in ("model", "repaired", "composer")}


@pytest.mark.parametrize(
    "sentence, mended",
    [
        ("The waterproof rucksack weighs 1.2 kg.", "The rucksack weighs 1.2 kg."),
        ("The rucksack weighs 1.2 kg, making it perfect for hikers.", "The rucksack weighs 1.2 kg."),
        ("Ideal for hikers, the rucksack weighs 1.2 kg.", "The rucksack weighs 1.2 kg."),
        ("The rucksack has a weight of 900 g.", "The rucksack has a weight of 1.2 kg."),
        ("It is a durable, green rucksack.", "It is a green rucksack."),
    ],
)
def test_what_no_fact_backs_is_taken_out(sentence: str, mended: str) -> None:
    assert mended in list(mendings(sentence, BASE))


def test_what_holds_needs_no_mending_and_no_stump_is_left() -> None:
    assert list(mendings("The rucksack weighs 1.2 kg.", BASE)) == []
    assert all("is." not in m and "a." not in m for m in mendings("The rucksack is waterproof.", BASE))


def test_mended_sentences_stand_in_the_text_and_are_told_apart() -> None:
    model = Double(
        "The waterproof rucksack weighs 1.2 kg. The rucksack is covered by a 2-year warranty, the best one."
    )
    texts = written(model)
    share = origins(texts)
    assert share["repaired"] > 0 and all(t.unsupported == 0 for t in texts)
    assert all("waterproof" not in t.text and "best" not in t.text for t in texts)


def test_a_model_whose_texts_hold_writes_them_whole() -> None:
    model = Double(
        "The Trail 45 Rucksack is green and made of nylon. At a weight of 1.2 kg, the rucksack goes along, "
        "and it is covered by a warranty of 2 years."
    )
    texts = written(model)
    assert origins(texts) == {"model": 1.0, "repaired": 0.0, "composer": 0.0}
    assert all(t.scores["coverage"] == 1.0 and t.unsupported == 0 for t in texts)


def test_what_it_left_unsaid_is_reworded_with_the_claims_locked() -> None:
    class Rewording(Double):
        def reword(self, text: str) -> str:
            return text.replace("is covered by", "comes covered by").replace("comes with", "is sold with")

    model = Rewording("The Trail 45 Rucksack is green. The rucksack is made of nylon. It has a weight of 1.2 kg.")
    texts = written(model)
    share = origins(texts)
    assert model.locked and share["model"] > 0.5 and share["repaired"] > 0
    assert all(t.scores["coverage"] == 1.0 and t.unsupported == 0 for t in texts)


def test_of_several_texts_the_one_that_says_most_is_taken() -> None:
    model = Double(
        "The Trail 45 Rucksack is green. It is the best. The rucksack is made of nylon.",
        "The Trail 45 Rucksack is green. The rucksack is made of nylon. It has a weight of 1.2 kg.",
    )
    assert all("a weight of 1.2 kg" in t.text for t in written(model)[4:])


def test_a_weak_model_is_not_asked_on() -> None:
    model = Double("It is the best of the best. Everybody loves it. It is waterproof.")
    texts = written(model, 40)
    assert model.asked < 20 and origins(texts)["composer"] == 1.0 and not model.locked


def test_marks_must_come_back_whole_and_once() -> None:
    sentences = [Sentence("The rucksack weighs 1.2 kg.", ("a0",)), Sentence("It is green and made of nylon.", ("a1",))]
    locked = lock(sentences)
    assert "1.2" not in locked.text and "green" not in locked.text and len(locked.words) >= 3
    assert unlock(locked.text, locked) == [(s.text, frozenset({i})) for i, s in enumerate(sentences)]
    assert unlock(locked.text.replace("[1]", "[9]"), locked)[0][1] == frozenset({1})
    assert unlock(f"{locked.text} {locked.text}", locked) == []


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("It weighs 1.2 kg and holds 45 litres.", True),
        ("A rain cover, and a 2-year warranty.", False),
        ("It is a bag that is not suitable for rain, and it is a bag that is not suitable for rain.", False),
        ("It is made to be free from PVC and is made to be PVC free.", False),
    ],
)
def test_a_sentence_has_a_verb_and_says_nothing_twice(sentence: str, is_one: bool) -> None:
    assert _well_formed(sentence, "Bag") is is_one

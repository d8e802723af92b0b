"""The composer backend: facts in, text out, and clear words where that cannot be."""

import pytest

from retail_ai.backends.base import Prompt
from retail_ai.backends.generators.composer import ComposerGenerator
from retail_ai.engine.facts import Attribute, ProductFacts
from retail_ai.exceptions import InvalidInput

MUG = ProductFacts(key=1, title="Red mug", brand="Acme", attributes=(Attribute("volume", "350", "ml"),))


def test_by_default_the_engines_composer_writes() -> None:
    made = ComposerGenerator().generate([Prompt(facts=MUG, hints={"language": "en"})])[0]
    assert "350" in made.text
    assert made.finish_reason == "stop"


def test_hints_reach_the_function() -> None:
    composer = ComposerGenerator(compose=lambda facts, tone: f"{facts.title}, {tone}")
    assert composer.generate([Prompt(facts=MUG, hints={"tone": "plain"})])[0].text == "Red mug, plain"


def test_a_language_it_does_not_write_is_told() -> None:
    with pytest.raises(InvalidInput, match="fi"):
        ComposerGenerator().generate([Prompt(facts=MUG, hints={"language": "fi"})])


def test_a_prompt_without_facts_is_refused() -> None:
    with pytest.raises(InvalidInput, match="carries none"):
        ComposerGenerator().generate(["Write about a mug."])


def test_a_wrong_path_shows_in_the_check() -> None:
    assert "nowhere.compose" in ComposerGenerator(compose="nowhere.compose").check()[0]

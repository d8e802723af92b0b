"""What every generator must do, on prompts whose right answer can be seen by eye."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from retail_ai.backends.base import Generator, Message, Prompt
from retail_ai.engine.facts import ProductFacts
from retail_ai.exceptions import InvalidInput


@pytest.fixture
def prompts() -> list[Prompt]:
    texts = ["write a text about shoes", "red", "the colour of the sneakers is blue and the law is red", "tax law"]
    return [
        Prompt(messages=(Message("user", text),), facts=ProductFacts(key=i, title=text, brand="Acme"))
        for i, text in enumerate(texts)
    ]


def test_one_generation_a_prompt_in_order(generator: Generator, prompts: list[Prompt]) -> None:
    together = generator.generate(prompts, max_tokens=8)
    alone = [generator.generate([prompt], max_tokens=8)[0] for prompt in prompts]
    assert [g.text for g in together] == [g.text for g in alone]
    assert all(g.text == g.text.strip() for g in together)


def test_no_prompts_give_no_texts(generator: Generator) -> None:
    assert generator.generate([]) == []


def test_temperature_0_repeats_itself(generator: Generator, prompts: list[Prompt]) -> None:
    first, second = (generator.generate(prompts[:1], max_tokens=8)[0].text for _ in range(2))
    assert first == second


def test_the_cost_is_told(generator: Generator, prompts: list[Prompt]) -> None:
    if generator.identity.startswith("composer"):
        pytest.skip("a composer spends no tokens")
    for made in generator.generate(prompts, max_tokens=5):
        assert made.prompt_tokens > 0
        assert 0 < made.completion_tokens <= 5
        assert made.seconds > 0
        assert made.finish_reason in ("stop", "length")


def test_threads_get_what_one_caller_gets(generator: Generator, prompts: list[Prompt]) -> None:
    expected = [g.text for g in generator.generate(prompts, max_tokens=4)]
    with ThreadPoolExecutor(8) as pool:
        for made in pool.map(lambda _: generator.generate(prompts, max_tokens=4), range(8)):
            assert [g.text for g in made] == expected


def test_a_stream_adds_up_to_the_text(generator: Generator, prompts: list[Prompt]) -> None:
    pieces = list(generator.stream(prompts[0], max_tokens=8))
    assert "".join(pieces).strip() == generator.generate(prompts[:1], max_tokens=8)[0].text


def test_a_stop_string_ends_the_text(generator: Generator, prompts: list[Prompt]) -> None:
    if generator.identity.startswith("composer"):
        pytest.skip("a composer has nothing to stop")
    whole = generator.generate(prompts[:1], max_tokens=12)[0].text
    mark = whole.split()[2]
    made = generator.generate(prompts[:1], max_tokens=12, stop=[mark])[0]
    assert made.text == whole[: whole.index(mark)].strip()
    assert "".join(generator.stream(prompts[0], max_tokens=12, stop=[mark])).strip() == made.text


def test_lone_surrogates_do_no_harm(generator: Generator, mug: ProductFacts) -> None:
    prompt = Prompt(messages=(Message("user", "\ud800 red"),), facts=mug)
    assert len(generator.generate([prompt], max_tokens=3)) == 1


def test_scores_prefer_the_likely(generator: Generator) -> None:
    if not generator.can_score:
        with pytest.raises(NotImplementedError):
            generator.score("red", ["shoes"])
        return
    one, both, none = generator.score("the colour is", ["red", "red shoes", ""])
    assert both < one < none == 0


def test_choices_are_scored_as_the_texts_they_make(generator: Generator) -> None:
    if not generator.can_score:
        return
    text = [["red shoes", "red"], ["the colour is red", "red", "shoes"]]
    (first, second), (alone,) = generator.score_choices("the colour is", [text, [["shoes", "red shoes"]]])
    assert [value for value, _ in first] == pytest.approx(generator.score("the colour is", text[0]), abs=0.2)
    start, *wholes = generator.score("the colour is", ["red shoes", *(f"red shoes {wording}" for wording in text[1])])
    assert [value for value, _ in second] == pytest.approx([whole - start for whole in wholes], abs=0.2)
    assert all(length > 0 for _, length in (*first, *second, *alone))


def test_wrong_turns_are_refused(generator: Generator) -> None:
    with pytest.raises(InvalidInput):
        generator.generate([[{"role": "wizard", "content": "hello"}]])


def test_identity_is_stable_and_it_is_ready(generator: Generator) -> None:
    assert generator.identity == generator.identity
    assert 0 < len(generator.identity) <= 200
    assert generator.check() == []
    assert generator.probe() == []

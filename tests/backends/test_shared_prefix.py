"""What the prompts of a batch begin with is read once: backends/generators/shared_prefix.py."""

from pathlib import Path

import pytest

from retail_ai.backends.base import Generation
from retail_ai.backends.generators import shared_prefix
from retail_ai.backends.generators.shared_prefix import shared_length
from retail_ai.backends.generators.transformers_lm import TransformersGenerator
from tests.backends.tiny import save_language_model

GUIDE = "Say what it is made of, how large it is and what it is for, in plain words, and nothing else at all. "
PROMPTS = [GUIDE + thing for thing in ("A green tent.", "A kettle of steel that boils one litre.", "Two wool socks.")]


@pytest.mark.parametrize(
    ("rows", "length"),
    [
        ([[1] * 20 + [2], [1] * 20 + [3, 4]], 20),
        ([[1] * 20, [1] * 25], 19),
        ([[1] * 10 + [2], [1] * 10 + [3]], 0),
        ([[1] * 30], 0),
        ([[2] + [1] * 30, [3] + [1] * 30], 0),
    ],
)
def test_how_much_of_a_batch_is_alike(rows, length):
    assert shared_length(rows) == length


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_language_model(tmp_path_factory.mktemp("model"))


def written(tiny: Path, temperature: float) -> list[Generation]:
    model = TransformersGenerator(model=str(tiny), device="cpu")
    return model.generate(PROMPTS, max_tokens=12, temperature=temperature, seed=3)


@pytest.mark.parametrize("temperature", [0.0, 0.8])
def test_texts_are_those_of_prompts_read_whole(tiny, temperature, monkeypatch):
    seen: list[int] = []
    forward = TransformersGenerator._run

    def watched(self, rows, *rest, **named):
        seen.append(shared_length(rows))
        return forward(self, rows, *rest, **named)

    monkeypatch.setattr(TransformersGenerator, "_run", watched)
    together = written(tiny, temperature)
    monkeypatch.setattr(shared_prefix, "LEAST", 10_000)
    whole = written(tiny, temperature)
    assert seen[0] >= 16 and seen[1] == 0
    assert [one.text for one in together] == [one.text for one in whole]
    assert [one.prompt_tokens for one in together] == [one.prompt_tokens for one in whole]

"""LoRA on a tiny real model: it learns, stops early, repeats itself, and what it learned can be put on."""

import sys
from pathlib import Path
from typing import Any

import pytest

from retail_ai.backends import Message, Prompt
from retail_ai.backends.generators.composer import ComposerGenerator
from retail_ai.backends.generators.transformers_lm import TransformersGenerator
from retail_ai.backends.trainers.base import Epoch, Example
from retail_ai.backends.trainers.encoding import encode
from retail_ai.backends.trainers.lora import LoraTrainer
from retail_ai.exceptions import InvalidInput, MissingPackage
from tests.backends.tiny import save_language_model

SHOES = Prompt(messages=(Message("user", "write about red shoes"),))
BLUE = Prompt(messages=(Message("user", "write about blue shoes"),))
LEARNED = [Example(SHOES, "red running shoes ."), Example(BLUE, "blue running shoes .")] * 4


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TransformersGenerator:
    return TransformersGenerator(model=str(save_language_model(tmp_path_factory.mktemp("model"))), device="cpu")


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RETAIL_AI_WEIGHTS_DIR", str(tmp_path))


def trainer(**options: Any) -> LoraTrainer:
    return LoraTrainer(**({"learning_rate": 2e-2, "epochs": 4, "batch_size": 4, "dropout": 0.0} | options))


def test_it_learns_and_what_it_learned_serves(model: TransformersGenerator) -> None:
    before, tokens = trainer().loss(model, LEARNED)
    seen: list[Epoch] = []
    trained = trainer().train(model, LEARNED, LEARNED[:2], seed=1, on_epoch=seen.append)
    assert [e.number for e in seen] == [e.number for e in trained.epochs] and seen[0].training is None
    assert trained.epochs[trained.best].validation == min(e.validation for e in trained.epochs) < before
    served = model.adapted(trained.adapter)
    after, _ = trainer().loss(served, LEARNED[:2])
    assert after == pytest.approx(trained.epochs[trained.best].validation, rel=1e-3)
    assert served.identity.startswith(model.identity) and served.identity != model.identity
    assert served.generate([SHOES], max_tokens=6)[0].text
    assert tokens == 8 * 5 and trainer().loss(model, LEARNED)[0] == before  # its own model is left as it was


def test_the_same_seed_gives_the_same_adapter(model: TransformersGenerator) -> None:
    one, two, other = (
        trainer(epochs=1, dropout=0.3).train(model, LEARNED, LEARNED[:2], seed=seed).adapter for seed in (3, 3, 4)
    )
    assert one == two and one.weights != other.weights


def test_it_stops_when_nothing_gets_better(model: TransformersGenerator) -> None:
    trained = trainer(learning_rate=0.0, epochs=20, patience=2).train(model, LEARNED, LEARNED[:2])
    assert trained.best == 0 and len(trained.epochs) == 3


def test_weight_decay_and_dropout_reach_the_training(model: TransformersGenerator) -> None:
    losses = {
        (d, w): trainer(dropout=d, weight_decay=w, epochs=2).train(model, LEARNED, LEARNED[:2]).epochs[-1].validation
        for d, w in ((0.0, 0.0), (0.5, 0.0), (0.0, 5.0))
    }
    assert len(set(losses.values())) == 3


def test_the_loss_is_taken_on_the_text_alone(model: TransformersGenerator) -> None:
    tokenizer, _ = model.loaded()
    (row,) = encode(tokenizer, LEARNED[:1], 100)
    assert tokenizer.decode(row.ids[row.prompt :]) == "red running shoes . <|end|>"
    assert encode(tokenizer, LEARNED, 5) == []


def test_without_texts_or_a_model_it_says_so(model: TransformersGenerator) -> None:
    with pytest.raises(InvalidInput, match="at least one text"):
        trainer().train(model, LEARNED, [])
    with pytest.raises(InvalidInput, match="cannot be trained here"):
        trainer().train(ComposerGenerator(), LEARNED, LEARNED)  # type: ignore[arg-type]


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch, model: TransformersGenerator) -> None:
    monkeypatch.setitem(sys.modules, "peft", None)
    with pytest.raises(MissingPackage, match=r"django-retail-ai\[training\]"):
        trainer().train(model, LEARNED, LEARNED)


def test_an_error_of_the_watcher_ends_the_training(model: TransformersGenerator) -> None:
    def stop(*_: Any) -> None:
        raise RuntimeError("cancelled")

    for watcher in ({"on_epoch": stop}, {"on_step": stop}):
        with pytest.raises(RuntimeError, match="cancelled"):
            trainer().train(model, LEARNED, LEARNED, **watcher)


def test_each_batch_is_told(model: TransformersGenerator) -> None:
    steps: list[tuple[int, ...]] = []
    trainer(epochs=2).train(model, LEARNED, LEARNED[:2], on_step=lambda *step: steps.append(step))
    assert steps == [(1, 1, 2), (1, 2, 2), (2, 1, 2), (2, 2, 2)]

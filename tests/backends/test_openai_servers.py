"""How the OpenAI-compatible backends bear a bad server. The server is a real one, made in this process (server.py)."""

from collections.abc import Iterator

import pytest

from retail_ai.backends.embedders.openai_compatible import OpenAICompatibleEmbedder
from retail_ai.backends.generators.openai_compatible import OpenAICompatibleGenerator
from retail_ai.exceptions import BackendUnavailable
from tests.backends.server import DIMENSIONS, FakeOpenAI, serve

FAST = {"first_wait": 0.01, "timeout": 5.0}


@pytest.fixture
def server() -> Iterator[FakeOpenAI]:
    with serve() as made:
        yield made


@pytest.fixture
def embedder(server: FakeOpenAI) -> Iterator[OpenAICompatibleEmbedder]:
    made = OpenAICompatibleEmbedder(
        model="tiny", dimensions=DIMENSIONS, base_url=server.base_url, batch_size=2, api_key="sk-secret", **FAST
    )
    yield made
    made.close()


@pytest.fixture
def generator(server: FakeOpenAI) -> Iterator[OpenAICompatibleGenerator]:
    made = OpenAICompatibleGenerator(model="tiny", base_url=server.base_url, **FAST)
    yield made
    made.close()


def test_texts_go_in_batches_with_the_key_in_the_header(
    server: FakeOpenAI, embedder: OpenAICompatibleEmbedder
) -> None:
    embedder.embed(["one", "two", "three"])
    assert [body["input"] for _, body, _ in server.requests] == [["one", "two"], ["three"]]
    assert server.requests[0][2]["Authorization"] == "Bearer sk-secret"


def test_a_busy_server_is_asked_again(server: FakeOpenAI, embedder: OpenAICompatibleEmbedder) -> None:
    server.fail(429, times=1, Retry_After="0.05")
    server.fail(503, times=2)
    assert embedder.embed(["shoes"]).shape == (1, DIMENSIONS)
    assert len(server.requests) == 4


def test_a_server_that_stays_busy_is_given_up(server: FakeOpenAI, embedder: OpenAICompatibleEmbedder) -> None:
    server.fail(503, times=9)
    with pytest.raises(BackendUnavailable, match="answered 503: busy"):
        embedder.embed(["shoes"])
    assert len(server.requests) == 5


def test_a_wrong_key_is_not_tried_again_and_not_shown(server: FakeOpenAI, embedder: OpenAICompatibleEmbedder) -> None:
    server.fail(401, "bad key sk-secret")
    with pytest.raises(BackendUnavailable, match="Check the API key") as caught:
        embedder.embed(["shoes"])
    assert "sk-secret" not in str(caught.value)
    assert len(server.requests) == 1


def test_another_length_than_configured_is_an_error(server: FakeOpenAI, embedder: OpenAICompatibleEmbedder) -> None:
    server.dimensions = 8
    with pytest.raises(BackendUnavailable, match=r"vectors of \[8\] numbers, but OPTIONS\['dimensions'\] is 64"):
        embedder.embed(["shoes"])


def test_a_page_instead_of_json_is_an_error(server: FakeOpenAI, embedder: OpenAICompatibleEmbedder) -> None:
    server.fail(200, "<html>welcome</html>")
    with pytest.raises(BackendUnavailable, match="did not answer with JSON"):
        embedder.embed(["shoes"])


def test_no_server_at_all_is_told_with_its_address() -> None:
    away = OpenAICompatibleGenerator(model="tiny", base_url="http://127.0.0.1:9/v1", retries=1, **FAST)
    with pytest.raises(BackendUnavailable, match=r"127\.0\.0\.1:9 cannot be reached"):
        away.generate(["hello"])
    assert away.check() == []
    assert "cannot be reached" in away.probe()[0]
    away.close()


def test_the_key_of_openai_goes_to_no_other_server(
    server: FakeOpenAI, generator: OpenAICompatibleGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-hosted")
    monkeypatch.setenv("OUR_KEY", "sk-ours")
    other = OpenAICompatibleGenerator(model="tiny", base_url=server.base_url, **FAST)
    named = OpenAICompatibleGenerator(model="tiny", base_url=server.base_url, api_key_env="OUR_KEY", **FAST)
    for made in (other, named):
        made.generate(["hello"])
        made.close()
    assert [headers.get("Authorization") for *_, headers in server.requests] == [None, "Bearer sk-ours"]


def test_the_check_asks_no_server_and_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert "OPENAI_API_KEY" in OpenAICompatibleGenerator(model="any").check()[0]
    assert "is no URL" in OpenAICompatibleGenerator(model="any", base_url="localhost").check()[0]


def test_usage_and_the_cut_are_told(generator: OpenAICompatibleGenerator) -> None:
    made = generator.generate(["one two three four"], max_tokens=3)[0]
    assert (made.text, made.prompt_tokens, made.completion_tokens) == ("You said: one", 7, 3)
    assert made.finish_reason == "length"


def test_a_stream_that_fails_says_so(server: FakeOpenAI, generator: OpenAICompatibleGenerator) -> None:
    server.fail(500, "out of memory")
    with pytest.raises(BackendUnavailable, match="answered 500: out of memory"):
        list(generator.stream("hello"))

"""The registry: one instance a process, clear errors, anew after a fork and when the setting changes."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.test import override_settings

from retail_ai.backends import get_embedder, get_generator, get_recommender
from retail_ai.backends.base import Embedder
from retail_ai.backends.packages import missing, require
from retail_ai.exceptions import ConfigurationError, MissingPackage

USE = "retail_ai.backends.embedders.use.UniversalSentenceEncoder"


class Slow(Embedder):
    made = 0

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        type(self).made += 1


def embedders(**entry: Any) -> Any:
    return override_settings(RETAIL_AI={"EMBEDDERS": {"mine": entry}})


def test_defaults_need_no_setting() -> None:
    with override_settings(RETAIL_AI={}):
        assert get_embedder().identity == "use-multilingual-v3/512"
        assert get_generator("composer").identity == "composer/2"
        assert get_generator().identity.startswith("SmolLM2-135M-Instruct/")
        assert get_recommender().kind == "recommender"


def test_eight_threads_make_one_instance() -> None:
    Slow.made = 0
    with embedders(BACKEND=f"{__name__}.Slow"), ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: id(get_embedder("mine")), range(64)))) == 1
    assert Slow.made == 1


def test_options_reach_the_constructor_and_a_changed_setting_makes_anew() -> None:
    with embedders(BACKEND=USE, OPTIONS={"threads": 1}):
        first = get_embedder("mine")
        assert first.threads == 1  # type: ignore[attr-defined]
    with embedders(BACKEND=USE, OPTIONS={"threads": 3}):
        assert get_embedder("mine").threads == 3  # type: ignore[attr-defined]
        assert get_embedder("mine") is not first


def test_an_unknown_alias_lists_the_known_ones() -> None:
    with embedders(BACKEND=USE), pytest.raises(ConfigurationError, match="known aliases: default, mine"):
        get_embedder("other")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"BACKEND": "nowhere.Embedder"}, r"RETAIL_AI\['EMBEDDERS'\]\['mine'\]\['BACKEND'\] = 'nowhere.Embedder'"),
        ({"BACKEND": "retail_ai.backends.embedders.use.Wrong"}, "cannot be imported"),
        ({"BACKEND": "retail_ai.backends.generators.composer.ComposerGenerator"}, "is no Embedder"),
        ({"BACKEND": USE, "OPTIONS": {"colour": "red"}}, r"\['OPTIONS'\] does not suit .*colour"),
        ({"OPTIONS": {}}, "must be"),
    ],
)
def test_a_wrong_setting_names_its_key(entry: dict[str, Any], message: str) -> None:
    with embedders(**entry), pytest.raises(ConfigurationError, match=message):
        get_embedder("mine")


def test_a_missing_package_names_its_extra() -> None:
    with pytest.raises(MissingPackage, match=r"pip install 'django-retail-ai\[openai\]'"):
        require("no_such_package_of_ours.part", extra="openai")
    assert missing("json", "no_such_package_of_ours", extra="openai") == [
        str(MissingPackage("no_such_package_of_ours", "openai"))
    ]


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_child_makes_its_own_even_while_the_lock_is_held() -> None:
    from retail_ai.backends.registry import embedders as registry

    with override_settings(RETAIL_AI={}):
        get_embedder()
        fork = multiprocessing.get_context("fork")
        answers = fork.SimpleQueue()
        child = fork.Process(target=lambda: answers.put((len(registry._made), get_embedder().dimensions)))
        with ThreadPoolExecutor(1) as pool, registry._lock:
            pool.submit(child.start).result()
        child.join(30)
        assert answers.get() == (0, 512)

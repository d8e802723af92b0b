"""Makes the backends that RETAIL_AI names, one instance a process, and keeps them. Loads no weights: they do, on use.

An instance is made on first use behind a lock, is shared by all threads, and is dropped after a fork (a prefork
worker's child makes its own) and when the setting changes.
"""

import os
import threading
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from retail_ai.backends.base import Backend, Embedder, Generator, ImageEmbedder, Recommender
from retail_ai.backends.rerankers.base import Reranker
from retail_ai.backends.trainers.base import Trainer
from retail_ai.conf import conf
from retail_ai.exceptions import ConfigurationError, MissingPackage

B = TypeVar("B", bound=Backend)


class Registry(Generic[B]):
    """The instances of one kind of backend, by alias, as ``RETAIL_AI[key]`` describes them."""

    def __init__(self, key: str, base: type[B]) -> None:
        self.key = key
        self.base = base
        self.reset()

    def reset(self) -> None:
        """Forget all instances; the lock is new as well, since a fork may have copied it while it was held."""
        self._lock = threading.RLock()
        self._made: dict[str, B] = {}

    def close(self) -> None:
        """Close all instances and forget them."""
        made = list(self._made.values())
        self.reset()
        for backend in made:
            backend.close()

    def aliases(self) -> list[str]:
        """The configured aliases; one that is set to None, to leave a default out, is none."""
        return sorted(alias for alias, entry in getattr(conf, self.key).items() if entry is not None)

    def get(self, alias: str) -> B:
        """The one instance for ``alias``. Raises ConfigurationError where the setting is wrong."""
        if (made := self._made.get(alias)) is not None:
            return made
        with self._lock:
            if alias not in self._made:
                self._made[alias] = self._make(alias)
            return self._made[alias]

    def _make(self, alias: str) -> B:
        where, path, options = self._read(alias)
        backend = self._load_class(where, path)
        try:
            return backend(**options)
        except TypeError as error:
            raise ConfigurationError(f"{where}['OPTIONS'] does not suit {path}: {error}") from error

    def _read(self, alias: str) -> tuple[str, str, Mapping[str, Any]]:
        where = f"RETAIL_AI['{self.key}']['{alias}']"
        known = getattr(conf, self.key)
        if alias not in known:
            raise ConfigurationError(f"{where} is not set; known aliases: {', '.join(sorted(known))}.")
        entry = known[alias]
        if not isinstance(entry, Mapping) or not isinstance(entry.get("BACKEND"), str):
            raise ConfigurationError(f'{where} must be {{"BACKEND": "dotted.path.Class", "OPTIONS": {{…}}}}.')
        return where, entry["BACKEND"], entry.get("OPTIONS") or {}

    def _load_class(self, where: str, path: str) -> type[B]:
        try:
            found = import_string(path)
        except MissingPackage:
            raise
        except ImportError as error:
            raise ConfigurationError(f"{where}['BACKEND'] = '{path}' cannot be imported: {error}") from error
        if not (isinstance(found, type) and issubclass(found, self.base)):
            raise ConfigurationError(f"{where}['BACKEND'] = '{path}' is no {self.base.__name__}.")
        return found


embedders = Registry("EMBEDDERS", Embedder)
generators = Registry("GENERATORS", Generator)
recommenders = Registry("RECOMMENDERS", Recommender)
trainers = Registry("TRAINERS", Trainer)
image_embedders = Registry("IMAGE_EMBEDDERS", ImageEmbedder)
rerankers = Registry("RERANKERS", Reranker)
_ALL: tuple[Registry[Any], ...] = (embedders, generators, recommenders, trainers, image_embedders, rerankers)


def reset_backends() -> None:
    """Close and drop every instance, so that the next use makes new ones."""
    for registry in _ALL:
        registry.close()


def _forget_after_fork() -> None:
    for registry in _ALL:
        registry.reset()


def get_embedder(alias: str = "default") -> Embedder:
    """The process's embedder of that alias."""
    return embedders.get(alias)


def get_generator(alias: str = "default") -> Generator:
    """The process's text generator of that alias."""
    return generators.get(alias)


def get_recommender(alias: str = "default") -> Recommender:
    """The process's recommender of that alias."""
    return recommenders.get(alias)


def get_recommenders() -> dict[str, Recommender]:
    """All configured recommenders by alias."""
    return {alias: recommenders.get(alias) for alias in recommenders.aliases()}


def get_trainer(alias: str = "default") -> Trainer:
    """The process's trainer of that alias."""
    return trainers.get(alias)


def get_image_embedder(alias: str = "default") -> ImageEmbedder | None:
    """The process's image embedder of that alias; None where none is configured."""
    return image_embedders.get(alias) if alias in conf.IMAGE_EMBEDDERS else None


def get_reranker(alias: str = "default") -> Reranker | None:
    """The process's reranker of that alias; None where none is configured."""
    return rerankers.get(alias) if alias in conf.RERANKERS else None


def _on_setting_changed(*, setting: str, **_: Any) -> None:
    if setting == "RETAIL_AI":
        reset_backends()


setting_changed.connect(_on_setting_changed, dispatch_uid="retail_ai.backends")
os.register_at_fork(after_in_child=_forget_after_fork)

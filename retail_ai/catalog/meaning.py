"""A query's vectors: of all its words in every space that serves, and of the thing it asks for in the first one."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from retail_ai.backends import Embedder
from retail_ai.catalog.models import VectorSpace
from retail_ai.catalog.spaces import embedder_of, serving_spaces
from retail_ai.engine.phrases import head_of

# Queries whose vectors a process keeps: whoever chooses a facet or takes back a chip asks for the same once more.
KEPT = 500


@dataclass(frozen=True, slots=True)
class Meaning:
    """Spaces with the query's vector in each, the active one first; what ``serves`` as the database would say it; the
    thing asked for with its embedder and the vectors (2, dimensions) of the query and of it, or (1, dimensions) where
    they are one. Empty where words alone must do."""

    serving: tuple[tuple[int, bool], ...] = ()
    spaces: tuple[VectorSpace, ...] = ()
    vectors: tuple[Any, ...] = ()
    thing: str = ""
    embedder: Embedder | None = None
    both: Any = None


def read_meaning(text: str, notes: list[str], *, afresh: bool = False) -> Meaning:
    """The vectors of a query, with a note where a space could not be asked. ``afresh``: look which spaces serve."""
    spaces = serving_spaces(afresh=afresh)
    serving = tuple(sorted((space.pk, space.has_index) for space in spaces))
    thing = head_of(text)
    known = [(space, embedder) for space in spaces if (embedder := embedder_of(space)) is not None]
    both = [text] if thing == text else [text, thing]
    wanted = [both if space.state == VectorSpace.State.ACTIVE else [text] for space, _e in known]
    made = _embed([embedder for _s, embedder in known], wanted)
    asked: list[tuple[VectorSpace, Any]] = []
    first: tuple[Embedder | None, Any] = (None, None)
    for (space, embedder), vectors in zip(known, made, strict=True):
        if isinstance(vectors, Exception):
            notes.append(_("Searched by words only: %(reason)s") % {"reason": type(vectors).__name__})
            continue
        asked.append((space, vectors[0]))
        if space.state == VectorSpace.State.ACTIVE:
            first = embedder, vectors
    if not asked and not notes:
        notes.append(_("Searched by words only: the catalogue is not indexed for meaning yet."))
    if first[0] is None:
        asked = []
    return Meaning(serving, tuple(s for s, _v in asked), tuple(v for _s, v in asked), thing, *first)


def _embed(embedders: list[Embedder], wanted: list[list[str]]) -> list[Any]:
    """The vectors of each embedder's texts, or its error; several embedders work side by side."""
    if len(embedders) < 2:
        return [_embed_one(*pair) for pair in zip(embedders, wanted, strict=True)]
    others = [_pool().submit(_embed_one, *pair) for pair in zip(embedders[1:], wanted[1:], strict=True)]
    return [_embed_one(embedders[0], wanted[0]), *(other.result() for other in others)]


def _embed_one(embedder: Embedder, texts: list[str]) -> Any:
    try:
        return vectors_of(embedder, tuple(texts))
    except Exception as error:
        return error


@lru_cache(maxsize=KEPT)
def vectors_of(embedder: Embedder, texts: tuple[str, ...]) -> Any:
    """(texts, dimensions), not to be written to; kept for a while. An embedder that fails is asked again."""
    vectors = np.asarray(embedder.embed_queries(list(texts)))
    vectors.setflags(write=False)
    return vectors


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=4, thread_name_prefix="retail_ai_embed")


# A forked worker has none of its parent's threads.
os.register_at_fork(after_in_child=_pool.cache_clear)

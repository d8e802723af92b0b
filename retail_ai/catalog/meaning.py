"""A query's vectors: of all its words in every space that serves, and of the thing it asks for in the first one."""

from dataclasses import dataclass
from functools import lru_cache
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
    # One after the other: side by side, two encoders wait for each other's hold on the interpreter.
    made = [_embed_one(embedder, texts) for (_s, embedder), texts in zip(known, wanted, strict=True)]
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


def _embed_one(embedder: Embedder, texts: list[str]) -> Any:
    """The vectors of the texts, or the error."""
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

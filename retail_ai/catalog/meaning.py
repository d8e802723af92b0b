"""A query's vectors: of all its words in every space that serves, and of the thing it asks for in the first one."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from retail_ai.backends import Embedder
from retail_ai.catalog.models import VectorSpace
from retail_ai.catalog.spaces import embedder_of, serving_spaces
from retail_ai.engine.phrases import head_of


@dataclass(frozen=True, slots=True)
class Meaning:
    """Spaces with the query's vector in each, the active one first; what ``serves`` as the database would say it; the
    thing asked for with its embedder and the vectors (2, dimensions) of the query and of it. Empty where words alone
    must do."""

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
    asked: list[tuple[VectorSpace, Any]] = []
    first: tuple[Embedder | None, Any] = (None, None)
    for space in spaces:
        embedder = embedder_of(space)
        if embedder is None:
            continue
        is_active = space.state == VectorSpace.State.ACTIVE
        try:
            vectors = np.asarray(embedder.embed_queries([text, thing] if is_active else [text]))
        except Exception as error:
            notes.append(_("Searched by words only: %(reason)s") % {"reason": type(error).__name__})
            continue
        asked.append((space, vectors[0]))
        if is_active:
            first = embedder, vectors
    if not asked and not notes:
        notes.append(_("Searched by words only: the catalogue is not indexed for meaning yet."))
    if first[0] is None:
        asked = []
    return Meaning(serving, tuple(s for s, _v in asked), tuple(v for _s, v in asked), thing, *first)

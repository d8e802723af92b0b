"""What is known of each product's text and looks, side by side in one vector, for training. Embeds nothing itself."""

from collections.abc import Sequence

import numpy as np

from retail_ai.backends.base import Vectors
from retail_ai.catalog.models import ProductVector, VectorSpace
from retail_ai.catalog.spaces import active_space
from retail_ai.engine.facts import ProductKey
from retail_ai.engine.item_content import from_vectors
from retail_ai.recommendations.image_space import image_space


def item_vectors(keys: Sequence[ProductKey]) -> Vectors | None:
    """(n products, text numbers + image numbers), zeros where one has none; None before any index.

    Text and image each come centred and of length 1, so that neither drowns the other.
    """
    spaces = [space for space in (active_space(), image_space()) if space is not None]
    if not spaces or not keys:
        return None
    if len(spaces) == 1:
        return _of_space(spaces[0], keys)
    parts = [np.asarray(from_vectors(_of_space(space, keys)).vectors, dtype=np.float32) for space in spaces]
    return np.hstack(parts)


def text_vectors(keys: Sequence[ProductKey]) -> Vectors | None:
    """The text vectors alone, as the database has them; None before any index."""
    space = active_space()
    return _of_space(space, keys) if space is not None and keys else None


def _of_space(space: VectorSpace, keys: Sequence[ProductKey]) -> Vectors:
    number = {key: place for place, key in enumerate(keys)}
    vectors = np.zeros((len(keys), space.dimensions), dtype=np.float32)
    rows = ProductVector.objects.filter(space=space).order_by().values_list("product_id", "embedding")
    for key, vector in rows.iterator(chunk_size=2_000):
        if key in number:
            vectors[number[key]] = vector
    return vectors

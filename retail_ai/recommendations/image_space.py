"""Keeps what the products' pictures look like as vectors in a space of their own. The adapter hands them over."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

from retail_ai.backends import ImageEmbedder, get_image_embedder
from retail_ai.catalog.models import ProductVector, VectorSpace
from retail_ai.exceptions import InvalidInput
from retail_ai.stores import get_store

BATCH = 64
_MOST_BYTES = 50_000_000


def image_space() -> VectorSpace | None:
    """The space of the configured image embedder, once it has been filled."""
    embedder = get_image_embedder()
    if embedder is None or embedder.check():
        return None
    return VectorSpace.objects.filter(identity=embedder.identity, state=VectorSpace.State.IMAGES).first()


def refresh_images() -> Counter[str]:
    """Look at every new or changed picture; counts of what was done and what could not be.

    Nothing is done where no image embedder is configured. Raises ConfigurationError and BackendUnavailable where the
    model cannot be loaded.
    """
    counts: Counter[str] = Counter()
    embedder = get_image_embedder()
    if embedder is None:
        return counts
    space, _created = VectorSpace.objects.get_or_create(
        identity=embedder.identity, defaults={"dimensions": embedder.dimensions, "state": VectorSpace.State.IMAGES}
    )
    known = dict(ProductVector.objects.filter(space=space).values_list("product_id", "content_hash"))
    pictures = _changed(embedder, known, counts)
    while batch := list(islice(pictures, BATCH)):
        vectors = embedder.embed_images([picture for _key, _digest, picture in batch])
        ProductVector.objects.bulk_create(
            [
                ProductVector(product_id=key, space=space, content_hash=digest, embedding=vector)
                for (key, digest, _picture), vector in zip(batch, vectors, strict=True)
            ],
            update_conflicts=True,
            unique_fields=["space", "product"],
            update_fields=["content_hash", "embedding"],
        )
        counts["pictures looked at"] += len(batch)
    return counts


def _changed(embedder: ImageEmbedder, known: dict[Any, str], counts: Counter[str]) -> Iterator[tuple[Any, str, Any]]:
    """(product, digest, picture) of those that are not known yet; a picture that cannot be read is counted."""
    store = get_store()
    for product in store.products().order_by("pk").iterator(chunk_size=500):
        try:
            content = _read(store.image_file(product))
            if content is None:
                counts["products without a picture"] += 1
                continue
            digest = hashlib.sha256(content).hexdigest()[:32]
            if known.get(product.pk) == digest:
                counts["pictures unchanged"] += 1
                continue
            yield product.pk, digest, embedder.open(BytesIO(content))
        except (InvalidInput, OSError):
            counts["pictures that cannot be read"] += 1


def _read(file: Any) -> bytes | None:
    """The bytes of a path or an open file, up to a limit; None for none."""
    if file is None:
        return None
    if isinstance(file, str | Path):
        with Path(file).open("rb") as opened:
            return opened.read(_MOST_BYTES)
    try:
        return bytes(file.read(_MOST_BYTES))
    finally:
        file.close()

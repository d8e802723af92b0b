"""A real CLIP, tiny and with random weights, behind the embedder interface; and pictures kept in their own space."""

from io import BytesIO

import numpy as np
import pytest

from retail_ai.exceptions import InvalidInput
from tests.backends.tiny_clip import picture, tiny_clip

pytest.importorskip("PIL.Image")


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    return tiny_clip(tmp_path_factory.mktemp("clip"))


def test_pictures_become_unit_vectors_in_order(encoder):
    assert encoder.check() == [] and encoder.dimensions == 12 and encoder.identity.startswith("image:")
    opened = [encoder.open(picture(colour)) for colour in ("red", "blue", "red")]
    vectors = encoder.embed_images(opened)
    assert vectors.shape == (3, 12) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[0], vectors[2], atol=1e-5) and not np.allclose(vectors[0], vectors[1], atol=1e-3)
    assert encoder.embed_images([]).shape == (0, 12)


def test_what_is_no_picture_or_too_large_a_one_is_refused(encoder, monkeypatch):
    with pytest.raises(InvalidInput, match="no picture"):
        encoder.open(BytesIO(b"<svg onload=alert(1)>"))
    monkeypatch.setattr("retail_ai.backends.embedders.transformers_image.MOST_PIXELS", 100)
    with pytest.raises(InvalidInput, match="larger"):
        encoder.open(picture("red"))


@pytest.mark.django_db
def test_the_catalogues_pictures_are_looked_at_once_and_bad_ones_are_counted(encoder, settings, monkeypatch):
    from retail_ai.catalog.models import VectorSpace
    from retail_ai.recommendations.image_space import image_space, refresh_images
    from retail_ai.recommendations.item_vectors import item_vectors
    from retail_ai.stores import get_store
    from tests.events.shop import make_product

    assert refresh_images() == {} and image_space() is None
    named = {"BACKEND": f"{type(encoder).__module__}.{type(encoder).__name__}", "OPTIONS": encoder.options}
    settings.RETAIL_AI = {**settings.RETAIL_AI, "IMAGE_EMBEDDERS": {"default": named}}
    red, broken, none = make_product("Red"), make_product("Broken"), make_product("None")
    files = {red.pk: lambda: picture("red"), broken.pk: lambda: BytesIO(b"broken"), none.pk: lambda: None}
    monkeypatch.setattr(type(get_store()), "image_file", lambda store, product: files[product.pk]())
    found = refresh_images()
    assert found == {"pictures looked at": 1, "pictures that cannot be read": 1, "products without a picture": 1}
    assert refresh_images()["pictures unchanged"] == 1
    assert image_space().state == VectorSpace.State.IMAGES
    vectors = item_vectors([red.pk, broken.pk, none.pk])
    assert vectors.shape == (3, 12) and vectors[0].any() and not vectors[1:].any()

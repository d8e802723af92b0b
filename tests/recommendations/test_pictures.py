"""From pictures to what is shown: a real (tiny) CLIP, vectors beside the text's, links that heed looks."""

import pytest

from retail_ai.catalog.models import VectorSpace
from retail_ai.recommendations.item_vectors import item_vectors, text_vectors
from retail_ai.recommendations.models import Release
from retail_ai.stores import get_store
from tests.backends.tiny_clip import picture, tiny_clip
from tests.recommendations.world import index, make_world, train

pytest.importorskip("PIL.Image")
LINEAR = "retail_ai.backends.recommenders.linear.SequentialLinear"


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    return tiny_clip(tmp_path_factory.mktemp("clip"))


def link(products, first, second):
    found = Release.objects.first().neighbours.filter(kind="next", product=products[first], neighbour=products[second])
    return found.values_list("score", flat=True).first() or 0.0


@pytest.mark.django_db
def test_a_product_nobody_had_is_found_by_its_picture_when_pictures_are_looked_at(encoder, settings, monkeypatch):
    given = {"default": {"BACKEND": LINEAR, "OPTIONS": {"ridge": 2.0, "content": 1.0}}, "ease": None}
    settings.RETAIL_AI = {**settings.RETAIL_AI, "RECOMMENDERS": given}
    products, _ = make_world()
    index(products.values())
    train()
    by_text = link(products, "Tent", "Dust")
    named = {"BACKEND": f"{type(encoder).__module__}.{type(encoder).__name__}", "OPTIONS": encoder.options}
    settings.RETAIL_AI = {**settings.RETAIL_AI, "IMAGE_EMBEDDERS": {"default": named}}
    # The dust, which nobody had, looks just like the tent; everything else looks otherwise.
    alike = {products["Tent"].pk, products["Dust"].pk}
    monkeypatch.setattr(
        type(get_store()), "image_file", lambda store, product: picture("red" if product.pk in alike else "blue")
    )
    job = train()
    assert job.report["pictures looked at"] == len(products)
    assert VectorSpace.objects.filter(state=VectorSpace.State.IMAGES).count() == 1
    keys = [product.pk for product in products.values()]
    assert item_vectors(keys).shape[1] == text_vectors(keys).shape[1] + encoder.dimensions
    assert link(products, "Tent", "Dust") > by_text

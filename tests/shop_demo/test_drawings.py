"""Every product gets a picture: valid, its own colour, nothing of the shop's text left unescaped."""

from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from shop_demo.drawings import draw_product
from shop_demo.drawings.canvas import draw
from shop_demo.drawings.colours import NAMED, accent_of, colour_of
from shop_demo.drawings.ink import Paint
from shop_demo.drawings.kinds import ANYWHERE, DEPARTMENTS, FALLBACK, SHAPES, kind_of


def thing(title, department="smartphones", brand="", **attributes):
    shelf = SimpleNamespace(slug=department)
    return SimpleNamespace(slug="a", title=title, brand=brand, department=shelf, attributes=attributes)


@pytest.mark.parametrize("kind", sorted(SHAPES))
def test_every_shape_is_sound(kind):
    for colour in ("#f1f2f4", "#2b303a"):
        svg = ElementTree.fromstring(draw(kind, Paint(colour, "#3b74c9", 5, "Tom & <Jerry> of the long name")))
        assert len(list(svg)) > 3
        assert not any(tag.tag.endswith(("script", "image", "foreignObject")) for tag in svg.iter())


def test_every_named_shape_exists():
    named = {kind for usual, others in DEPARTMENTS.values() for kind in (usual, *(k for _w, k in others))}
    assert named | {kind for _words, kind in ANYWHERE} | {FALLBACK} <= set(SHAPES)


@pytest.mark.parametrize(
    ("department", "title", "kind"),
    [
        ("smartphones", "iPhone 13", "phone"),
        ("headphones", "Bud Pro", "earbuds"),
        ("coffee-machines", "Gooseneck Kettle", "kettle"),
        ("notebooks-pens", "Hardcover Notebook A5", "notebook"),
        ("imported", "HP EliteBook 840 G3", "laptop"),
        ("imported", "WHITE HANGING HEART T-LIGHT HOLDER", "candle"),
        ("imported", "Something unheard of", "parcel"),
    ],
)
def test_kind(department, title, kind):
    assert kind_of(department, title) == kind


def test_colour_is_the_stated_one():
    assert colour_of({"colour": "Phantom Grey"}, "Red thing", 1) == NAMED["grey"]
    assert colour_of({}, "Mug Red", 1) == NAMED["red"]
    assert colour_of({"material": "stainless steel"}, "Pot", 1) == NAMED["steel"]
    assert colour_of({}, "Pot", 1) == colour_of({}, "Pot", 1)
    assert accent_of({"colour": "navy with white"}, NAMED["navy"], 1) == NAMED["white"]


def test_words_are_escaped_and_odd_attributes_survive():
    assert "<Jerry>" not in draw_product(thing("<Jerry> & Tom", "books"))
    for attributes in (None, [], {"colour": ["red", 3]}, {"colour": None}):
        product = thing("Phone")
        product.attributes = attributes
        ElementTree.fromstring(draw_product(product))


@pytest.mark.django_db
def test_browsers_may_keep_the_picture(client, phone):
    first = client.get("/images/halden-one.svg")
    again = client.get("/images/halden-one.svg", headers={"if-none-match": first["ETag"]})
    assert (first["Content-Type"], again.status_code) == ("image/svg+xml", 304)
    assert "default-src 'none'" in first["Content-Security-Policy"]
    assert first["X-Content-Type-Options"] == "nosniff"

"""Puts a shape on a ground: one 400 × 400 SVG for a product or a department. Equal drawings are made once."""

from functools import lru_cache
from typing import Any
from zlib import crc32

from shop_demo.drawings import ink
from shop_demo.drawings.colours import QUIET, accent_of, colour_of
from shop_demo.drawings.kinds import SHAPES, kind_for_department, kind_of

_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">'
    '<defs><radialGradient id="g" cx=".5" cy=".4" r=".8"><stop offset="0" stop-color="{inner}"/>'
    '<stop offset="1" stop-color="{outer}"/></radialGradient></defs>'
    '<rect width="400" height="400" fill="url(#g)"/>'
    '<ellipse cx="200" cy="340" rx="128" ry="15" fill="#0b1220" opacity=".13"/>'
)


def draw_product(product: Any) -> str:
    """The product's picture: what it is from department and title, its colour from its attributes."""
    attributes = product.attributes if isinstance(product.attributes, dict) else {}
    seed = crc32(product.slug.encode())
    main = colour_of(attributes, product.title, seed)
    name = _without_brand(product.title, product.brand)
    kind = kind_of(product.department.slug, name)
    words = product.brand if kind in _BRANDED else name if kind in _TITLED else ""
    return draw(kind, ink.Paint(main, accent_of(attributes, main, seed), seed % 97, words))


def draw_department(department: Any) -> str:
    """A department's picture: its most telling thing in a colour of its own."""
    seed = crc32(department.slug.encode())
    slug = department.slug
    main = QUIET[(department.position + seed % 3) % len(QUIET)]
    return draw(kind_for_department(slug), ink.Paint(main, QUIET[(seed // 5) % len(QUIET)], seed % 97))


def _without_brand(title: str, brand: str) -> str:
    """The brand's words say nothing of the thing: "Inkfield Notebook" is no ink."""
    return title[len(brand) :].strip() or title if brand and title.lower().startswith(brand.lower()) else title


@lru_cache(maxsize=2048)
def draw(kind: str, paint: ink.Paint) -> str:
    """The finished SVG of a kind of thing."""
    ground = ink.mix(paint.accent, "#5b6673", 0.4) if ink.is_pale(paint.main) else paint.main
    inner = ink.mix(ground, "#ffffff", 0.82 if ground != paint.main else 0.95)
    outer = ink.mix(ground, "#eef1f5", 0.62 if ground != paint.main else 0.84)
    return _HEAD.format(inner=inner, outer=outer) + SHAPES[kind](paint) + "</svg>"


_BRANDED = {
    "coffee_bag",
    "tea_tin",
    "tub",
    "bottle",
    "tube",
    "jar",
    "shampoo",
    "soap",
    "candle",
    "seeds",
    "pouch",
    "sack",
    "tin",
    "litter",
    "chip",
    "cartridge",
}
_TITLED = {"book", "parcel", "board_game", "puzzle", "cards"}

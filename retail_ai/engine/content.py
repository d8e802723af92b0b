"""Turns a product's facts into text: a short one that says what it is, for a vector, and the whole for reading.

It decides what is worth saying; it embeds and stores nothing.
"""

from collections.abc import Iterator

from retail_ai.engine.facts import Attribute, ProductFacts

EMBED_CHARACTERS = 160
FULL_CHARACTERS = 400
READ_CHARACTERS = 6_000
_CATEGORY, _BELOW = "category: ", " > "
_NO = frozenset({"no", "false", "n", "none", "not available", "not supported", "-", "n/a", ""})
_YES = frozenset({"yes", "true", "y"})


def text_to_embed(facts: ProductFacts, limit: int = EMBED_CHARACTERS) -> str:
    """``shelf: title``. Attributes are left out: they blur a sentence encoder's idea of what the thing is, most of all
    for queries in another language, and words find them anyway (both measured)."""
    title = facts.title.strip()
    shelf = facts.category[-1].strip() if facts.category else ""
    text = title if not shelf or shelf.casefold() in title.casefold() else f"{shelf}: {title}"
    return text[:limit]


def full_text_to_embed(facts: ProductFacts, limit: int = FULL_CHARACTERS) -> str:
    """Shelf, title, description, then attributes, for encoders that can hold more than one idea of a text."""
    pieces = [text_to_embed(facts, limit=limit), facts.description]
    pieces += [_named(attribute) for attribute in facts.attributes if says_something(attribute)]
    return ". ".join(piece for piece in pieces if piece)[:limit]


def text_to_read(facts: ProductFacts) -> str:
    """All facts as lines ``name: value``: what search explains itself with and an assistant may quote."""
    lines = [facts.title, *_labelled(facts), *(f"{a.name}: {attribute_value(a)}" for a in facts.attributes)]
    lines += [facts.description, facts.review_gist]
    return "\n".join(line for line in lines if line)[:READ_CHARACTERS]


def attribute_value(attribute: Attribute) -> str:
    """Value with its unit: ``3240 mAh``."""
    return f"{attribute.value} {attribute.unit}" if attribute.unit else attribute.value


def says_something(attribute: Attribute) -> bool:
    """Whether an attribute tells what a product is, and not what it lacks."""
    return attribute.value.strip().casefold() not in _NO


def spoken(attribute: Attribute) -> str:
    """The attribute as a shopper might type it: ``bluetooth`` for a yes, else its value."""
    return attribute.name if attribute.value.strip().casefold() in _YES else attribute_value(attribute)


def _named(attribute: Attribute) -> str:
    said = spoken(attribute)
    return said if said == attribute.name else f"{attribute.name}: {said}"


def _labelled(facts: ProductFacts) -> Iterator[str]:
    if facts.sku:
        yield f"SKU: {facts.sku}"
    if facts.brand:
        yield f"brand: {facts.brand}"
    if facts.category:
        yield f"{_CATEGORY}{_BELOW.join(facts.category)}"
    if facts.price:
        yield f"price: {facts.price.amount} {facts.price.currency}"

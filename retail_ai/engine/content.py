"""Turns a product's facts into text: a short one that says what it is, for a vector, and the whole for reading.

It decides what is worth saying; it embeds and stores nothing.
"""

from collections.abc import Iterator

from retail_ai.engine.facts import Attribute, ProductFacts

EMBED_CHARACTERS = 160
READ_CHARACTERS = 6_000
_NO = frozenset({"no", "false", "n", "none", "not available", "not supported", "-", "n/a", ""})
_YES = frozenset({"yes", "true", "y"})


def text_to_embed(facts: ProductFacts, limit: int = EMBED_CHARACTERS) -> str:
    """Title, then shelf and brand where it lacks them, then telling attributes, up to ``limit`` characters."""
    text = facts.title.strip()
    seen = text.casefold()
    for part in _parts(facts):
        if part.casefold() in seen:
            continue
        if len(text) + len(part) + 2 > limit:
            break
        text, seen = f"{text}, {part}", f"{seen}, {part.casefold()}"
    return text[: 2 * limit]


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


def _parts(facts: ProductFacts) -> Iterator[str]:
    yield from reversed(facts.category)
    yield facts.brand
    for attribute in facts.attributes:
        if says_something(attribute) and len(attribute.value) <= 40 and not _is_bare_number(attribute):
            yield spoken(attribute)


def _labelled(facts: ProductFacts) -> Iterator[str]:
    if facts.sku:
        yield f"SKU: {facts.sku}"
    if facts.brand:
        yield f"brand: {facts.brand}"
    if facts.category:
        yield f"category: {' > '.join(facts.category)}"
    if facts.price:
        yield f"price: {facts.price.amount} {facts.price.currency}"


def _is_bare_number(attribute: Attribute) -> bool:
    return not attribute.unit and attribute.value.replace(".", "", 1).isdigit()

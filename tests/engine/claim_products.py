"""Makes the products that the hand-written claims are about."""

from retail_ai.engine.facts import Attribute, ProductFacts


def product(title: str, brand: str, category: str, **attributes: str) -> ProductFacts:
    listed = tuple(Attribute(name.replace("_", " "), value) for name, value in attributes.items())
    return ProductFacts("p", title, brand=brand, category=tuple(category.split(" > ")), attributes=listed)

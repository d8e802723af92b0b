"""Ten products of one category with facts of the same names do not read alike."""

import re
from difflib import SequenceMatcher
from itertools import combinations
from statistics import mean

from retail_ai.descriptions.pipeline import write_texts
from retail_ai.engine.facts import Attribute, ProductFacts

NAMES = ("Alder", "Birch", "Cedar", "Dune", "Ember", "Fjord", "Grove", "Heath", "Islet", "Juniper")


def shelf() -> list[ProductFacts]:
    colours = ("green", "blue", "red", "grey", "black")
    return [
        ProductFacts(
            key=f"r{n}",
            title=f"{name} Rucksack",
            brand="Northpeak",
            category=("Outdoor", "Rucksacks"),
            attributes=(
                Attribute("colour", colours[n % 5]),
                Attribute("material", "recycled nylon"),
                Attribute("weight", f"{900 + 50 * n} g"),
                Attribute("volume", f"{20 + 3 * n} l"),
                Attribute("rain cover", "yes"),
                Attribute("warranty", "2 years"),
            ),
        )
        for n, name in enumerate(NAMES)
    ]


def skeleton(text: str) -> list[str]:
    """The words of a text without what differs by product anyway: its name, its numbers, its colour."""
    text = re.sub(rf"\b({'|'.join(NAMES)}|green|blue|red|grey|black)\b|[\d.,]+", "", text)
    return re.findall(r"[a-z]+", text.lower())


def test_ten_products_of_a_category_differ_in_more_than_their_values() -> None:
    texts = [written[0].text for written in write_texts(shelf(), fields=["description"], generator="composer")]
    words = [skeleton(text) for text in texts]
    alike = [SequenceMatcher(a=a, b=b, autojunk=False).ratio() for a, b in combinations(words, 2)]
    assert mean(alike) < 0.75 and max(alike) < 0.95 and len({" ".join(w) for w in words}) == 10

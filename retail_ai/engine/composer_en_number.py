"""One and many in English: "shelves" → "shelf", "version" → "versions". It knows words, no products."""

import re
from itertools import pairwise

# Plurals in -ves whose singular ends in -f or -fe; all others lose their s ("sleeves", "valves", "olives").
_F = {"shelves": "shelf", "knives": "knife", "halves": "half", "leaves": "leaf", "loaves": "loaf", "wolves": "wolf",
      "scarves": "scarf", "lives": "life", "wives": "wife", "calves": "calf", "hooves": "hoof"}  # fmt: skip
_ODD = {"feet": "foot", "teeth": "tooth", "men": "man", "women": "woman", "children": "child", "people": "person",
        "mice": "mouse", "indices": "index", "matrices": "matrix", "axes": "axis"}  # fmt: skip
_MANY = {one: many for many, one in {**_F, **_ODD}.items()}
# Words in -s that are no plurals, or that have no singular.
_SAME = frozenset(
    """
    lens series gallows species chassis bus gas class glass canvas status bass compass focus news physics
    express mattress wireless access process press dress address mess basis axis analysis windows ios
    """.split()  # noqa: SIM905
)
_NUMBERS = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
# Plurals that stay so before the thing they describe: "sports bags", "graphics cards".
_KEPT = re.compile(r"ics$|^(?:sports|goods|clothes|savings|sales|customs|arms|news|dual|windows)$")
_JOINS = frozenset("and or of per for in on with to at by from".split())  # noqa: SIM905


def is_many(word: str) -> bool:
    """Whether a word of an attribute's name is a plural."""
    last = word.lower().split()[-1] if word.split() else ""
    if last in _ODD:
        return True
    return len(last) > 2 and last.endswith("s") and not last.endswith(("ss", "us", "is", "ness")) and last not in _SAME


def one_of(phrase: str) -> str:
    """The phrase with its last word in the singular; as it is where that is no plural."""
    head, _, last = phrase.rpartition(" ")
    return f"{head} {_one(last)}".strip() if is_many(last) else phrase


def many_of(phrase: str) -> str:
    """The phrase with its last word in the plural."""
    if is_many(phrase):
        return phrase
    head, _, last = phrase.rpartition(" ")
    return f"{head} {_many(last)}".strip()


def counted(count: int, thing: str) -> str:
    """ "4", "inserts discs" → "four insert discs"."""
    words = thing.split()
    thing = " ".join([*(_before(word, after) for word, after in pairwise(words)), words[-1]])
    if count == 1:
        return f"one {one_of(thing)}"
    return f"{_NUMBERS[count] if count < len(_NUMBERS) else count} {many_of(thing)}"


def _before(word: str, after: str) -> str:
    """The word as it stands before the thing it describes: a plural there is a slip of the feed."""
    plain = len(word) > 3 and word.islower() and word.isalpha() and after not in _JOINS and not _KEPT.search(word)
    return one_of(word) if plain else word


def _one(word: str) -> str:
    plain = word.lower()
    if plain in _F or plain in _ODD:
        return {**_F, **_ODD}[plain]
    if (
        plain.endswith("ies")
        and len(plain) > 4
        and plain not in ("series", "movies", "cookies", "brownies", "hoodies")
    ):
        return word[:-3] + "y"
    if re.search(r"(ch|sh|ss|x|zz|to)es$", plain):
        return word[:-2]
    return word[:-1]


def _many(word: str) -> str:
    plain = word.lower()
    if plain in _MANY:
        return _MANY[plain]
    if plain in _SAME and plain not in (
        "lens",
        "bus",
        "gas",
        "class",
        "glass",
        "dress",
        "press",
        "mattress",
        "process",
    ):
        return word
    if re.search(r"[^aeiou]y$", plain):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(s|x|z|ch|sh)$", plain) else "s")

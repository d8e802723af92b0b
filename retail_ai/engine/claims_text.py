"""Cuts text into sentences, words and stems for the claim checker, in English and Chinese. It judges nothing."""
# ruff: noqa: E501 (tables read better in long rows)

import re
from functools import lru_cache

_ABBREVIATIONS = r"(?<!\bapprox)(?<!\bno)(?<!\bincl)(?<!\bmax)(?<!\bmin)(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\binc)(?<!\bfl)(?<!\bdia)"
_END = re.compile(rf"(?:{_ABBREVIATIONS}[.!?]+[\"')\]”’]*(?=\s+\S|$)|[。!?！？；]+[”’」]*|\n+)", re.I)
WORD = re.compile(r"[A-Za-zÀ-ɏ0-9](?:[A-Za-zÀ-ɏ0-9_'’+&./-]*[A-Za-zÀ-ɏ0-9+])?")
HAN = re.compile(r"[\u4e00-\u9fff]")
_SPELLING = {
    "color": "colour", "gray": "grey", "aluminum": "aluminium", "fiber": "fibre", "liter": "litre", "meter": "metre",
    "center": "centre", "jewelry": "jewellery", "tire": "tyre", "odor": "odour", "mould": "mold", "disc": "disk",
    "organizer": "organiser", "colored": "coloured", "multicolor": "multicolour", "flavor": "flavour", "wifi": "wi-fi",
    "sulfate": "sulphate", "woollen": "wool", "men's": "men", "women's": "women",
    "shelves": "shelf", "knives": "knife", "leaves": "leaf", "halves": "half", "loaves": "loaf", "feet": "foot", "teeth": "tooth",
}  # fmt: skip
STOP = frozenset(
    """
    a an the and or of in on at to for from with by is are be it its this that as per has have which you your up not
    no into than then so if can will when each all more
    """.split()  # noqa: SIM905
)


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, closing mark included, blanks at both ends left out."""
    spans, start = [], 0
    for match in [*_END.finditer(text), None]:
        end = match.end() if match else len(text)
        piece = text[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            spans.append((start + lead, start + len(piece.rstrip())))
        start = end
    return spans


def words(text: str) -> list[str]:
    """Latin words of the text as written, codes and hyphens kept whole."""
    return [match[0] for match in WORD.finditer(text)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word's crude stem, British spelling: "colors" and "coloured" both give "colour"."""
    word = word.lower().replace("’", "'")
    word = _SPELLING.get(word, word)
    word = word.removesuffix("'s").removesuffix("'")
    if any(c.isdigit() for c in word) or len(word) < 4:
        return word
    for suffix, instead in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(suffix):
            return word[: -len(suffix)] + instead
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for suffix in ("ing", "ed"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            word = word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls" else word
            break
    word = _SPELLING.get(word, word)
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


@lru_cache(maxsize=50_000)
def stems(text: str) -> frozenset[str]:
    """The stems of all words and of the parts of hyphenated or slashed ones, stop words left out."""
    found: set[str] = set()
    for word in words(text):
        found.add(stem(word))
        parts = re.split(r"[-/_.+&]", word)
        if len(parts) > 1:
            found.update(stem(part) for part in parts if part)
    return frozenset(found - STOP)


def compact(text: str) -> str:
    """Letters and digits alone, lower case: "Wi-Fi 5" and "wifi5" are one."""
    return re.sub(r"[^0-9a-z\u00e0-\u024f\u4e00-\u9fff]", "", text.lower())

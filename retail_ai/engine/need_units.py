"""Measures in a shop's values and in a shopper's words, brought to one base unit: 1.2 kg and 1200 g are the same."""

import re
from dataclasses import dataclass
from functools import lru_cache

from retail_ai.engine.need_grammar import unit_names
from retail_ai.engine.need_text import key_of, plain

# (dimension, how many base units one is)
BASE = {
    "mg": ("mass", 0.001), "g": ("mass", 1.0), "kg": ("mass", 1000.0), "jin": ("mass", 500.0), "lb": ("mass", 453.592),
    "oz": ("mass", 28.3495), "ml": ("volume", 1.0), "cl": ("volume", 10.0), "l": ("volume", 1000.0),
    "mm": ("length", 1.0), "cm": ("length", 10.0), "m": ("length", 1000.0), "km": ("length", 1e6),
    "in": ("inch", 1.0), "mb": ("bytes", 0.001), "gb": ("bytes", 1.0), "tb": ("bytes", 1000.0),
    "w": ("power", 1.0), "kw": ("power", 1000.0), "h": ("time", 60.0), "min": ("time", 1.0), "mah": ("charge", 1.0),
    "wh": ("energy", 1.0),
    "mp": ("pixels", 1.0), "hz": ("frequency", 1.0), "v": ("voltage", 1.0), "bar": ("pressure", 1.0),
    "years": ("years", 1.0), "months": ("years", 1 / 12), "person": ("persons", 1.0),
}  # fmt: skip
_MEASURE = re.compile(r"(\d+(?:[.,]\d+)*)\s*([^\W\d_]+|[\"″])")
_RANGE = re.compile(r"(\d+(?:[.,]\d+)?)\s*[-~]\s*(\d+(?:[.,]\d+)?)")
_FROM = re.compile(r"(?:^|\b)(?:from|ab|des|desde|da|over)\s+(\d+)|(\d+)\s*(?:\+|岁以上|以上)")
_YEARS = re.compile(r"year|jahr|\bans?\b|\banos?\b|\banni\b|岁|歳")
LETTER_SIZES = ("xxxs", "xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "xxxxl")


@dataclass(frozen=True, slots=True)
class Magnitude:
    """A measured amount in the base unit of its dimension."""

    dimension: str
    amount: float


def magnitude(number: float, unit: str) -> Magnitude | None:
    """The amount in base units; None for a unit that measures nothing known here ("pages")."""
    known = BASE.get(unit)
    return Magnitude(known[0], number * known[1]) if known else None


def read_number(text: str) -> float:
    """1,299.00 and 1.299,00 are 1299; 10,000 is ten thousand; 1,5 and 1.5 are one and a half."""
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?", text) and not text.startswith("0"):
        whole = re.sub(r"[.,](?=\d{3})", "", text)
        return float(whole.replace(",", "."))
    first, *rest = re.split(r"[.,]", text)
    return float(f"{first}.{rest[-1]}") if rest and len(rest) == 1 else float(first)


def first_measure(value: str) -> Magnitude | None:
    """The measure that a shop's value begins with: 174 g of "174 g", nothing of "Bluetooth 5.0, 30 m"."""
    match = _MEASURE.match(plain(value))
    if not match:
        return None
    unit = unit_names().get(key_of("inch" if match[2] in '"″' else match[2]))
    return magnitude(read_number(match[1]), unit) if unit else None


def age_range(value: str) -> tuple[float, float] | None:
    """Years that a value such as "3–8 years" or "from 10 years" is for; None where it says none."""
    text = plain(value)
    if not _YEARS.search(text):
        return None
    if match := _RANGE.search(text):
        return float(match[1]), float(match[2])
    if match := _FROM.search(text):
        return float(match[1] or match[2]), 120.0
    return None


@lru_cache(maxsize=50_000)
def holds_size(value: str, size: str) -> bool:
    """Whether a value offers a size: "42" of "EU 36–47", "L" of "XS–XXL", "M" of "S, M, L"."""
    text, size = plain(value), plain(size)
    if re.search(rf"(?<![\w.,]){re.escape(size)}(?![\w.,]*\w)", text):
        return True
    if size in LETTER_SIZES:
        letters = re.match(r"([xsml]+)\s*-\s*([xsml]+)$", text)
        ends = [LETTER_SIZES.index(e) for e in letters.groups() if e in LETTER_SIZES] if letters else []
        return len(ends) == 2 and ends[0] <= LETTER_SIZES.index(size) <= ends[1]
    number = re.match(r"(w?)(\d+(?:[.,]\d+)?)$", size)
    ends_ = re.search(r"(w?)(\d+(?:[.,]\d+)?)\s*-\s*w?(\d+(?:[.,]\d+)?)", text)
    if number is None or ends_ is None or (number[1] and number[1] != ends_[1]):
        return False
    return read_number(ends_[2]) <= read_number(number[2]) <= read_number(ends_[3])

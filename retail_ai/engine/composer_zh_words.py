"""Simplified Chinese for attribute names, values and units. What it cannot say surely it leaves out."""
# ruff: noqa: E501 (tables read better in long rows)

import re

from retail_ai.engine.claims_names_zh import NAMES
from retail_ai.engine.claims_values_zh import CHINESE
from retail_ai.engine.plan import Point

_STOVES = {"induction": "电磁炉", "gas": "燃气灶", "electric": "电炉"}
_ENDS = {
    ("male", "male"): "两端均为公头", ("female", "female"): "两端均为母头", ("male", "female"): "一端公头、一端母头",
    ("female", "male"): "一端公头、一端母头", ("male",): "公头", ("female",): "母头",
}  # fmt: skip
_UNITS = [
    (r"(?<=\d)\s*(?:inches|inch|in|\"|″)(?![A-Za-z])", "英寸"), (r"(?<=\d)\s*(?:years|year)(?![A-Za-z])", "年"), (r"(?<=\d)\s*(?:months|month)(?![A-Za-z])", "个月"),
    (r"(?<=\d)\s*(?:hours|hour|h)(?![A-Za-z])", "小时"), (r"(?<=\d)\s*(?:minutes|minute|min)(?![A-Za-z])", "分钟"), (r"(?<=\d)\s*days(?![A-Za-z])", "天"),
]  # fmt: skip
_CODE = re.compile(
    r"[\d\s.,:;/x×+–~−°%(){}'\"µΩ²-]*(?:[A-Za-z]{1,5}\d[\w-]*|\d+[A-Za-z]*|[A-Z][\w.+-]*|[A-Z]{1,6}|mm|cm|m|kg|g|ml|l|W|V|kW|mAh|Ah|Wh|GB|TB|MB|Hz|MHz|GHz|MP|px|dpi|bar|lm|K|kcal|°C|x|dB|m²)(?:[\s.,/x×+–-]|$)"
)
_KEEP = frozenset(
    """
    processor os compat compat_os connectivity connector cameras certificate model graphics sizes water author
    """.split()  # noqa: SIM905
)


def name_of(point: Point) -> str:
    """The attribute's Chinese name; empty when none is known. Chinese names stay."""
    if not point.name.isascii():
        return point.name
    return NAMES.get(point.name) or NAMES.get(point.name.lower()) or ""


def value_of(point: Point) -> str:
    """The value in Chinese; empty when any part of it cannot be said surely."""
    if point.kind == "flag":
        return name_of(point)
    if point.kind == "gender_end":
        ends = tuple(end.lower().replace(" connector", "").strip() for end in point.value.split("/"))
        return _ENDS.get(ends, "")
    parts = [_one(value, point.kind) for value in point.values[:4]]
    if point.kind == "colour":  # "steel" as a colour: 钢色
        parts = [p if not p or p.isascii() or p.endswith(("色", "透明")) else f"{p}色" for p in parts]
    return "、".join(parts) if all(parts) else ""


def _one(value: str, kind: str) -> str:
    if not value.isascii() and re.search(r"[\u4e00-\u9fff]", value):
        return value
    plain = value.lower().strip()
    if kind == "use" and plain in _STOVES:
        return _STOVES[plain]
    if plain in CHINESE:
        return CHINESE[plain]
    for pattern, unit in _UNITS:
        value = re.sub(pattern, unit, value)
    if not re.search(r"[a-z]{2,}", re.sub(r"\b(?:mm|cm|kg|ml|dpi|px|bar|lm|kcal|mAh|Wh|Hz|kHz|dB)\b", "", value)):
        return value
    if (
        kind in _KEEP
        and value[:1].isupper() | value[:1].isdigit()
        and all(
            w[:1].isupper() or w[:1].isdigit() or w in ("macOS", "iOS", "iPhone", "mini")
            for w in re.findall(r"[A-Za-z0-9][\w.+-]*", value)
        )
    ):
        return value
    return ""

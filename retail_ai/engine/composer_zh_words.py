"""Simplified Chinese for attribute names, values and units. What it cannot say surely it leaves out."""
# ruff: noqa: E501 (tables read better in long rows)

import re

from retail_ai.engine.claims_names_zh import NAMES
from retail_ai.engine.claims_words import COLOURS, MATERIALS, PERFORMANCE, PLACES
from retail_ai.engine.plan import Point

VALUES = {
    "hiking": "徒步", "trekking": "长途徒步", "day trips": "一日游", "work": "工作", "university": "上学", "travel": "旅行", "machine wash 30 °c": "30 °C机洗",
    "machine wash 40 °c": "40 °C机洗", "hand wash": "手洗", "laser printing": "激光打印", "laser": "激光打印", "inkjet printing": "喷墨打印", "inkjet": "喷墨打印", "organic": "有机",
    "face": "面部", "legs": "腿部", "beard": "胡须", "regular": "常规", "relaxed": "宽松", "slim": "修身", "adults": "成人", "english": "英文", "chinese": "中文", "lifetime": "终身",
    "duck down": "鸭绒", "recycled polyester": "再生聚酯纤维", "recycled nylon": "再生尼龙", "waterproof": "防水", "all": "所有", "normal": "普通", "dry": "干性", "oily": "油性", "unscented": "无香",
    "peru": "秘鲁", "colombia": "哥伦比亚", "ethiopia": "埃塞俄比亚", "czechia": "捷克", "kenya": "肯尼亚", "guatemala": "危地马拉",
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


def _table() -> dict[str, str]:
    found: dict[str, str] = {}
    for table in (PERFORMANCE, MATERIALS, COLOURS):
        for joined in table.values():
            phrases = joined.split("|")
            han = [p for p in phrases if not p.isascii()]
            best = (
                max(han, key=lambda p: (p.endswith("色"), len(p) == 2, -len(p)))
                if table is COLOURS and han
                else (han[0] if han else "")
            )
            found.update({p: best for p in phrases if best and p.isascii()})
    found.update(
        {
            p: joined.split("|")[-1]
            for place, joined in PLACES.items()
            for p in (place, *joined.split("|"))
            if p.isascii()
        }
    )
    return {**found, **VALUES}


_VALUES = _table()


def name_of(point: Point) -> str:
    """The attribute's Chinese name; empty when none is known. Chinese names stay."""
    if not point.name.isascii():
        return point.name
    return NAMES.get(point.name) or NAMES.get(point.name.lower()) or ""


def value_of(point: Point) -> str:
    """The value in Chinese; empty when any part of it cannot be said surely."""
    if point.kind == "flag":
        return name_of(point)
    parts = [_one(value, point.kind) for value in point.values[:4]]
    return "、".join(parts) if all(parts) else ""


def _one(value: str, kind: str) -> str:
    if not value.isascii() and re.search(r"[\u4e00-\u9fff]", value):
        return value
    plain = value.lower().strip()
    if plain in _VALUES:
        return _VALUES[plain]
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

"""Tells when a text is clearly in another language than the one asked for. In doubt it says nothing.

By script first, then by the small words that every sentence needs. Names, numbers and short texts decide nothing.
"""

import re
from collections import Counter

_SCRIPTS = {
    "han": "\u3400-\u9fff", "kana": "\u3040-\u30ff", "hangul": "\uac00-\ud7af", "cyrillic": "\u0400-\u04ff",
    "greek": "\u0370-\u03ff", "arabic": "\u0600-\u06ff", "hebrew": "\u0590-\u05ff", "thai": "\u0e00-\u0e7f",
    "devanagari": "\u0900-\u097f", "latin": "A-Za-z\u00c0-\u024f",
}  # fmt: skip
_PATTERNS = {name: re.compile(f"[{span}]") for name, span in _SCRIPTS.items()}
_OWN = {
    "zh": "han", "ja": "kana", "ko": "hangul", "ru": "cyrillic", "uk": "cyrillic", "bg": "cyrillic", "sr": "cyrillic",
    "el": "greek", "ar": "arabic", "fa": "arabic", "ur": "arabic", "he": "hebrew", "th": "thai", "hi": "devanagari",
    "mr": "devanagari", "ne": "devanagari",
}  # fmt: skip
_BY_SCRIPT = {"han": "zh", "kana": "ja", "hangul": "ko", "cyrillic": "ru", "greek": "el", "arabic": "ar",
              "hebrew": "he", "thai": "th", "devanagari": "hi"}  # fmt: skip
_SMALL = {
    "en": "the and of is are it with for from this that has its you your an which by be",
    "de": "der die das und ist mit für von dem den ein eine einer aus zu sich nicht auch im bei wird",
    "fr": "le la les et est avec pour des du une un dans sur ce cette qui sont au aux par votre",
    "es": "el la los las y es con para del una un en por que su este esta se más al como",
    "it": "il lo la gli e è con per di una un del della che questo questa sono nel da si",
    "nl": "de het en is met voor van een deze dit op aan uit die zijn wordt te ook bij",
    "pt": "o a os as e é com para do da uma um em por que este esta são no na",
    "pl": "i jest z na do w się to nie oraz dla ten ta od o który",
    "sv": "och är med för av en ett den det som på till har från i",
    "da": "og er med for af en et den det som på til har fra i",
    "fi": "ja on se tämä että sekä joka ei myös ovat kanssa",
    "cs": "a je s na pro z do se ve to který také jsou od",
    "tr": "ve bir bu ile için olan da de çok daha",
}  # fmt: skip
_WORDS = {code: frozenset(words.split()) for code, words in _SMALL.items()}
_TRADITIONAL = frozenset(
    "個這為與來時後們國對發說會學過還開關電機體實質種護線輕鬆應從僅顏製裝適據標準產層導級節總雙顯術長寬"
)
_SIMPLIFIED = frozenset(
    "个这为与来时后们国对发说会学过还开关电机体实质种护线轻松应从仅颜制装适据标准产层导级节总双显术长宽"
)
_FEW = 4


def other_language(text: str, language: str) -> str:
    """The code of the language that the text is clearly in instead of ``language``; "" when it fits or is unclear."""
    asked = language.lower().replace("_", "-")
    base = asked.split("-")[0]
    letters = {name: len(pattern.findall(text)) for name, pattern in _PATTERNS.items()}
    own, written = _OWN.get(base, "latin"), _main_script(letters)
    if not written:
        return ""
    if written != own and not (base == "ja" and letters["kana"]):
        return _latin(text, "") or "en" if written == "latin" else _BY_SCRIPT[written]
    if base == "zh":
        return _chinese(text, asked)
    return _latin(text, base) if own == "latin" else ""


def _main_script(letters: dict[str, int]) -> str:
    """The script that carries the text. A Han character says about as much as three letters; names are Latin."""
    weight = Counter({name: n * (3 if name in ("han", "kana", "hangul") else 1) for name, n in letters.items()})
    latin = weight.pop("latin", 0)
    if weight["kana"]:
        weight["kana"] += weight.pop("han", 0)
    name, most = max(weight.items(), key=lambda item: item[1], default=("", 0))
    if most >= 6 and most >= latin * 0.25:
        return name
    return "latin" if latin >= 12 else ""


def _latin(text: str, asked: str) -> str:
    """By small words: another known language has at least three of them and twice those of the one asked for."""
    found = re.findall(r"[^\W\d_]+", text.lower())
    if len(found) < _FEW:
        return ""
    hits = {code: sum(word in small for word in found) for code, small in _WORDS.items()}
    best = max(hits, key=hits.__getitem__)
    clear = hits[best] >= 3 and hits[best] >= 0.12 * len(found) and hits[best] > 2 * hits.get(asked, 0)
    return best if clear and best != asked else ""


def _chinese(text: str, asked: str) -> str:
    traditional, simplified = sum(c in _TRADITIONAL for c in text), sum(c in _SIMPLIFIED for c in text)
    wants_traditional = any(part in asked for part in ("hant", "-tw", "-hk"))
    both = _TRADITIONAL & _SIMPLIFIED
    shared = sum(c in both for c in text)
    traditional, simplified = traditional - shared, simplified - shared
    if wants_traditional:
        return "zh-hans" if simplified >= 2 and simplified > 2 * traditional else ""
    return "zh-hant" if traditional >= 2 and traditional > 2 * simplified else ""

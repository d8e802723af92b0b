"""Reads numbers that are written in words, English and Chinese: "twenty-five", "half a kilo", "一百二十克", "三年".

It gives (value, unit, start, end); which unit measures what is for units.py to say. "One" alone is a word, no number.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

_ONES = "one two three four five six seven eight nine".split()  # noqa: SIM905
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_BIG = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_VALUE = (
    {word: i for i, word in enumerate(_ONES, start=1)}
    | {word: i for i, word in enumerate(_TEENS, start=10)}
    | {word: 10 * i for i, word in enumerate(_TENS, start=2)}
    | _BIG
    | {"a": 1, "half": 0.5, "quarter": 0.25}
)
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(_ONES)}))?|{'|'.join(_TEENS)}|{'|'.join(_ONES)})"
_NUMBER = rf"(?:(?:{_SMALL}|a)[\s-])?(?:{'|'.join(_BIG)})(?: (?:and )?{_SMALL})?|{_SMALL}"
_HAN = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "半": 0.5}
_HAN_BIG = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_COUNTERS = "个只件张片款种台条枚颗双组套块节档层位人页口格支根瓶袋包盒粒"
_TIMES = "second|minute|hour|day|week|month|year|degree"
_SHARE = {
    "a quarter": 25.0,
    "three quarters": 75.0,
    "half": 50.0,
    "a fifth": 20.0,
    "a third": 33.0,
    "two thirds": 67.0,
}
_SHARES = re.compile(rf"\b({'|'.join(_SHARE)}) (?=of (?:it|them|this|the)\b)", re.I)
Found = tuple[float, str, int, int]


def number_words(text: str, units: str) -> Iterator[Found]:
    """Every number in words of the text. ``units``: a pattern of all units."""
    english, chinese = _patterns(units)
    for match in _SHARES.finditer(text):
        yield (_SHARE[" ".join(match[1].lower().split()[-2:])], "%", *match.span(1))
    for match in english.finditer(text):
        if _SHARES.match(text, match.start()):
            continue
        if match["part"]:
            dozen = match["whole"] == "dozen"
            yield (
                _VALUE[match["part"].lower()] * (12 if dozen else 1),
                "" if dozen else match["whole"],
                *match.span(),
            )
        elif match["number"].lower() != "one" or match["unit"]:
            yield (_value(match["number"].lower()), match["unit"] or "", *match.span())
    for match in chinese.finditer(text):
        if (value := _of_han(match["number"])) != 1 or match["unit"]:
            end = match.end() if match["unit"] else match.end("number")
            yield (value, match["unit"] or "", match.start(), end)


@lru_cache(maxsize=4)
def _patterns(units: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    long = "|".join(sorted((u for u in units.split("|") if re.fullmatch(r"[a-z]{4,}", u)), key=len, reverse=True))
    # "80 pages a minute" is no amount of minutes.
    whole = rf"(?P<part>half|quarter|a(?! (?:{_TIMES})\b)) (?:of )?(?:an? )?(?P<whole>{long}|(?<=half a )dozen)"
    english = rf"\b(?:{whole}|(?P<number>{_NUMBER})(?:[\s-](?P<unit>{units}))?)(?![A-Za-z0-9²])"
    han = "|".join(u for u in units.split("|") if re.search(r"[\u4e00-\u9fff]", u))
    numerals = "".join([*_HAN, *_HAN_BIG])
    chinese = rf"(?<![{numerals}第之])(?P<number>[{numerals}]+)(?:(?P<unit>{han})|(?=[{_COUNTERS}]))"
    return re.compile(english, re.I), re.compile(chinese)


def _value(words: str) -> float:
    """ "two hundred and forty" → 240."""
    total, current = 0.0, 0.0
    for word in re.split(r"[\s-]+", words):
        if word in _BIG:
            total, current = total + max(1.0, current) * _BIG[word], 0.0
        elif word != "and":
            current += _VALUE[word]
    return total + current


def _of_han(numeral: str) -> float:
    """ "一百二十" → 120."""
    total, current = 0.0, 0.0
    for c in numeral:
        if c in _HAN_BIG:
            total, current = total + (current or 1.0) * _HAN_BIG[c], 0.0
        else:
            current = _HAN[c]
    return total + current

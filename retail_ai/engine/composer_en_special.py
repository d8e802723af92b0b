"""English for attributes that read badly by the general rules: plating, languages, standards, "X type", adjectives.

It knows names of attributes, no products. What it does not know it leaves to composer_en_verbs.py and _nouns.py.
"""
# ruff: noqa: E501 (tables read better in long rows)

import random
import re
from typing import Literal

from retail_ai.engine.claims_text import stems
from retail_ai.engine.composer_en_words import article, is_plural, join, value_of, what_it_is
from retail_ai.engine.plan import Plan, Point
from retail_ai.engine.units import parse_quantities

Part = Literal["verb", "noun"]
# attribute's name → (part of speech, phrases). {v}: the value, {l}: all values, {n}: the name, {1}: the group.
_TABLE: list[tuple[str, Part, tuple[str, ...]]] = [
    (r"^(?:ink|paper|fuel|energy|yarn|glue) type$", "verb", ("[use] {v}", "[work] with {v}", "[contain] {v}")),
    (r"^(.+s) plating$", "noun", ("{v} plating on the {1}",)),
    (r"^(?:cable|networking|wi-fi|industry|wireless|cabling) standards?$", "verb", ("[support] {l}", "[meet] the {l} standard")),
    (r"^(.+?)(?: (?:file|image|video|audio))? (formats?|protocols?|codecs?|media types?) supported$", "verb", ("[support] the {l} {1} {2}",)),
    (r"^(?:supply type)$", "verb", ("[be] supplied as {a}",)),
    (r"^(?:.+ )?technology$", "verb", ("[use] {l} {n}",)),
    (r"^(?:cable shielding|processor cache)$", "noun", ("{v} {n}",)),
    (r"^(?:energy|calories|energy content)$", "verb", ("[provide] {v} of energy",)),
    (r"^(?:(?:crude )?(?:protein|fat|fibre|fiber|ash)|salt|sugars?|carbohydrates?|caffeine|alcohol|saturated fat|saturates|starch|sodium|calcium|iron|"
     r"magnesium|potassium|zinc|vitamin \w+)$", "verb", ("[contain] {v} of {n}",)),
    (r"^container$", "verb", ("[come] in {a}",)),
    (r"^(?:heat settings?|power levels?|speed settings?)$", "noun", ("{v} {n}",)),
    (r"^(?:colour |mono |duplex )?(?:printing|copying|scanning|faxing)$", "verb", ("[support] {l}",)),
    (r"^seasons?$", "verb", ("[be] for {l}", "[be] suitable for {l}")),
    (r"^(?:power source|power supply)$", "verb", ("[be] powered by {v}",)),
    (r"^(?:mounting|mounting type|installation(?: type)?)$", "noun", ("{v} mounting",)),
]  # fmt: skip
_SPECIAL = [(re.compile(pattern), part, phrases) for pattern, part, phrases in _TABLE]
_CONTAIN = ("[contain] {v} of {n}",)
_MASS = re.compile(
    r"(?:ink|adhesive|memory|paper|shielding|storage|connectivity|plating|coating|insulation|lighting|padding|lining|cooling|printing|mounting|charging|technology|coupling|closure|water|"
    r"power|fuel|control|protection|filling|stitching|scanning|leather|cotton|wool|steel|wood|glass|fabric|cache|ram|graphics)$", re.I,
)  # fmt: skip
_QUALITY = re.compile(r"^[a-z]+[ -](?:resistant|proof|free|safe|repellent|tight)$", re.I)


def by_name(point: Point, plan: Plan, part: Part, rng: random.Random) -> str:
    """A phrase for the point as that part of speech; empty where the general rules serve."""
    if point.kind != "":
        return ""
    if point.values and all(_QUALITY.match(v) for v in point.values):
        return f"[be] {join([v.lower() for v in point.values])}" if part == "verb" else ""
    for pattern, of, phrases in _SPECIAL:
        if phrases == _CONTAIN and not parse_quantities(point.value):
            continue
        if of == part and (match := pattern.search(point.name)) and _brief(point):
            return _filled(rng.choice(phrases), point, match)
    return _type(point, plan, part)


def _type(point: Point, plan: Plan, part: Part) -> str:
    """ "lens type: wide lens" → "a wide lens"; "[be] an unmanaged switch" where the product is the switch."""
    named = re.match(r"(.+?) type$", point.name)
    if not named or len(point.values) > 1 or not _brief(point) or "/" in point.value or "&" in point.value:
        return ""
    head, value = named[1], value_of(point)
    tail = head.split()[-1]
    compound = re.search(rf"(?:\b|[a-z]{{3}}){re.escape(tail)}s?$", value, re.I)  # "Briefcase" for "case type"
    phrase = (value.lower() if value[1:].islower() else value) if compound else f"{value} {head}"
    if len(phrase.split()) > 5 or re.search(r"\d$|^installed|^system|system$", head):
        return ""
    many = is_plural(phrase) or bool(_MASS.search(phrase))
    whole = phrase if many else article(phrase)
    if stems(tail) & stems(what_it_is(plan)):
        if (
            part == "noun"
            or stems(value) <= stems(f"{plan.name} {plan.noun}")
            or (len(phrase.split()) < 2 and not compound)
        ):
            return ""
        if is_plural(plan.noun or plan.name):
            return f"[be] {phrase}{'' if many or phrase.endswith('s') else 's'}"
        return f"[be] {whole}" if not many else ""
    return ""


def _brief(point: Point) -> bool:
    return all(len(v.split()) < 5 and not re.search(r"[;:=]|\d\s*[xX]\s", v) for v in point.values)


def _filled(phrase: str, point: Point, match: re.Match[str]) -> str:
    values = [value_of(point, v) for v in point.values]
    found = {"v": values[0], "l": join(values), "n": point.name, "a": article(values[0])}
    found |= {str(i): group or "" for i, group in enumerate(match.groups(), start=1)}
    if phrase.count("{l}") and "standard" in phrase and len(values) > 1:
        phrase = "[support] {l}"
    if len(values) > 1 and ("{v}" in phrase or "{a}" in phrase):
        return ""
    name = point.name.split()[-1]
    if phrase == "{v} mounting" and values[0][1:].islower():
        found["v"] = values[0] = values[0].lower()
    phrase = re.sub(r"^\{v\} (\w+)$", lambda m: "{v}" if values[0].lower().endswith(m[1]) else m[0], phrase)
    if "{n}" in phrase and values[0].lower().endswith(name):
        phrase = phrase.replace(" {n}", "")
    return " ".join(re.sub(r"\{(\w)\}", lambda m: found.get(m[1], ""), phrase).split())

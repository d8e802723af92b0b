"""Whether facts, most of them in English, back a Chinese word: by the Chinese of their names and values."""

import re

from retail_ai.engine.claims import Claim
from retail_ai.engine.claims_names_zh import NAMES
from retail_ai.engine.claims_text import HAN, words
from retail_ai.engine.claims_values_zh import CHINESE
from retail_ai.engine.claims_zh import uncovered
from retail_ai.engine.grounding_facts import Fact, FactBase

COUNT_NAME = re.compile(r"^number of (?:built-in )?| quantity$| count$")


def in_chinese(claim: Claim, base: FactBase) -> Fact | None:
    """The fact whose Chinese words make up the claim; a denied claim needs a fact that denies it."""
    return next(
        (f for f in base.known if f.polarity is claim.positive and _covers(claim.text, f)),
        None,
    ) or _together(claim, base)


def _covers(text: str, fact: Fact) -> bool:
    known = _chinese(fact)
    return text in fact.text or any(text in word for word in known) or not list(uncovered(text, known))


def _together(claim: Claim, base: FactBase) -> Fact | None:
    """Several facts in one stretch: "黑色尼龙"."""
    facts = [f for f in base.known if f.polarity is claim.positive]
    known = {word for fact in facts for word in _chinese(fact)}
    if not known or list(uncovered(claim.text, known)):
        return None
    return next((f for f in facts if any(word in claim.text for word in _chinese(f))), None)


def _chinese(fact: Fact) -> set[str]:
    """The fact's Chinese words: of its name and of each part of its value that a table knows."""
    name = fact.name.replace("_", " ").lower()
    found = {NAMES.get(name, ""), NAMES.get(COUNT_NAME.sub("", name), "")}
    found |= set(re.findall(r"[\u4e00-\u9fff]+", fact.text))
    if fact.is_flag or fact.polarity is False:
        found.add(CHINESE.get(name, ""))
    if not fact.is_flag:
        value = fact.value.lower()
        parts = [value, *re.split(r"\s*[,;/&+]\s*| and ", value), *(w.lower() for w in words(value))]
        found |= {CHINESE.get(part, "") for part in parts}
        listed = [*words(value)]
        found |= {CHINESE.get(" ".join(listed[i : i + 2]), "") for i in range(len(listed) - 1)}
    return {word for word in found if HAN.search(word)}

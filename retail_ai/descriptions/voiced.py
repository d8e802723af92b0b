"""Holds a written text to the shop's guide: mends what can be mended, drops what is banned, keeps note of the rest.

A mended sentence is proved again, and stays as it was where the mending would add a claim without a fact.
"""

import re

from retail_ai.descriptions.written import Json, Written, claims_of
from retail_ai.engine.composer import LIMITS
from retail_ai.engine.grounding import FactBase, unsupported
from retail_ai.engine.voice import Finding, Guide, findings, mended

# Facts that say what the product is called: left out, there is no text.
NAMING = ("title", "brand", "category")


def in_voice(written: Written, base: FactBase, guide: Guide) -> Written:
    """The text as the guide wants it; what still breaks it is in ``written.style``."""
    names = names_of(base)
    if findings(written.text, guide, written.language, names):
        _mend(written, base, guide, names)
    written.guide = guide.name
    written.style = style_of(written.text, guide, written.language, base)
    return written


def style_of(text: str, guide: Guide, language: str, base: FactBase) -> list[Json]:
    """The places of a text that break the guide, as a draft keeps them."""
    return [_as_json(f) for f in findings(text, guide, language, names_of(base))]


def names_of(base: FactBase) -> list[str]:
    """Texts in which no word is the shop's choice: the product's title and brand."""
    return [name for name in (base.product.title, base.product.brand) if name]


def not_to_say(base: FactBase, guide: Guide, language: str) -> frozenset[str]:
    """Ids of facts that cannot be said without a word which the shop bans; none where nothing else could be said."""
    if not guide.banned:
        return frozenset()
    names, free = names_of(base), [fact for fact in base.facts if fact.id not in NAMING]
    said = {fact.id: mended(fact.name if fact.is_flag else fact.value, guide, language, names) for fact in free}
    banned = {i for i, text in said.items() if any(f.kind == "banned" for f in findings(text, guide, language, names))}
    return frozenset(banned) if len(banned) < len(free) else frozenset()


def _mend(written: Written, base: FactBase, guide: Guide, names: list[str]) -> None:
    text, sentences = written.text, []
    for sentence in written.sentences:
        old = str(sentence["text"])
        new = mended(old, guide, written.language, names)
        if new != old and not _worse(new, old, base):
            text, sentence = text.replace(old, new, 1), sentence | {"text": new}
        sentences.append(sentence)
    if not sentences:
        text = mended(text, guide, written.language, names)
    text, sentences = _without_banned(text, sentences, guide, written.language, names)
    claims = claims_of(text, base)
    if sum(c["fact"] is None for c in claims) <= written.unsupported and len(text) <= LIMITS.get(
        written.field, len(text)
    ):
        written.text, written.sentences, written.claims = text, sentences, claims


def _without_banned(
    text: str, sentences: list[Json], guide: Guide, language: str, names: list[str]
) -> tuple[str, list[Json]]:
    """Sentences that still hold a word which the shop bans are left out, as long as one sentence remains."""
    for sentence in list(sentences):
        old = str(sentence["text"])
        banned = any(f.kind in ("banned", "person") for f in findings(old, guide, language, names))
        if banned and len(sentences) > 1 and old in text:
            sentences.remove(sentence)
            text = _tidy(text.replace(old, "", 1))
    return text, sentences


def _tidy(text: str) -> str:
    text = re.sub(r"(?m)^-\s*(?:\n|\Z)", "", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", text))).strip()


def _worse(new: str, old: str, base: FactBase) -> bool:
    return len(unsupported(new, base)) > len(unsupported(old, base))


def _as_json(finding: Finding) -> Json:
    return finding._asdict()

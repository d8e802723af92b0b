"""Mends a sentence of a model's by rule: takes out what no fact backs, or puts the fact's amount for a wrong one.

It gives candidates, the one that leaves most first; whether one holds is for proof.py to say.
"""

import re
from collections.abc import Iterator

from retail_ai.engine.claims_text import stems
from retail_ai.engine.grounding import FactBase, Verdict, check_text

# Where a sentence can be cut and still be one: before a clause, or after an introduction.
_CLAUSE = re.compile(
    r",? (?:that|which|who|making|allowing|ensuring|providing|offering|while|so|perfect|ideal|designed)\b"
)
_JOINT = re.compile(r",? (?:and (?:is|are|has|have|comes?|weighs?|it)|and|with)\b|, ")
_INTRO = re.compile(r"^[^,]{3,60}, (?=[a-z])")
# What taking words out may leave behind: then it is no sentence.
_BROKEN = re.compile(
    r"\b(?:a|an|the|is|are|and|or|with|of|for|to|its|very|in|by|from|has|have|that|which|as|at|on)\s*(?:[.,]|and\b|or\b)"
    r"|,\s*[.,]|^\W|\b(\w+) \1\b",
    re.I,
)
# What may go without its sentence: a quality that stands before a thing. A noun or a verb leaves a hole.
_QUALITY_KINDS = ("performance", "puffery", "health", "colour", "material", "quality")
_QUALITY = re.compile(
    r"(?:able|ible|ful|ous|ive|al|ic|ent|less|proof|resistant|durable|sleek|stylish|sturdy|[a-z]-\w+ed)$"
)


def mendings(sentence: str, base: FactBase) -> Iterator[str]:
    """Shorter or corrected versions of the sentence, none of them proved."""
    bad = [v for v in check_text(sentence, base, strict=True) if not v.supported]
    if not bad:
        return
    seen = {sentence}
    made = [*_with_true_amounts(sentence, bad, base), *_cut(sentence, bad)]
    if all(_is_quality(v, sentence) for v in bad):
        made.append(_without_words(sentence, bad))
    for candidate in sorted(made, key=len, reverse=True):
        tidy = _tidy(candidate)
        if tidy not in seen and not _BROKEN.search(tidy):
            seen.add(tidy)
            yield tidy


def _is_quality(verdict: Verdict, sentence: str) -> bool:
    claim = verdict.claim
    listed = claim.kind in _QUALITY_KINDS or bool(_QUALITY.search(claim.text))
    before, after = sentence[: claim.start], sentence[claim.end :]
    return listed and bool(re.search(r"\b(?:a|an|the|its|this|and|is|are),? $|, $", before, re.I)) and bool(
        re.match(r"(?:,| and)? [A-Za-z]", after)
    )  # fmt: skip


def _with_true_amounts(sentence: str, bad: list[Verdict], base: FactBase) -> Iterator[str]:
    """Each wrong amount in place of which one attribute, named in the sentence, states another of its dimension."""
    if not all(v.claim.quantity and v.claim.quantity.unit for v in bad):
        return
    said = stems(sentence)
    text = sentence
    for verdict in sorted(bad, key=lambda v: -v.claim.start):
        quantity = verdict.claim.quantity
        facts = [
            f
            for f in base.known
            if f.id.startswith("a") and f.polarity and not f.is_flag and stems(f.name) & said
            and [q.dimension for q in f.quantities] == [quantity.dimension if quantity else ""]
        ]  # fmt: skip
        if len(facts) != 1:
            return
        text = text[: verdict.claim.start] + facts[0].value + text[verdict.claim.end :]
    yield text


def _without_words(sentence: str, bad: list[Verdict]) -> str:
    """The sentence less the very words that fail, with the comma or "and" that joined them."""
    for verdict in sorted(bad, key=lambda v: -v.claim.start):
        before, after = sentence[: verdict.claim.start], sentence[verdict.claim.end :]
        if re.match(r",? and ", after) or re.match(r", \w+", after):
            after = re.sub(r"^(?:,? and |, )", "", after)
        elif re.search(r"(?:,? and |, )$", before):
            before = re.sub(r"(?:,? and |, )$", "" if after.startswith(" ") else " ", before)
        sentence = before + after
    return sentence


def _cut(sentence: str, bad: list[Verdict]) -> Iterator[str]:
    """The part before the clause that holds the first failing word, and the part after an introduction."""
    first, last = bad[0].claim.start, bad[-1].claim.end
    clauses = [m.start() for m in _CLAUSE.finditer(sentence) if m.start() < first]
    joints = [m.start() for m in _JOINT.finditer(sentence) if m.start() < first]
    # A cut inside a clause would leave its beginning: "…, which provides."
    for place in clauses[:1] or joints:
        yield sentence[:place] + "."
    intro = _INTRO.match(sentence)
    if intro and last <= intro.end():
        yield sentence[intro.end() :]


def _tidy(text: str) -> str:
    text = " ".join(text.split()).replace(" ,", ",").replace(" .", ".")
    text = re.sub(r"\b([Aa])n (?=[bcdfgjkpqtvwyz])", r"\1 ", text)
    text = re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", text)
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text.rstrip(' ,;')}."

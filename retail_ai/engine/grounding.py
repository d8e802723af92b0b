"""Checks each claim of a text against what the catalogue states of the product, across units and wordings.

A claim is supported by one fact or not at all. The old description counts only when the caller trusts it. The checker
writes nothing; plan.py and the descriptions room decide what becomes of an unsupported sentence.
"""

from dataclasses import dataclass

from retail_ai.engine.claims import Claim, extract_claims
from retail_ai.engine.claims_text import sentences
from retail_ai.engine.facts import ProductFacts
from retail_ai.engine.grounding_context import denied
from retail_ai.engine.grounding_facts import Fact, FactBase
from retail_ai.engine.grounding_plain import said_plainly
from retail_ai.engine.grounding_rules import find_support

__all__ = ["Fact", "FactBase", "Verdict", "check_text", "unsupported"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A claim of a sentence and the fact behind it, or None."""

    sentence: str
    claim: Claim
    fact: Fact | None

    @property
    def supported(self) -> bool:
        return self.fact is not None


def check_text(
    text: str, facts: ProductFacts | FactBase, *, strict: bool = False, trust_description: bool = False
) -> list[Verdict]:
    """One Verdict a claim, in the order of the text.

    ``strict`` is for text that a small model wrote: each word must be a fact's or be known to say nothing.
    """
    base = facts if isinstance(facts, FactBase) else FactBase(facts, trust_description=trust_description)
    spans = sentences(text)
    verdicts = []
    for claim in extract_claims(text, strict):
        start, end = next(((a, b) for a, b in spans if a <= claim.start < b), (0, len(text)))
        verdicts.append(Verdict(text[start:end], claim, find_support(claim, base, text, (start, end))))
    untrue = [Verdict(text[slice(*span)], claim, None) for span in spans for claim in denied(text, span, base)]
    for span in spans if strict else ():
        own = [v.claim for v in verdicts if span[0] <= v.claim.start < span[1]]
        untrue += [Verdict(text[slice(*span)], claim, None) for claim in said_plainly(text, span, own, base)]
    return sorted([*verdicts, *untrue], key=lambda v: v.claim.start) if untrue else verdicts


def unsupported(text: str, facts: ProductFacts | FactBase, *, strict: bool = False) -> list[Verdict]:
    """Only the claims with no fact behind them."""
    return [verdict for verdict in check_text(text, facts, strict=strict) if not verdict.supported]

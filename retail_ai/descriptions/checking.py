"""Checks a text that a person typed: its claims, the guide, its language and its length. It stores nothing."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from retail_ai.descriptions.foreign import PROVABLE, composes, language_name
from retail_ai.descriptions.guides import guide_for
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.snapshots import to_facts
from retail_ai.descriptions.voiced import style_of
from retail_ai.descriptions.written import Json, claims_of
from retail_ai.engine.composer import LIMITS
from retail_ai.engine.grounding import FactBase
from retail_ai.engine.languages import other_language
from retail_ai.exceptions import InvalidInput

LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of a text: claims with their facts, places that break the guide, and remarks in words."""

    claims: list[Json]
    style: list[Json]
    remarks: list[str] = field(default_factory=list)

    @property
    def unsupported(self) -> int:
        return sum(claim["fact"] is None for claim in self.claims)


def tidy(text: str) -> str:
    """The text as it is kept. Raises InvalidInput for an empty one and for one that no page could show."""
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        raise InvalidInput(_("A draft cannot be empty. Reject it instead."))
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(
            _("The text has %(n)d characters; at most %(most)d fit. Nothing was changed.")
            % {"n": len(text), "most": LONGEST_TEXT}
        )
    return text


def check_text_of(draft: Draft, text: str) -> Checked:
    """The text held against the draft's facts and the guide now in use."""
    base = FactBase(to_facts(draft.facts))
    claims = claims_of(text, base)
    if not composes(draft.language):
        claims = [claim for claim in claims if claim["fact"] or claim["kind"] in PROVABLE]
    return Checked(claims, style_of(text, guide_for(draft.language), draft.language, base), remarks_on(draft, text))


def remarks_on(draft: Draft, text: str) -> list[str]:
    """What a reviewer should know of the text as a whole."""
    remarks = []
    if (limit := LIMITS.get(draft.field)) and len(text) > limit:
        remarks.append(_("%(n)d characters; %(limit)d are shown at most.") % {"n": len(text), "limit": limit})
    if other := other_language(text, draft.language):
        remarks.append(
            _("This reads as %(other)s; the field is for %(asked)s.")
            % {"other": language_name(other), "asked": language_name(draft.language)}
        )
    if not composes(draft.language):
        remarks.append(_("In this language only numbers, units, codes and names can be checked. Read the rest."))
    return remarks


def style_in_words(finding: dict[str, Any]) -> str:
    """A place that breaks the guide, as a sentence for the reviewer."""
    return _WORDS[finding["kind"]]() % finding + (" " + _("Say “%(say)s”.") % finding if finding.get("say") else "")


_WORDS = {
    "banned": lambda: _("“%(text)s” is banned."),
    "preferred": lambda: _("“%(text)s” is not the shop's term."),
    "spelling": lambda: _("“%(text)s” is spelled otherwise in the shop."),
    "person": lambda: _("“%(text)s”: the guide addresses the reader otherwise."),
}

"""A text that was written and proved: its sentences, claims, scores and cost, before it becomes a Draft row."""

from dataclasses import dataclass
from dataclasses import field as default
from typing import Any

from retail_ai.engine.grounding import FactBase, Verdict, check_text

Json = dict[str, Any]


@dataclass(slots=True)
class Written:
    """One field's text. ``sentences`` are {text, origin, facts}; ``claims`` as ``claims_of`` gives them."""

    field: str
    language: str
    text: str
    sentences: list[Json]
    claims: list[Json]
    generator: str
    contradictions: list[Json] = default(default_factory=list)
    scores: Json = default(default_factory=dict)
    tokens: int = 0
    seconds: float = 0.0
    prompt_tokens: int = 0
    # The guide it was held to, the places that still break it, and why there is no text at all.
    guide: str = ""
    style: list[Json] = default(default_factory=list)
    refused: str = ""

    @property
    def unsupported(self) -> int:
        return sum(claim["fact"] is None for claim in self.claims)

    @property
    def fell_back(self) -> bool:
        """Whether a language model was asked and none of its sentences held."""
        return bool(self.scores.get("model_sentences")) and not self.scores.get("model_kept")


def claims_of(text: str, base: FactBase) -> list[Json]:
    """Each claim of the text with its place and its fact (None: nothing supports it), overlaps left out."""
    found: list[Json] = []
    for verdict in check_text(text, base):
        if found and _continues(verdict, found[-1], text):
            found[-1]["end"] = verdict.claim.end
            found[-1]["text"] = text[found[-1]["start"] : verdict.claim.end]
            continue
        if found and verdict.claim.start < found[-1]["end"]:
            found[-1]["fact"] = found[-1]["fact"] if verdict.fact else None
            continue
        found.append(_claim(verdict))
    return found


def _continues(verdict: Verdict, last: Json, text: str) -> bool:
    """Whether a claim goes on with the name before it ("Sony" "WF-1000XM4"), backed by the same fact."""
    parts = ("name", "code", "number", "object", "colour")
    return (
        verdict.fact is not None
        and verdict.fact.id == last["fact"]
        and verdict.claim.kind in parts
        and last["kind"] in ("name", "code", "object")
        and text[last["end"] : verdict.claim.start] in (" ", "-")
    )


def facts_of_base(base: FactBase) -> list[Json]:
    """The facts as a draft keeps them: id, name, value, in the catalogue's order."""
    return [{"id": fact.id, "name": fact.name or fact.id, "value": fact.value[:2000]} for fact in base.facts]


def contradictions_of(base: FactBase) -> list[Json]:
    """Where the title, or one attribute, and another attribute disagree; neither is said."""
    return [
        {
            "said": said if isinstance(said, str) else said.text,
            "title": title.text,
            "name": other.name,
            "value": other.value,
        }
        for said, title, other in base.contested
    ]


def _claim(verdict: Verdict) -> Json:
    claim = verdict.claim
    return {
        "kind": claim.kind,
        "text": claim.text,
        "start": claim.start,
        "end": claim.end,
        "fact": verdict.fact.id if verdict.fact else None,
    }

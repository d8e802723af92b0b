"""Asks a model for texts: freely, the best of several where that pays, then again with what is claimed locked.

Only sentences that are proved come out. A model whose sentences do not hold is not asked again in this process, as
they would cost time and be thrown away; one whose sentences do is given whole texts.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as default

from retail_ai.backends import Generation, Generator
from retail_ai.backends.base import Prompt
from retail_ai.descriptions.proof import kept_sentences, locked_sentences
from retail_ai.descriptions.slots import lock, prompt_for
from retail_ai.descriptions.written import Json
from retail_ai.engine.composer import Composed
from retail_ai.engine.grounding import FactBase
from retail_ai.exceptions import RetailAIError

logger = logging.getLogger(__name__)
# Texts asked for before judging a model, the sentences that judge it, and the share that must hold as written.
PROBE, ENOUGH, WORTH_IT = 4, 12, 0.2
# Texts a product of which the best is taken, while a smaller share of sentences holds; the first is the likeliest.
CANDIDATES, SURE, TEMPERATURE = 3, 0.9, 0.7
# Share from which a model is also asked to reword, with the claims locked, what it left unsaid.
CAPABLE = 0.5
MAX_TOKENS = {"description": 80, "short_description": 40}


@dataclass(slots=True)
class Tally:
    """How many of a model's free sentences held so far in this process, as they were written."""

    seen: int = 0
    kept: int = 0

    @property
    def is_known(self) -> bool:
        return self.seen >= ENOUGH

    @property
    def share(self) -> float:
        return self.kept / self.seen if self.seen else 0.0

    @property
    def worth_asking(self) -> bool:
        return not self.is_known or self.share >= WORTH_IT


@dataclass(slots=True)
class Asked:
    """What a model is to write from, and what of it was proved. ``kept`` are sentences as a draft keeps them."""

    base: FactBase
    field: str
    composed: Composed
    prompt: Prompt
    kept: list[Json] = default(default_factory=list)
    seen: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0

    @property
    def said(self) -> set[str]:
        return {str(i) for sentence in self.kept for i in sentence["facts"]}

    def spend(self, generation: Generation) -> None:
        self.prompt_tokens += generation.prompt_tokens
        self.completion_tokens += generation.completion_tokens
        self.seconds += generation.seconds


_tallies: dict[str, Tally] = {}


def tally_of(model: Generator) -> Tally:
    """The model's own count."""
    return _tallies.setdefault(model.identity, Tally())


def ask(model: Generator, asked: Sequence[Asked]) -> None:
    """Fill ``kept`` of each; lengths alike go together, so ask one field at a time. Stops when the model fails."""
    tally, rest = tally_of(model), list(asked)
    while rest and tally.worth_asking:
        size = len(rest) if tally.is_known else PROBE
        batch, rest = rest[:size], rest[size:]
        try:
            _freely(model, batch, tally)
            if tally.is_known and tally.share >= CAPABLE:
                _locked(model, batch)
        except RetailAIError as error:
            logger.warning("The model failed on a batch, the composer writes it: %s", error)
            return


def _freely(model: Generator, batch: Sequence[Asked], tally: Tally) -> None:
    """The best of one or several texts each, by how much it says that is proved.

    Only a model on this machine is asked again, and only where its text lost a sentence: a server's tokens cost money.
    """
    tries = CANDIDATES if model.can_score and tally.is_known and tally.share < SURE else 1
    limit, left = MAX_TOKENS[batch[0].field], list(batch)
    for turn in range(tries):
        warmth = TEMPERATURE if turn else 0.0
        left = [one for one in left if turn == 0 or len(one.kept) < one.seen]
        written = model.generate([a.prompt for a in left], max_tokens=limit, temperature=warmth, seed=turn)
        for one, generation in zip(left, written, strict=True):
            one.spend(generation)
            kept, seen = kept_sentences(generation.text, one.base, one.composed)
            plain = sum(s["origin"] == "model" for s in kept)
            tally.kept, tally.seen = tally.kept + plain, tally.seen + seen
            if turn == 0 or _worth(kept) > _worth(one.kept):
                one.kept, one.seen = kept, seen


def _worth(kept: list[Json]) -> tuple[int, int, int]:
    """More facts, then more sentences as written, then fewer sentences: the better text."""
    facts = {i for sentence in kept for i in sentence["facts"]}
    return len(facts), sum(s["origin"] == "model" for s in kept), -len(kept)


def _locked(model: Generator, batch: Sequence[Asked]) -> None:
    """What the texts left unsaid, reworded by the model with its claims locked."""
    unsaid = [(one, [s for s in one.composed.sentences if not set(s.fact_ids) <= one.said]) for one in batch]
    unsaid = [(one, left) for one, left in unsaid if left and one.field == "description"]
    if not unsaid:
        return
    marked = [lock(left) for _, left in unsaid]
    prompts = [prompt_for(each, one.base) for each, (one, _) in zip(marked, unsaid, strict=True)]
    written = model.generate(prompts, max_tokens=160, temperature=0.0)
    for (one, left), each, generation in zip(unsaid, marked, written, strict=True):
        one.spend(generation)
        one.kept += locked_sentences(generation.text, each, left, one.base, one.composed)

"""One try at wording one English sentence: who is spoken of there, and the dice that decide. It builds no sentence."""

import random
from dataclasses import dataclass

from retail_ai.engine.composer_en_words import is_plural
from retail_ai.engine.plan import Plan


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the ids of the facts it says."""

    text: str
    fact_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """One try at wording the sentence at ``place`` of a text."""

    plan: Plan
    rng: random.Random
    tone: str
    place: int
    brand: str = ""
    last: bool = False

    @property
    def plural(self) -> bool:
        return not self.plan.is_work and is_plural(self.plan.noun or self.plan.name)

    def subject(self) -> str:
        """Who is spoken of: by name first, then "it", or what it is; every other sentence may name it shortly."""
        subjects = self.subjects()
        return self.rng.choice(subjects[:1] * (len(subjects) > 1) + subjects)

    def subjects(self) -> list[str]:
        """All that may be the subject of this sentence, the plainest first."""
        if self.place == 0:
            return [self.by_name(self.plan.name)]
        return ["They" if self.plural else "It", *self.kinds(), *(self.names() if self._may_name else [])]

    def kinds(self) -> list[str]:
        """What it is, as a subject: "The keyboard", "This keyboard"; none where only the name says it."""
        noun = self.plan.noun
        if not noun or (self.plural and not is_plural(noun)):
            return []
        return [f"The {noun}", f"{'These' if self.plural else 'This'} {noun}"]

    def names(self) -> list[str]:
        """Its name made short: "The Sony headphones"; from the third sentence also "The Sony WH-1000XM4"."""
        model = [named(self.plan, self.plan.short)] if self.plan.short and not self.plural and self.place > 1 else []
        return model + [f"The {self.plan.brand} {kind[4:]}" for kind in self.kinds()[:1] if self.plan.is_branded]

    @property
    def _may_name(self) -> bool:
        """Never twice running: every second sentence, or the second and last."""
        return self.place % 2 == 0 or (self.place == 1 and self.last)

    def by_name(self, name: str) -> str:
        """The name with its article; before it the brand, where the writer says it and the name does not."""
        return named(self.plan, f"{self.brand} {name}" if self.brand else name)


def named(plan: Plan, name: str) -> str:
    """The name with its article, and with the brand where the name lacks it."""
    if plan.is_work or name.lower().startswith(("the ", "a ", "an ")):
        return name
    return f"The {name}"

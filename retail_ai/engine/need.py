"""What a shopper's sentence asks for: limits and wishes as constraints, and the words that are left to search with.

``understand`` knows the shop by its vocabulary and a language by its little words; it asks no model and no database.
"""

from dataclasses import dataclass, replace

from retail_ai.engine.need_amounts import read_amounts
from retail_ai.engine.need_parts import Constraint, Sentence
from retail_ai.engine.need_reading import read_sentence
from retail_ai.engine.need_settling import settle
from retail_ai.engine.need_values import read_values
from retail_ai.engine.need_vocabulary import Vocabulary

__all__ = ["Constraint", "Need", "understand"]
MAX_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class Need:
    """``words``: what is left to search with, perhaps nothing; ``dropped``: constraints the shopper has taken back;
    ``thing``: ids of values that say what kind of thing it is ("espresso machine")."""

    text: str
    words: str
    constraints: tuple[Constraint, ...] = ()
    language: str = "en"
    dropped: tuple[Constraint, ...] = ()
    thing: tuple[int, ...] = ()

    def without(self, keys: tuple[str, ...]) -> "Need":
        """The same need less the constraints with these keys; their words are still not searched for."""
        kept = tuple(one for one in self.constraints if one.key not in keys)
        gone = tuple(one for one in self.constraints if one.key in keys)
        return replace(self, constraints=kept, dropped=(*self.dropped, *gone))


def understand(text: str, vocabulary: Vocabulary, *, language: str = "en") -> Need:
    """The need in a text of at most MAX_CHARACTERS; ``language`` is the page's, for a text that does not tell."""
    sentence = read_sentence(text[:MAX_CHARACTERS], vocabulary, language)
    constraints = read_amounts(sentence)
    constraints += read_values(sentence)
    settled = settle(constraints, sentence)
    _cut_loose_ends(sentence)
    thing = tuple(n for one in constraints if one.kind == "type" and not one.negated for n in one.choices)
    return Need(sentence.text, sentence.left(), settled, sentence.language, thing=thing)


def _cut_loose_ends(sentence: Sentence) -> None:
    """A "for" or an "and" with nothing left on one side of it says nothing."""
    kept = [n for n in range(len(sentence.units)) if n not in sentence.cut]
    while kept and sentence.units[kept[-1]].has("for", "or", "joiner"):
        sentence.cut.add(kept.pop())
    while kept and sentence.units[kept[0]].has("for", "or", "joiner"):
        sentence.cut.add(kept.pop(0))

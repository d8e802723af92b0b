"""Takes a mistyped word for the one of the shop's categories and brands, or of the little words, that it must be.

Only slips that make no other word of a kind are mended: letters swapped, one doubled or left single, a last e; and
in long words a letter too many or too few, but at neither end, where "bottled" and "charge" would become bottles and
chargers. Words that the shop writes as one, or as two, are understood either way: "back pack", "wineglasses".
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from retail_ai.engine.need_text import Token

# Letters of words that are mended, and of those in which a letter may be too many or too few.
SHORTEST, LONG = 6, 8


@dataclass(slots=True)
class Spelling:
    """``known``: all words that need no mending; ``meant``: those that a mistyped one may stand for."""

    known: set[str] = field(default_factory=set)
    meant: set[str] = field(default_factory=set)
    shortened: dict[str, set[str]] = field(default_factory=dict)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, words: tuple[str, ...], *, is_meant: bool) -> None:
        """Words of a phrase; only what ``is_meant`` mistyped words are taken for."""
        if is_meant and len(words) > 1 and "".join(words).isascii():
            self.parts.setdefault("".join(words), words)
        for word in words:
            self.known.add(word)
            if is_meant and len(word) >= SHORTEST and word.isalpha() and word not in self.meant:
                self.meant.add(word)
                for less in _shortened(word):
                    self.shortened.setdefault(less, set()).add(word)

    def mended(self, tokens: list[Token]) -> list[Token]:
        """The tokens, mistyped ones as the one word that they can be, in their places."""
        found: list[Token] = []
        for token in tokens:
            if found and self._is_one(found[-1], token):
                found[-1] = replace(found[-1], text=found[-1].text + token.text, end=token.end)
            elif token.text not in self.known and token.text in self.parts:
                found += _parted(token, self.parts[token.text])
            else:
                found.append(token)
        return [replace(token, text=self._meant(token.text)) for token in found]

    def _is_one(self, one: Token, other: Token) -> bool:
        """Whether two words are one of the shop's, and no two that it knows."""
        both = one.text + other.text
        return both in self.meant and not (one.text in self.known and other.text in self.known)

    def _meant(self, word: str) -> str:
        if word in self.known or len(word) < SHORTEST - 1 or not word.isalpha():
            return word
        found = set(self.shortened.get(word, ()))
        found.update(other for other in (*_swapped(word), *_shortened(word)) if other in self.meant)
        return found.pop() if len(found) == 1 else word


def _parted(token: Token, words: tuple[str, ...]) -> Iterator[Token]:
    at = token.start
    for number, word in enumerate(words, start=1):
        end = token.end if number == len(words) else at + len(word)
        yield replace(token, text=word, start=at, end=end, glued=token.glued if number == 1 else True)
        at = end


def _swapped(word: str) -> Iterator[str]:
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _shortened(word: str) -> Iterator[str]:
    """The word with a letter less: one of two alike, a last e, or, of a long word, one inside."""
    for at in range(1, len(word)):
        is_free = word[at] == word[at - 1] or (at == len(word) - 1 and word[at] == "e")
        if is_free or (len(word) >= LONG and at < len(word) - 1):
            yield word[:at] + word[at + 1 :]

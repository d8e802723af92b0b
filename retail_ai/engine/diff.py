"""Word-by-word difference of two texts, in English or Chinese, as pieces a page can show. It renders nothing."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_PIECE = re.compile(r"[\u4e00-\u9fff]|\s+|[^\s\u4e00-\u9fff]+")
_SMALL = 2


class Piece(NamedTuple):
    """A run of text that both have, or only the old or only the new one has."""

    kind: Literal["same", "old", "new"]
    text: str


def diff(old: str, new: str) -> list[Piece]:
    """The pieces that make both texts, in reading order; longer texts than 20,000 characters are compared whole."""
    if max(len(old), len(new)) > 20_000:
        return [Piece("old", old), Piece("new", new)]
    a, b = _PIECE.findall(old), _PIECE.findall(new)
    pieces: list[Piece] = []
    for kind, old_text, new_text in _readable(a, b):
        if kind == "same":
            pieces.append(Piece("same", old_text))
            continue
        pieces += [Piece("old", old_text)] if old_text else []
        pieces += [Piece("new", new_text)] if new_text else []
    return pieces


def _readable(a: list[str], b: list[str]) -> list[tuple[str, str, str]]:
    """(same or changed, old text, new text) in order; a blank or small word between two changes is changed as well."""
    codes = SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes()
    runs: list[tuple[str, str, str]] = []
    for place, (tag, a1, a2, b1, b2) in enumerate(codes):
        old, new = "".join(a[a1:a2]), "".join(b[b1:b2])
        between = 0 < place < len(codes) - 1
        kind = "same" if tag == "equal" and not (between and len(old.strip()) <= _SMALL) else "changed"
        if runs and kind == "changed" and runs[-1][0] == "changed":
            runs[-1] = ("changed", runs[-1][1] + old, runs[-1][2] + new)
        else:
            runs.append((kind, old, new))
    return runs

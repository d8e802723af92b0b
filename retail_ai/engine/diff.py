"""Word-by-word difference of two texts, in English or Chinese, as pieces a page can show. It renders nothing."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_PIECE = re.compile(r"[\u4e00-\u9fff]|\s+|[^\s\u4e00-\u9fff]+")


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
    for tag, a1, a2, b1, b2 in SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(a[a1:a2])))
            continue
        if a2 > a1:
            pieces.append(Piece("old", "".join(a[a1:a2])))
        if b2 > b1:
            pieces.append(Piece("new", "".join(b[b1:b2])))
    return pieces

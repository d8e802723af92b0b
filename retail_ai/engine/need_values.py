"""Reads what is no amount: brands, categories, colours, other values, occasions, order; and what is unwanted."""

from dataclasses import replace

from retail_ai.engine.need_parts import Constraint, Sentence
from retail_ai.engine.need_text import is_cjk, key_of

_NO_ATTRIBUTE = frozenset({"brand", "category", "shelf part", "colour", "size"})
# How many unknown words after "without" are taken for the thing that is not wanted.
UNKNOWN_WORDS, UNKNOWN_CHARACTERS = 2, 6
_FILLING = ("filler", "price")
# Days of one person's, for which no goods are made as there are for weddings and Christmas.
_PERSONAL = frozenset({"anniversary", "birthday", "mothersday", "fathersday"})


def read_values(sentence: Sentence) -> list[Constraint]:
    """Constraints of all units not taken yet; generic values are settled later, by what else is asked for."""
    found: list[Constraint] = []
    at = 0
    while at < len(sentence.units):
        after = at + 1
        if at not in sentence.taken:
            ones, after = _unwanted(sentence, at) or _unwanted_before(sentence, at) or _wanted(sentence, at)
            found += ones
        at = max(after, at + 1)
    return found


def _wanted(sentence: Sentence, at: int) -> tuple[list[Constraint], int]:
    unit = sentence.units[at]
    words = sentence.said(at, at)
    for role in ("sort", "occasion"):
        if unit.has(role) and not unit.is_value and (role == "sort" or _is_occasion(sentence, at)):
            sentence.take(at)
            names = unit.names(role)
            return [Constraint(role, str(name), words=words, start=at) for name in names], at + 1
    if one := _named(sentence, at):
        # Whom a present is for is nothing that its description says.
        sentence.take(at, cut=one.kind == "people" and not one.choices and _is_for_a_gift(sentence))
        return [one], at + 1
    if unit.has(*_FILLING) and not unit.has("for"):
        sentence.take(at)
    return [], at + 1


def _is_occasion(sentence: Sentence, at: int) -> bool:
    """Whether a present is meant, and no "wedding ring" or "christmas lights"."""
    names = sentence.units[at].names("occasion")
    if "gift" in names or (_PERSONAL.intersection(map(str, names)) and _is_before_goods(sentence, at)):
        return True
    before = sentence.units[:at]
    return _is_for_a_gift(sentence) or any(unit.has("for", "people") for unit in before)


def _is_before_goods(sentence: Sentence, at: int) -> bool:
    """Whether a whole category of the shop follows: "anniversary jewellery", and no "birthday candles"."""
    after = sentence.unit(at + 1)
    return after is not None and after.has("category")


def _is_for_a_gift(sentence: Sentence) -> bool:
    return any("gift" in unit.names("occasion") for unit in sentence.units)


def _named(sentence: Sentence, at: int) -> Constraint | None:
    """The brand, category, colour, group of people or other value that a unit names."""
    unit = sentence.units[at]
    if unit.has("people") and unit.has("category") and not all(isinstance(n, int) for n in unit.names("people")):
        return _people(sentence, at)
    return (
        _colour(sentence, at) if unit.has("colour") and not _is_category(sentence, at) else None
    ) or _brand(sentence, at) or _category(sentence, at) or _people(sentence, at) or _value(sentence, at)  # fmt: skip


def _brand(sentence: Sentence, at: int) -> Constraint | None:
    return _of_kind(sentence, at, "brand", sentence.units[at].names("brand"))


def _of_kind(sentence: Sentence, at: int, kind: str, names: list[str | int]) -> Constraint | None:
    ids = tuple(n for n in names if isinstance(n, int))
    if not ids:
        return None
    value = sentence.vocabulary.values[ids[0]].value
    return Constraint(kind, value, choices=ids, words=sentence.said(at, at), start=at)


def _is_category(sentence: Sentence, at: int) -> bool:
    return sentence.units[at].has("category")


def _category(sentence: Sentence, at: int) -> Constraint | None:
    """The category that a unit names, if it is the thing asked for: no "phone" of a "phone stand", nor what follows
    "for"."""
    unit = sentence.units[at]
    whole = unit.names("category")
    names = whole or unit.names("shelf part")
    if not names or _is_purpose(sentence, at):
        return None
    if sentence.head == "last" and sentence.is_plain(at + 1) and not _is_apart(sentence, at + 1):
        return None
    if not whole and sentence.is_plain(at - 1):
        return None
    after = sentence.unit(at + 1)
    if sentence.head == "last" and after is not None and after.has("type") and not unit.has("type"):
        return None
    deepest = _deepest(sentence, names)
    if not whole and _names_another(sentence, at - 1, deepest):
        return None
    found = _of_kind(sentence, at, "category", deepest)
    leaf = _head_leaf(sentence, at, deepest)
    return replace(found, choices=(leaf,)) if found is not None and leaf is not None else found


def _is_apart(sentence: Sentence, at: int) -> bool:
    """Whether a space parts a unit from what stands before it, where words are written without."""
    token = sentence.tokens[sentence.units[at].start]
    return not token.glued and is_cjk(token.text) and is_cjk(sentence.phrase(at - 1))


def _head_leaf(sentence: Sentence, at: int, category: list[str | int]) -> int | None:
    """Of a department's shelves the one that is itself the thing: "Smartphones" for a "phone", where "Phone Cases" are
    only named after it; None unless there is exactly one."""
    values, word = sentence.vocabulary.values, sentence.phrase(at).replace(" ", "")
    parent = values[int(category[0])]
    if len(parent.shelves) < 2:
        return None
    leaves = [values[int(n)] for n in parent.shelves if n.isdigit() and int(n) in values]
    ends = [leaf.id for leaf in leaves if any(_ends_with(name, word) for name in (leaf.value, *leaf.aliases))]
    return ends[0] if len(ends) == 1 else None


def _ends_with(name: str, word: str) -> bool:
    joined = "".join(key_of(name))
    return joined.endswith(word) and joined != word


def _deepest(sentence: Sentence, names: list[str | int]) -> list[str | int]:
    """Of several categories with that word, the one with fewest shelves below it."""
    values = sentence.vocabulary.values
    known = [n for n in names if isinstance(n, int)]
    known.sort(key=lambda n: (len(values[n].shelves), -values[n].entries))
    return list(known[:1])


def _names_another(sentence: Sentence, at: int, category: list[str | int]) -> bool:
    """Whether the word before is of other goods: that of "yoga mat" where mats are for sleeping on."""
    unit = sentence.unit(at)
    if unit is None or (at in sentence.taken and not unit.has("attribute")):
        return False
    values = sentence.vocabulary.values
    ids = [n for role, n in unit.roles if isinstance(n, int) and role not in ("brand", "colour")]
    shelves = frozenset().union(*(values[n].shelves for n in category if isinstance(n, int)))
    return bool(ids) and not any(values[n].shelves & shelves for n in ids)


def _is_purpose(sentence: Sentence, at: int) -> bool:
    at -= 1
    while (unit := sentence.unit(at)) is not None and unit.has("filler") and not unit.has("for"):
        at -= 1
    return unit is not None and unit.has("for") and at > 0 and at - 1 not in sentence.cut


def _colour(sentence: Sentence, at: int) -> Constraint | None:
    unit = sentence.units[at]
    ids = [n for n in unit.names("colour") if isinstance(n, int)]
    concept = next((str(n) for n in unit.names("colour") if not isinstance(n, int)), "")
    if concept:
        ids += sentence.vocabulary.by_concept.get(f"colour:{concept}", ())
    if not ids:
        return None
    value = concept or _said(sentence, at)
    return Constraint("colour", value, choices=tuple(dict.fromkeys(ids)), words=sentence.said(at, at), start=at)


def _people(sentence: Sentence, at: int) -> Constraint | None:
    names = [n for n in sentence.units[at].names("people") if not isinstance(n, int)]
    if not names:
        return None
    ids = sentence.vocabulary.by_concept.get(f"people:{names[0]}", ())
    return Constraint("people", str(names[0]), choices=ids, words=sentence.said(at, at), start=at)


def _value(sentence: Sentence, at: int) -> Constraint | None:
    """Any other value; kind ``type`` where it says what the thing is, which is for the words to find."""
    unit = sentence.units[at]
    found: dict[int, str] = {
        n: role for role, n in unit.roles if isinstance(n, int) and role.removesuffix(" tail") not in _NO_ATTRIBUTE
    }
    for name in unit.names("material"):
        if not isinstance(name, int):
            found |= dict.fromkeys(sentence.vocabulary.by_concept.get(f"material:{name}", ()), "material")
    if not found or (unit.has("filler", "for", "not", "joiner") and len(found) < 2):
        return None
    is_type = "type" in found.values()
    return Constraint(
        "type" if is_type else "attribute", _said(sentence, at), choices=tuple(found), words=sentence.said(at, at),
        start=at,
    )  # fmt: skip


def _said(sentence: Sentence, at: int) -> str:
    said = sentence.said(at, at).replace("-", " ")
    return said.removesuffix("的") if len(said) > 1 else said


# -- what is not wanted ------------------------------------------------------------------------------------------
def _unwanted(sentence: Sentence, at: int) -> tuple[list[Constraint], int] | None:
    """ "not black or white", "without sugar", "不要红色"."""
    cue = sentence.units[at]
    if not cue.has("not"):
        return None
    first = at + 1
    while (unit := sentence.unit(first)) is not None and unit.has("filler") and not unit.is_value:
        first += 1
    found, last = _targets(sentence, first, known_only=cue.is_short_cjk, contents=cue.has("lacks"))
    if not found:
        return None
    after = sentence.unit(last + 1)
    if after is not None and after.has("not_after") and not after.has("not"):
        last += 1
    sentence.take(*range(at, last + 1))
    return found, last + 1


def _unwanted_before(sentence: Sentence, at: int) -> tuple[list[Constraint], int] | None:
    """ "gluten free", "红色除外", "黒以外"; a cue that could also go with what follows goes with that."""
    last = at
    one = _negated(sentence, at, contents=True)
    if one is None and sentence.is_plain(at):
        one, last = _unknown(sentence, at)
    cue = sentence.unit(last + 1)
    if one is None or cue is None or not cue.has("not_after") or cue.is_short_cjk:
        return None
    if cue.has("not") and (_negated(sentence, last + 2) or sentence.is_plain(last + 2)):
        return None
    sentence.take(*range(at, last + 2))
    return [one], last + 2


def _targets(sentence: Sentence, at: int, *, known_only: bool, contents: bool) -> tuple[list[Constraint], int]:
    found: list[Constraint] = []
    last = at - 1
    while one := _negated(sentence, at, contents=contents):
        found.append(one)
        last = at
        joiner = sentence.unit(at + 1)
        if joiner is None or not joiner.has("or") or sentence.phrase(at + 1) == ",":
            break
        at += 2
        while (unit := sentence.unit(at)) is not None and unit.has("filler", "not") and not unit.is_value:
            at += 1
    if not found and not known_only and sentence.is_plain(at):
        one, last = _unknown(sentence, at)
        found = [one]
    return found, last


def _negated(sentence: Sentence, at: int, *, contents: bool = False) -> Constraint | None:
    """What is not wanted; with ``contents``, as a part of products, and not as a category of them."""
    if sentence.unit(at) is None or at in sentence.taken:
        return None
    one = _named(sentence, at)
    if one is None:
        whole = sentence.units[at].names("category") or sentence.units[at].names("shelf part")
        one = _of_kind(sentence, at, "category", whole) if whole else None
    if one is None:
        return None
    kind, value = ("attribute", one.value) if one.kind == "type" else (one.kind, one.value)
    if contents and kind == "category":
        kind, value = "attribute", _said(sentence, at)
    return Constraint(kind, value, negated=True, choices=one.choices, words=one.words, start=at)


def _unknown(sentence: Sentence, at: int) -> tuple[Constraint, int]:
    """A thing that the shop states nowhere; up to two words, or six characters of Chinese."""
    last, size = at, 1
    cjk = is_cjk(sentence.phrase(at))
    limit = UNKNOWN_CHARACTERS if cjk else UNKNOWN_WORDS
    while size < limit and sentence.is_plain(last + 1) and is_cjk(sentence.phrase(last + 1)) == cjk:
        if sentence.text[_end(sentence, last) : _start(sentence, last + 1)].strip():
            break
        last, size = last + 1, size + 1
    if size < limit and not cjk and sentence.head == "last" and _is_thing(sentence, last + 1):
        last += 1
    words = sentence.said(at, last)
    return Constraint("attribute", words, negated=True, words=words, start=at), last


def _is_thing(sentence: Sentence, at: int) -> bool:
    """Whether a unit is a value to which the unknown word before belongs: "added | sugar"."""
    unit = sentence.unit(at)
    return unit is not None and at not in sentence.taken and unit.is_value and not unit.has("brand", "category")


def _end(sentence: Sentence, number: int) -> int:
    return sentence.tokens[sentence.units[number].end - 1].end


def _start(sentence: Sentence, number: int) -> int:
    return sentence.tokens[sentence.units[number].start].start

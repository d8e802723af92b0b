"""The frames that English sentences are built in: an opening, clauses of one subject, things it has, plain statements.

Each function builds one sentence from phrases that are ready; a ``Draw`` says which product and which turn of dice.
"""

import re

from retail_ai.engine.composer_en_draw import Draw, Sentence
from retail_ai.engine.composer_en_words import article, conjugate, is_plural, join, value_of
from retail_ai.engine.plan import Point

_REDUCED = re.compile(r"\[be\] (?=(?:made|compatible|suitable|intended|designed|recommended|covered|manufactured)\b)")
_FRONTED = re.compile(r"\[be\] (?=(?:made|suitable|intended|designed|covered)\b)")
_ING = {"[weigh]": "Weighing", "[measure]": "Measuring", "[run]": "Running"}
_DOING = re.compile(r"\[(?:weigh|measure|hold|print|yield|connect|support|fit|work|run|operate|use)\]")
_FEATURES = ("flag", "count", "cameras", "camera")
Said = list[tuple[str, Point]]


def opening(said: Said, look: tuple[Point, ...], draw: Draw, *, clauses: bool) -> Sentence:
    """ "The X is a black rucksack made of nylon", with what it does or has where there is room."""
    plan = draw.plan
    plural = draw.plural
    be = "are" if plural else "is"
    np = plan.noun
    used = list(look)
    colour = next((p for p in look if p.kind == "colour"), None)
    if colour:
        np = f"{value_of(colour)} {np}"
    np = np if plural else article(np)
    for kind, link in (("author", "by"), ("material", draw.rng.choice(("made of", "made from")))):
        if made := next((p for p in look if p.kind == kind), None):
            np += f" {link} {join([value_of(made, v) for v in made.values])}"
    text = f"{draw.by_name(plan.stem)} {be} {np}"
    if said and clauses:
        text += _relative([c for c, _ in said], plural)
    elif said:
        text += f" with {join([n for n, _ in said], 9)}"
    ids = tuple(i for p in used for i in p.fact_ids) + _ids(said)
    return Sentence(close(text), tuple(dict.fromkeys((*plan.noun_ids, *ids))))


def _relative(clauses: list[str], plural: bool) -> str:
    """ " that weighs 28 g and is made in China"; " compatible with X" where the clause can stand at the noun."""
    if len(clauses) == 1 and _REDUCED.match(clauses[0]):
        return " " + conjugate(_REDUCED.sub("", clauses[0], count=1), plural)
    whole = [conjugate(c, plural) for c in clauses]
    phrases = _same_verb_once(whole)
    return " that " + _join_clauses(phrases, phrases != whole and phrases[-1] == whole[-1])


def from_clauses(said: Said, draw: Draw) -> Sentence:
    """ "It weighs 1.2 kg, runs on 5 V and is made in China", or "Made in China, it weighs 1.2 kg and runs on 5 V"."""
    said = _shuffled(said, draw)
    # "is black and suitable for work": what stands alone comes before what governs more words.
    phrases = sorted(
        (phrase for phrase, _ in said), key=lambda p: 0 if re.fullmatch(r"\[be\] (?:[\w-]+|by .*)", p) else 1
    )
    front = ""
    if len(phrases) > 1 and draw.rng.random() < 0.3:
        front, phrases = _fronted(phrases)
    subject = draw.subject()
    subject = _inner(subject) if front else subject
    whole = [conjugate(p, draw.plural) for p in phrases]
    once = _same_verb_once(whole)
    joined = _join_clauses(once, once != whole and once[-1] == whole[-1])
    return Sentence(close(f"{front}{subject} {joined}"), _ids(said))


def from_both(clauses: Said, nouns: Said, draw: Draw) -> Sentence:
    """ "It weighs 1.2 kg and has a rain cover", or "With a rain cover, it weighs 1.2 kg"."""
    done = [conjugate(phrase, draw.plural) for phrase, _ in clauses]
    things = join([noun for noun, _ in nouns], 9)
    ids = _ids([*clauses, *nouns])
    doing = all(_DOING.match(phrase) for phrase, _ in clauses)
    if draw.place and doing and " with " not in f" {things} " and draw.rng.random() < 0.3:
        return Sentence(
            close(f"With {things}, {_inner(draw.subject())} {_join_clauses(_same_verb_once(done), False)}"), ids
        )
    verb = conjugate(draw.rng.choice(("[have]", "[have]", "[come] with", "[feature]")), draw.plural)
    if any(phrase.split()[0] == verb.split()[0] for phrase in done):
        verb = conjugate("[feature]" if verb.startswith(("has", "have")) else "[have]", draw.plural)
    listed = ", ".join(done) if len(nouns) == 1 else f"{' and '.join(done)}, and"
    last = f" and {verb} {things}" if len(nouns) == 1 else f" {verb} {things}"
    return Sentence(close(f"{draw.subject()} {listed}{last}"), ids)


def from_nouns(said: Said, draw: Draw) -> Sentence:
    """ "It has a 6.1-inch display, 128 GB of storage and two speakers" by one of several verbs."""
    said = _shuffled(said, draw)
    listed = join([noun for noun, _ in said], 9)
    features = all(p.kind in _FEATURES for _, p in said)
    if features and len(said) > 2 and draw.place and draw.rng.random() < 0.25:
        owner = "their" if draw.plural else "its"
        whole = draw.rng.choice(
            (f"{owner.capitalize()} features include {listed}", f"Among {owner} features are {listed}")
        )
        return Sentence(close(whole), _ids(said))
    if len(said) == 2 and draw.rng.random() < 0.2:
        listed = f"{said[0][0]} as well as {said[1][0]}"
    verbs = ["[have]", "[have]", "[come] with", "[feature]", "[be] equipped with", "[offer]"]
    if all(p.kind == "contents" for _, p in said):
        verbs = ["[come] with", "[include]"]
    elif not features:
        verbs = ["[have]", "[have]", "[come] with", "[feature]", "[offer]"]
    if draw.plan.is_work:
        verbs = ["[have]"]  # nothing brings its pages along
    verb = draw.rng.choice(("[bring] you", "[give] you") if draw.tone == "friendly" and features else verbs)
    also = "also " if draw.place in (2, 4) and not verb.startswith("[be]") and draw.rng.random() < 0.4 else ""
    return Sentence(close(f"{draw.subject()} {also}{conjugate(verb, draw.plural)} {listed}"), _ids(said))


def from_plain(said: Said, draw: Draw) -> Sentence:
    """ "The sowing time is April and the position is sunny"; with the product's name where it comes first."""
    if draw.place:
        said = _shuffled(said, draw)
    texts = [text for text, _ in said]
    text = " and ".join(texts)
    if len(texts) == 2 and draw.rng.random() < 0.3:
        text = f"{texts[0]}, and {texts[1]}"
    if not draw.place:
        # "The yield of the X is 3,500 pages and the length is 2 m"
        text = re.sub(
            r"^(?:the|its|their) (.+?) (is|are) ",
            lambda m: f"the {m[1]} of {_inner(draw.by_name(draw.plan.name))} {m[2]} ",
            text,
            count=1,
        )
    elif draw.rng.random() < 0.3 and (owner := _inner(draw.subject())) not in ("it", "they"):
        text = re.sub(r"^(?:the|its|their) (.+?) (is|are) ", lambda m: f"the {m[1]} of {owner} {m[2]} ", text, count=1)
    return Sentence(close(text[0].upper() + text[1:]), _ids(said))


def close(text: str) -> str:
    """The text with single blanks and a full stop."""
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else text + "."


def _inner(subject: str) -> str:
    """The subject inside a sentence: "The X" → "the X", "It" → "it"; a name keeps its capital."""
    first, _, rest = subject.partition(" ")
    return f"{first.lower()} {rest}".strip() if first in ("The", "This", "It", "They", "These") else subject


def _shuffled(said: Said, draw: Draw) -> Said:
    return draw.rng.sample(said, len(said)) if draw.rng.random() < 0.5 else said


def _fronted(phrases: list[str]) -> tuple[str, list[str]]:
    """("Made of nylon, ", the other phrases) where one of the phrases can stand before the subject."""
    for phrase in phrases:
        if len(phrase) < 60 and "," not in phrase:
            rest = [p for p in phrases if p is not phrase]
            if _FRONTED.match(phrase):
                bare = _FRONTED.sub("", phrase, count=1)
                return f"{bare[0].upper()}{bare[1:]}, ", rest
            verb, _, object_ = phrase.partition(" ")
            if verb in _ING:
                return f"{_ING[verb]} {object_}, ", rest
    return "", phrases


def _same_verb_once(phrases: list[str]) -> list[str]:
    """ "is made of oak", "is suitable for work" → the second without its verb."""
    out = phrases[:1]
    verb = phrases[0].split()[0]
    for phrase in phrases[1:]:
        first, _, rest = phrase.partition(" ")
        # "is a printer label and made in Germany" limps: a thing and a quality do not share a verb.
        crowded = " and " in out[-1]
        alike = first not in ("is", "are") or _is_thing(rest) == _is_thing(out[-1].removeprefix(f"{verb} "))
        shares = first == verb and first in _SHARED and alike and not crowded and not _limps(rest, out[-1])
        out.append(rest if shares else phrase)
        verb = first
    return out


def _limps(rest: str, before: str) -> bool:
    """ "is covered by a warranty and 166 cm wide", "is available in olive and for gas"."""
    sides = re.compile(r"\b(?:wide|high|deep|long|thick)$")
    return bool(sides.search(rest)) != bool(sides.search(before)) or (
        rest.startswith("for ") and len(before.split()) > 2
    )


# Verbs that two objects may share: "supports printing and scanning".
_SHARED = frozenset(
    """
    is are has have supports support uses use includes include contains contain fits fit offers offer
    """.split()  # noqa: SIM905
)


def _is_thing(complement: str) -> bool:
    return complement.startswith(("a ", "an ", "the ")) or (" " in complement and is_plural(complement))


def _join_clauses(phrases: list[str], uneven: bool) -> str:
    """``uneven``: the last has a verb of its own where the one before shares the first's."""
    if len(phrases) == 3 and uneven:
        return f"{phrases[0]} and {phrases[1]}, and {phrases[2]}"
    if (
        len(phrases) == 3
        and len(phrases[2].split()) < 4
        and phrases[1].split()[0] in ("is", "are")
        and not phrases[2].startswith(("is ", "are ", "has ", "comes "))
    ):
        return f"{phrases[0]}, and {phrases[1]} and {phrases[2]}"
    if len(phrases) == 2 and re.match(r"[\d.]+ \w+ \w+ and ", phrases[1]):
        return f"{phrases[0]}, {phrases[1]}"
    if len(phrases) == 2 and " and " in phrases[0]:
        return f"{phrases[0]}, and {phrases[1]}"
    if len(phrases) == 3:
        return f"{phrases[0]}, {phrases[1]} and {phrases[2]}"
    return " and ".join(phrases)


def _ids(items: Said) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for _, point in items for i in point.fact_ids))

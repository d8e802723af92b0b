"""Writes English sentences from a plan: joins points of a theme, varies the construction, keeps the grammar right.

It says nothing that is not in the plan, and adds no praise.
"""
# ruff: noqa: E501 (tables read better in long rows)

import random
from dataclasses import dataclass

from retail_ai.engine.composer_en_phrases import connector_phrase, noun_phrase, sides_phrase, stated, verb_phrase
from retail_ai.engine.composer_en_words import (
    article,
    conjugate,
    is_plural,
    join,
    value_of,
)
from retail_ai.engine.plan import Plan, Point


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the ids of the facts it says."""

    text: str
    fact_ids: tuple[str, ...]


class Writer:
    """One text about one product. ``rng`` decides among equivalent constructions, so a product's key fixes its text."""

    def __init__(self, plan: Plan, rng: random.Random, tone: str = "plain") -> None:
        self.plan, self.rng, self.tone = plan, rng, tone
        self.plural = is_plural(plan.noun or plan.name)
        self.said = 0

    # -- who is spoken of -----------------------------------------------------------------------------------
    def subject(self) -> tuple[str, bool]:
        """(subject, plural); the first sentence names the product."""
        self.said += 1
        name, noun = self.plan.name, self.plan.noun
        if self.said == 1:
            return (name if name.lower().startswith(("the ", "a ")) or self._is_work() else f"The {name}"), self.plural
        if self.plural:
            return (
                "They"
                if self.said % 2 == 0
                else f"The {name.split()[-1].lower()}"
                if name.split()[-1].islower()
                else "They"
            ), True
        choices = ["It", "It"]
        if noun and not is_plural(noun):
            choices += [f"The {noun}", f"This {noun}"]
        return (self.rng.choice(choices) if self.said > 2 else "It"), False

    def _is_work(self) -> bool:
        return any(p.kind == "author" for p in self.plan.points)

    # -- sentences ------------------------------------------------------------------------------------------
    def sentences(self) -> list[Sentence]:
        """All of the plan: what it is and can do first, then measures and the rest."""
        out: list[Sentence] = []
        for themes in (("look", "core", "fits", "flags"), ("measure", "more", "trust")):
            points = [point for theme in themes for point in self.plan.theme(theme)]
            if points:
                out += self._group(points, first=not out)
        return out or [self._bare()]

    def _bare(self) -> Sentence:
        name, brand = self.plan.name, self.plan.brand
        if brand and brand.lower() not in name.lower():
            return Sentence(f"The {name} is from {brand}.", ("title", "brand"))
        return Sentence(f"{name}.", ("title",))

    def _group(self, points: list[Point], *, first: bool) -> list[Sentence]:
        intro = self._intro(points) if first else None
        out = [intro[0]] if intro else []
        rest = [p for p in points if not intro or p not in intro[1]]
        clauses, nouns, plain, ready = self._sort(rest)
        if self.said and self.rng.random() < 0.4:
            out += self._nouns(nouns) + self._clauses(clauses)
        else:
            out += self._clauses(clauses) + self._nouns(nouns)
        return out + self._plain(plain) + ready

    def _intro(self, points: list[Point]) -> tuple[Sentence, list[Point]] | None:
        """ "The X is a black rucksack made of nylon." where a fact names what the product is."""
        noun = self.plan.noun
        if not noun or noun.lower() in self.plan.name.lower():
            return None
        subject, _ = self.subject()
        plural = is_plural(noun) or noun.endswith("seeds")
        used: list[Point] = []
        text = noun
        colour = next((p for p in points if p.kind == "colour" and _adjectival(p.value)), None)
        if colour and self.rng.random() < 0.6:
            text, used = f"{value_of(colour)} {noun}", [colour]
        text = text if plural else article(text)
        for kind, link in (("author", "by"), ("material", "made of")):
            point = next((p for p in points if p.kind == kind), None)
            if point:
                text += f" {link} {join([value_of(point, v) for v in point.values])}"
                used.append(point)
                break
        ids = tuple(i for p in used for i in p.fact_ids)
        noun_ids = tuple(f.id for f in self.plan.base.known if f.value.lower() == noun.lower()) or ("category",)
        return Sentence(_close(f"{subject} {'are' if plural else 'is'} {text}"), (*noun_ids, *ids)), used

    def _sort(
        self, points: list[Point]
    ) -> tuple[list[tuple[str, Point]], list[tuple[str, Point]], list[tuple[str, Point]], list[Sentence]]:
        """Verb phrases, noun phrases, "name value" items for a list, and ready sentences."""
        clauses: list[tuple[str, Point]] = []
        nouns: list[tuple[str, Point]] = []
        lists: list[tuple[str, Point]] = []
        ready: list[Sentence] = []
        connectors = [p for p in points if p.kind == "connector"]
        for point in points:
            if point.kind == "connector":
                if point is connectors[0]:
                    clauses.append((connector_phrase(connectors), _merged(connectors)))
            elif point.kind in ("width", "height", "depth"):
                sides = [p for p in points if p.kind in ("width", "height", "depth")]
                if point is sides[0]:
                    clauses.append((sides_phrase(sides), _merged(sides)))
            elif phrase := verb_phrase(point, self.plan.name, self.rng):
                clauses.append((phrase, point))
            elif phrase := noun_phrase(point, self.plan.name, self.rng):
                nouns.append((phrase, point))
            elif sentence := _whole(point):
                ready.append(sentence)
            else:
                lists.append((stated(point), point))
        return clauses, nouns, lists, ready

    # -- joining --------------------------------------------------------------------------------------------
    def _clauses(self, clauses: list[tuple[str, Point]]) -> list[Sentence]:
        out = []
        while clauses:
            size = 3 if len(clauses) != 4 and sum(len(c) for c, _ in clauses[:3]) < 95 else 2
            if size == 2 and sum(len(c) for c, _ in clauses[:2]) > 120:
                size = 1
            some, clauses = clauses[:size], clauses[size:]
            subject, plural = self.subject()
            whole = [conjugate(c, plural) for c, _ in some]
            phrases = _same_verb_once(whole)
            out.append(
                Sentence(
                    _close(f"{subject} {_join_clauses(phrases, phrases != whole and phrases[-1] == whole[-1])}"),
                    _ids(some),
                )
            )
        return out

    def _nouns(self, nouns: list[tuple[str, Point]]) -> list[Sentence]:
        out = []
        while nouns:
            size = 4 if len(nouns) == 4 or len(nouns) > 5 else 3
            some, nouns = nouns[:size], nouns[size:]
            listed = join([n for n, _ in some], 9)
            features = all(p.kind in ("flag", "count", "cameras", "camera") for _, p in some)
            if features and len(some) > 2 and self.said and self.rng.random() < 0.4:
                out.append(
                    Sentence(_close(f"{'Their' if self.plural else 'Its'} features include {listed}"), _ids(some))
                )
                continue
            subject, plural = self.subject()
            verb = self.rng.choice(
                ("[have]", "[come] with", "[offer]") if features else ("[have]", "[have]", "[come] with")
            )
            if self.tone == "friendly" and features:
                verb = "[bring] you"
            if out and out[-1].text.split()[1:2] == conjugate(verb, plural).split()[:1]:
                verb = "[come] with" if "have" in verb else "[have]"
            out.append(Sentence(_close(f"{subject} {conjugate(verb, plural)} {listed}"), _ids(some)))
        return out

    def _plain(self, items: list[tuple[str, Point]]) -> list[Sentence]:
        """ "The sowing time is April and the position is sunny." two to a sentence."""
        out = []
        while items:
            some, items = items[:2], items[2:]
            text = " and ".join(text for text, _ in some)
            if not self.said:
                self.said += 1
                text = f"{'On' if self.rng.random() < 0.5 else 'For'} the {self.plan.name}, {text}"
            out.append(Sentence(_close(text[0].upper() + text[1:]), _ids(some)))
        return out


def _whole(point: Point) -> Sentence | None:
    values = [value_of(point, v) for v in point.values]
    if point.kind in ("care", "colon"):
        return Sentence(_close(f"{point.name[0].upper()}{point.name[1:]}: {', '.join(values)}"), point.fact_ids)
    name = point.name
    if name.endswith("s") and not name.endswith("ss") and len(values) > 1 and name not in ("this",):
        return Sentence(_close(f"The {name} are {join(values)}"), point.fact_ids)
    return None


def _adjectival(colour: str) -> bool:
    """A plain colour word that may stand before a noun and is no material too ("steel", "oatmeal")."""
    from retail_ai.engine.claims_words import COLOURS

    return colour.lower() in COLOURS and len(colour.split()) == 1


def _same_verb_once(phrases: list[str]) -> list[str]:
    """ "is made of oak", "is suitable for work" → the second without its verb."""
    out = phrases[:1]
    verb = phrases[0].split()[0]
    for phrase in phrases[1:]:
        first, _, rest = phrase.partition(" ")
        out.append(rest if first == verb and first in ("is", "are", "has", "have", "comes", "come") else phrase)
        verb = first
    return out


def _merged(points: list[Point]) -> Point:
    return Point(points[0].kind, points[0].name, points[0].values, tuple(i for p in points for i in p.fact_ids))


def _join_clauses(phrases: list[str], uneven: bool) -> str:
    """``uneven``: the last has a verb of its own where the one before shares the first's."""
    if len(phrases) == 3 and uneven:
        return f"{phrases[0]} and {phrases[1]}, and {phrases[2]}"
    if len(phrases) == 3:
        return f"{phrases[0]}, {phrases[1]} and {phrases[2]}"
    return " and ".join(phrases)


def _ids(items: list[tuple[str, Point]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for _, point in items for i in point.fact_ids))


def _close(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else text + "."

"""Writes English sentences from a plan: groups points of a theme, and offers several wordings for each sentence.

It says nothing that is not in the plan, and adds no praise. The frames around the phrases are in composer_en_frames.py.
"""
# ruff: noqa: E501 (tables read better in long rows)

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from retail_ai.engine.composer_en_draw import Draw, Sentence, named
from retail_ai.engine.composer_en_frames import close, from_both, from_clauses, from_nouns, from_plain, opening
from retail_ai.engine.composer_en_nouns import noun_phrase
from retail_ai.engine.composer_en_stated import stated, whole_sentence
from retail_ai.engine.composer_en_verbs import clause
from retail_ai.engine.composer_en_words import article, is_adjectival, is_plural
from retail_ai.engine.plan import Plan, Point
from retail_ai.engine.plan_title import clean_title

__all__ = ["Sentence", "Writer"]
_THEMES = (("look", "core", "fits", "flags"), ("measure", "more", "trust"))
_SIDES = ("width", "height", "depth")
_TRIES = 5
# Kinds of which "the page yield is 3,500" reads as well as a verb.
_STATABLE = frozenset(
    """
    resolution speed power load battery_life length origin inks weight size os voltage diameter volume memory_type
    battery_type processor
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Group:
    """The points of one sentence and how it is built: "open…", "clauses", "nouns", "both" (``look`` holds
    its nouns), "plain" or "whole"."""

    kind: str
    points: tuple[Point, ...]
    look: tuple[Point, ...] = ()


class Writer:
    """One text about one product. ``rng`` decides among equivalent constructions, so a product's key fixes its text."""

    def __init__(self, plan: Plan, rng: random.Random, tone: str = "plain") -> None:
        self.plan, self.rng, self.tone = plan, rng, tone
        self.seed = rng.getrandbits(32)
        self.brand = plan.brand if rng.random() < 0.5 and _lacks(plan) else ""
        self.loose, self.longest = rng.random() < 0.5, rng.choice((2, 3, 3))

    def sentences(self) -> list[Sentence]:
        """All of the plan: what it is and can do first, then measures and the rest."""
        return [place[0] for place in self.places(1)]

    def places(self, width: int) -> list[list[Sentence]]:
        """For each sentence of the text up to ``width`` wordings that say the same facts; the first is the default."""
        places: list[list[Sentence]] = []
        groups = self._groups()
        for group in groups:
            found: dict[str, Sentence] = {}
            for turn in range(width * _TRIES if width > 1 else 1):
                dice = random.Random(f"{self.seed}|{len(places)}|{turn}")  # noqa: S311
                draw = Draw(self.plan, dice, self.tone, len(places), self.brand, group is groups[-1])
                if len(found) < width and (sentence := self._say(group, draw)):
                    found.setdefault(sentence.text, self._of_brand(sentence, draw))
            if found:
                places.append(list(found.values()))
        if places and all(":" in place[0].text[:40] for place in places):
            places.insert(0, bare(self.plan)[:width])
        return places or [bare(self.plan)[:width]]

    # -- which points share a sentence -----------------------------------------------------------------------
    def _groups(self) -> list[Group]:
        """The sentences-to-be: by theme, or in a looser order, as the dice of this text have it."""
        out: list[Group] = []
        for themes in _THEMES if not self.loose else (tuple(t for group in _THEMES for t in group),):
            points = [point for theme in themes for point in self.plan.theme(theme)]
            if points:
                out += self._of_theme(points, first=not out)
        said, lists = [g for g in out if g.kind != "whole"], [g for g in out if g.kind == "whole"]
        rest = self._mixed(said[1:])
        if self.loose and len(rest) > 1:
            turn = self.rng.randrange(len(rest))
            rest = rest[turn:] + rest[:turn]
        return [*said[:1], *rest, *lists]

    def _mixed(self, groups: list[Group]) -> list[Group]:
        """What it does and what it has in one sentence, where both are short and the dice say so."""
        for i, (one, two) in enumerate(pairwise(groups)):
            kinds = {one.kind: one, two.kind: two}
            if (
                set(kinds) == {"clauses", "nouns"}
                and len(one.points) < 3 > len(two.points)
                and self.rng.random() < 0.5
            ):
                both = Group("both", kinds["clauses"].points, kinds["nouns"].points)
                return [*groups[:i], both, *self._mixed(groups[i + 2 :])]
        return groups

    def _of_theme(self, points: list[Point], *, first: bool) -> list[Group]:
        look = self._look(points) if first else ()
        kinds = self._sorted([p for p in points if p not in look])
        clauses, nouns = _chunks(kinds["clauses"], self._clause_size), _chunks(kinds["nouns"], _noun_size)
        both = [Group("clauses", c) for c in clauses], [Group("nouns", n) for n in nouns]
        swapped = not first and self.rng.random() < 0.4
        out = [*both[1], *both[0]] if swapped else [*both[0], *both[1]]
        if first and self.plan.opens:
            out = self._opened(out, look)
        return (
            out
            + [Group("plain", p) for p in _chunks(kinds["plain"], lambda _: 2)]
            + [Group("whole", (p,)) for p in kinds["whole"]]
        )

    def _opened(self, groups: list[Group], look: tuple[Point, ...]) -> list[Group]:
        """The opening takes in the first sentence where that is short enough: "… is a black case that weighs 28 g"."""
        roomy = groups and not any(p.kind in ("material", "author") for p in look)
        if roomy and len(groups[0].points) <= (2 if groups[0].kind == "clauses" else 3):
            return [Group("open-" + groups[0].kind, groups[0].points, look), *groups[1:]]
        if self.plan.names_itself and not look:
            return groups
        return [Group("open", (), look), *groups]

    def _look(self, points: list[Point]) -> tuple[Point, ...]:
        """The colour and the material (or author) that can stand at the noun: "a black rucksack made of nylon"."""
        if not self.plan.opens:
            return ()
        colour = next((p for p in points if p.kind == "colour" and is_adjectival(p)), None)
        made = next((p for p in points if p.kind in ("author", "material") and len(p.values[0].split()) < 5), None)
        return tuple(p for p in (colour, made) if p)

    def _sorted(self, points: list[Point]) -> dict[str, list[Point]]:
        """Points by how they are said; connectors and sides that belong together become one point."""
        points = _paired(points)
        kinds: dict[str, list[Point]] = {"clauses": [], "nouns": [], "plain": [], "whole": []}
        joined: set[str] = set()
        for point in points:
            family = "connector" if point.kind == "connector" else "side" if point.kind in _SIDES else ""
            if family in joined:
                continue
            if family:
                joined.add(family)
                point = _merged([p for p in points if p.kind == point.kind or (p.kind in _SIDES and family == "side")])
            kinds[self._kind(point)].append(point)
        return kinds

    def _kind(self, point: Point) -> str:
        if clause(point, self.plan, self.rng):
            return "clauses"
        if noun_phrase(point, self.plan, self.rng):
            return "nouns"
        return "whole" if whole_sentence(point) else "plain"

    def _clause_size(self, points: list[Point]) -> int:
        lengths = [len(clause(p, self.plan, self.rng)) for p in points[:3]]
        if len(points) != 4 and sum(lengths) < 95:
            return self.longest
        return 2 if sum(lengths[:2]) <= 120 else 1

    def _of_brand(self, sentence: Sentence, draw: Draw) -> Sentence:
        """The sentence, with the brand among what it says where it names it."""
        if draw.place or not self.brand or "brand" in sentence.fact_ids:
            return sentence
        return Sentence(sentence.text, (*sentence.fact_ids, "brand"))

    def _drawn(self, points: Sequence[Point], draw: Draw, phrase: Callable[..., str]) -> list[tuple[str, Point]]:
        """Each point's phrase, drawn again where two begin alike: "comes with … and comes with …"."""
        for _ in range(4):
            said = [(phrase(p, self.plan, draw.rng), p) for p in points]
            begins = [" ".join(text.split()[:2]) for text, _ in said if text[:1] == "["]
            if len(set(begins)) == len(begins):
                break
        return said

    # -- words -----------------------------------------------------------------------------------------------
    def _say(self, group: Group, draw: Draw) -> Sentence | None:
        if group.kind == "whole":
            return whole_sentence(group.points[0])
        if group.kind == "both":
            done = self._drawn(group.points, draw, clause)
            return from_both(done, [(noun_phrase(p, self.plan, draw.rng), p) for p in group.look], draw)
        if group.kind == "plain":
            return from_plain([(stated(p, draw.rng, plural=draw.plural), p) for p in group.points], draw)
        statable = 0 < len(group.points) < 3 and all(
            p.kind in _STATABLE and (len(p.values) == 1 or p.kind in ("inks", "origin")) for p in group.points
        )
        if draw.place and statable and draw.rng.random() < 0.35:
            return from_plain([(stated(p, draw.rng, plural=draw.plural), p) for p in group.points], draw)
        clauses = group.kind.endswith("clauses")
        said = self._drawn(group.points, draw, clause if clauses else noun_phrase)
        if group.kind.startswith("open") and not (
            said and not group.look and self.plan.names_itself and draw.rng.random() < 0.4
        ):
            return opening(said, group.look, draw, clauses=clauses)
        return from_clauses(said, draw) if clauses else from_nouns(said, draw)


def _lacks(plan: Plan) -> bool:
    """Whether the brand can stand before a name that does not hold it; a work's name is left alone."""
    titled = plan.name.lower().startswith(("the ", "a ", "an ")) or plan.is_work
    return (
        bool(plan.brand) and len(plan.brand.split()) < 3 and not titled and plan.brand.lower() not in plan.name.lower()
    )


def bare(plan: Plan) -> list[Sentence]:
    """All that can be said of a product of which only the title and the brand are known."""
    if plan.opens and plan.names_itself:
        be = "are" if is_plural(plan.noun) else "is"
        np = plan.noun if be == "are" else article(plan.noun)
        ends = ("", f" from {plan.brand}") if plan.brand and plan.brand.lower() not in plan.stem.lower() else ("",)
        return [Sentence(close(f"{named(plan, plan.stem)} {be} {np}{end}"), ("title", "brand")) for end in ends[::-1]]
    title = re.sub(r"(?<=\w)\s\d[\d.,]* (?:sheets?|pages?|pcs?|pieces)$", "", clean_title(plan.base.product.title))
    name = title if len(title) <= 110 and re.fullmatch(r"[^<>{}|.!?]+(?:\.\w[^<>{}|.!?]*)*", title) else plan.name
    brand = plan.brand
    rest = name[len(brand) :].strip(" ,-") if brand and name.lower().startswith(brand.lower() + " ") else ""
    plural = is_plural(rest or name)
    this, be = ("These", "are") if plural else ("This", "is")
    if rest and any(c.isalpha() for c in rest):
        wordings = [f"{this} {rest} {be} from {brand}", f"{this} {be} the {rest} from {brand}"]
        return [Sentence(close(w), ("title", "brand")) for w in wordings]
    if brand and brand.lower() not in name.lower():
        return [Sentence(close(f"The {name} {be} from {brand}"), ("title", "brand"))]
    return [Sentence(close(name), ("title",))]


def _chunks(points: list[Point], size: Callable[[list[Point]], int]) -> list[tuple[Point, ...]]:
    out = []
    while points:
        n = size(points)
        out.append(tuple(points[:n]))
        points = points[n:]
    return out


# Points that are said as one: "8 GB of DDR4 memory", "a 15.6-inch display with a resolution of 1920 x 1080".
_PAIRS = (("memory", "memory_type"), ("storage", "storage_media"), ("screen", "resolution"))


def _paired(points: list[Point]) -> list[Point]:
    found = list(points)
    for first, other in _PAIRS:
        one = next((p for p in found if p.kind == first and len(p.values) == 1), None)
        two = next((p for p in found if p.kind == other and len(p.values) == 1 and "maximum" not in p.name), None)
        if one and two:
            both = replace(one, fact_ids=tuple(dict.fromkeys((*one.fact_ids, *two.fact_ids))), parts=(one, two))
            found = [both if p is one else p for p in found if p is not two]
    return found


def _noun_size(points: list[Point]) -> int:
    return 4 if len(points) == 4 or len(points) > 5 else 3


def _merged(points: list[Point]) -> Point:
    ids = tuple(dict.fromkeys(i for p in points for i in p.fact_ids))
    return Point(points[0].kind, points[0].name, points[0].values, ids, tuple(points))

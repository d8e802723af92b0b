"""Writes English sentences from a plan: joins points of a theme, varies the construction, keeps the grammar right.

It says nothing that is not in the plan, and adds no praise.
"""

import random
import re
from dataclasses import dataclass

from retail_ai.engine.composer_en_words import (
    NOUN_PHRASES,
    VERB_PHRASES,
    article,
    conjugate,
    fill,
    is_plural,
    join,
    value_of,
)
from retail_ai.engine.plan import Plan, Point
from retail_ai.engine.plan_names import has_unit
from retail_ai.engine.units import parse_quantities

_NUMBERS = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_ADJECTIVE = re.compile(
    r"(proof|able|safe|free|resistant|ready|cancelling|repellent|ible)$|^(vegan|wireless|cordless|reflective|organic|magnetic|foldable|"
    r"collapsible|rechargeable|portable|adjustable|waterproof|backlit|stackable|reversible|ergonomic|handmade|biodegradable|recyclable)$"
)
_NO_ARTICLE = re.compile(
    r"s$|\b(bluetooth|wi-fi|nfc|gps|lan|ethernet|protection|control|cancelling|charging|management|storage|lighting|memory|backlight|"
    r"audio|cushioning|resistance|insulation|off|on|plug|sound|4g|5g|lte|vibration|training|airprint|firewire|detection|correction|printing|scanning|duplex)$", re.I,
)  # fmt: skip
_MASS = re.compile(r"(protection|resistance|insulation|cushioning|protein|energy|fat|salt|sugar)$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the ids of the facts it says."""

    text: str
    fact_ids: tuple[str, ...]


class Writer:
    """One text about one product. ``rng`` decides among equivalent constructions, so a product's key fixes its text."""

    def __init__(self, plan: Plan, rng: random.Random, tone: str = "plain") -> None:
        self.plan, self.rng, self.tone = plan, rng, tone
        self.plural = is_plural(plan.name)
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
                    clauses.append((_connector(connectors), _merged(connectors)))
            elif point.kind in ("width", "height", "depth"):
                sides = [p for p in points if p.kind in ("width", "height", "depth")]
                if point is sides[0]:
                    clauses.append((_sides(sides), _merged(sides)))
            elif phrase := self._verb(point):
                clauses.append((phrase, point))
            elif phrase := self._noun(point):
                nouns.append((phrase, point))
            elif sentence := self._whole(point):
                ready.append(sentence)
            else:
                lists.append((_stated(point), point))
        return clauses, nouns, lists, ready

    def _verb(self, point: Point) -> str:
        kind, values = point.kind, point.values
        if kind == "flag" and _ADJECTIVE.search(point.name):
            return f"[be] {point.name}" if not point.name.endswith("cancelling") else ""
        if kind == "technology" and point.value.lower().endswith("technology"):
            return f"[use] {value_of(point)}"
        if kind == "connectivity" and re.fullmatch(r"(?i)(wired|wireless|cordless|corded)", point.value):
            return f"[be] {point.value.lower()}"
        if kind == "origin" and point.name == "origin":
            return "[come] from " + join(list(values))
        if kind == "part_colour" and re.sub(r"s? colou?r$", "", point.name) in self.plan.name.lower():
            return "[come] in " + join([value_of(point, v) for v in values])
        if kind == "audience" and point.value.lower() not in (
            "men",
            "women",
            "children",
            "kids",
            "adults",
            "babies",
            "unisex",
        ):
            return ""
        if kind == "audience" and point.value.lower() == "unisex":
            return "[be] unisex"
        if kind in ("age", "temperature") and not point.value[:1].isdigit() and not point.value.startswith("-"):
            return ""
        if kind == "warranty" and not re.match(r"\d|lifetime|limited|one|two", point.value, re.I):
            return ""
        if kind == "use" and (person := re.match(r"(skin|hair) type$", point.name)):
            return f"[suit] {join([value_of(point, v) for v in values])} {person[1]}" if "all" not in values else ""
        if kind == "use" and all(v.lower() in ("short", "long", "normal", "all", "dry", "mid") for v in values):
            return ""
        if kind == "people":
            return f"[be] for {point.value} {'players' if 'player' in point.name else 'person' if point.value == '1' else point.name}"
        if kind == "gender_end":
            return _genders(point.value)
        if kind == "scent" and re.match(r"(un|no)", point.value):
            return f"[be] {point.value}" if point.value == "unscented" else ""
        if kind == "certificate" and all(v.islower() for v in values):
            return "[be] " + ("" if values[0].endswith("free") else "certified ") + join(list(values))
        if kind == "type":
            return "[be] " + join([v.lower() for v in values])
        if kind == "year":
            return f"[be] {'published' if 'publi' in point.name else 'released'} in {point.value}"
        if kind == "ingredients":
            return "[be] made with " + join([value_of(point, v) for v in values])
        if kind == "sizes":
            return "[come] in sizes " + join(list(values))
        if kind == "size":
            return (
                f"[come] in size {point.value}"
                if re.fullmatch(r"[A-Z]{1,4}|\d{1,2}(\.5)?|One size|A\d", point.value)
                else ""
            )
        if kind in (
            "volume",
            "length",
            "voltage",
            "size",
            "width",
            "height",
            "depth",
            "diameter",
            "weight",
            "dimensions",
        ) and not parse_quantities(point.value):
            return ""
        if kind == "volume" and not re.search(r"capacity|volume", point.name):
            return ""
        if kind == "length" and point.name != "length":
            return f"[have] {article(point.name)} of {value_of(point)}"
        if kind == "yield":
            shade = re.match(r"(black|cyan|magenta|yellow)", point.name)
            return f"[yield] {point.value} {shade[1] if shade else ''} pages".replace("  ", " ")
        if kind == "pack" and "piece" in point.name:
            return f"[have] {point.value} pieces"
        if kind == "contents" and len(values) == 1 and parse_quantities(point.value) and len(point.value.split()) < 3:
            return ""
        if kind == "material" and any(len(v.split()) > 5 for v in values):
            return ""
        options = VERB_PHRASES.get(kind, ())
        return fill(self.rng.choice(options), point) if options else ""

    def _noun(self, point: Point) -> str:
        kind = point.kind
        if kind == "count":
            return _counted(point)
        if kind == "flag":
            return (
                point.name if _NO_ARTICLE.search(point.name) or _ADJECTIVE.search(point.name) else article(point.name)
            )
        if kind == "cameras":
            items = join([value_of(point, v) for v in point.values])
            noun = point.name if "camera" in point.name else f"{point.name} camera"
            return (
                f"{items} {noun}"
                if noun.endswith("s")
                else article(f"{items} {noun}")
                if len(point.values) == 1
                else ""
            )
        if kind == "display_type":
            return article(f"{point.value} {point.name.split()[0]}") if len(point.values) == 1 else ""
        if kind == "water":
            return f"{point.value} water resistance" if re.match(r"IP", point.value) else ""
        if kind == "quality":
            if len(point.values) > 1 or len(point.value.split()) > 1 or parse_quantities(point.value):
                return ""
            return (
                f"{value_of(point)} {point.name}"
                if _MASS.search(point.name)
                else article(f"{value_of(point)} {point.name}")
                if point.name != "closure"
                else ""
            )
        if kind in ("part_material", "part_colour", "style", "scent", "finish"):
            values = [value_of(point, v) for v in point.values]
            if any(len(v.split()) > 4 or ("(" in v and kind == "style") for v in values) or (
                any(re.match(r"un|no", v) for v in values) and kind == "scent"
            ):
                return ""
            part = re.sub(r"\s*(colou?r|materials?|(?<=finish) type)$", "", point.name) or point.name
            whole = f"{join(values)} {part}"
            return whole if part.endswith("s") and not part.endswith("ss") else article(whole)
        if kind == "storage" and not re.fullmatch(r"[\d.,]+\s?[KMGT]B", point.value):
            return f"{value_of(point)} storage"
        if kind == "part_colour" and re.sub(r"s? colou?r$", "", point.name) in self.plan.name.lower():
            return ""
        if kind == "" and re.fullmatch(r"\d+ [a-z]+", point.value) and not has_unit(point.value):
            return point.value
        if kind == "" and not _one_amount(point.value):
            return _described(point)
        if kind == "" and point.name == "paper":
            return f"{value_of(point)} paper"
        if kind in ("power", "speed", "battery_life", "load", "resolution") and len(point.values) > 1:
            return ""
        if kind == "" and _MASS.search(point.name):
            return (
                f"{value_of(point)} of {point.name}"
                if point.name in ("protein", "fat", "salt", "sugar")
                else f"{point.name} of {value_of(point)}"
            )
        options = NOUN_PHRASES.get(kind, ())
        return fill(self.rng.choice(options), point) if options else ""

    def _whole(self, point: Point) -> Sentence | None:
        values = [value_of(point, v) for v in point.values]
        if point.kind in ("care", "colon"):
            return Sentence(_close(f"{point.name[0].upper()}{point.name[1:]}: {', '.join(values)}"), point.fact_ids)
        name = point.name
        if name.endswith("s") and not name.endswith("ss") and len(values) > 1 and name not in ("this",):
            return Sentence(_close(f"The {name} are {join(values)}"), point.fact_ids)
        return None

    # -- joining --------------------------------------------------------------------------------------------
    def _clauses(self, clauses: list[tuple[str, Point]]) -> list[Sentence]:
        out = []
        while clauses:
            size = 3 if len(clauses) != 4 and sum(len(c) for c, _ in clauses[:3]) < 95 else 2
            if size == 2 and sum(len(c) for c, _ in clauses[:2]) > 120:
                size = 1
            some, clauses = clauses[:size], clauses[size:]
            subject, plural = self.subject()
            phrases = _same_verb_once([conjugate(c, plural) for c, _ in some])
            out.append(Sentence(_close(f"{subject} {_join_clauses(phrases)}"), _ids(some)))
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


def _adjectival(colour: str) -> bool:
    """A plain colour word that may stand before a noun and is no material too ("steel", "oatmeal")."""
    from retail_ai.engine.claims_words import COLOURS

    return colour.lower() in COLOURS and len(colour.split()) == 1


def _stated(point: Point) -> str:
    values = [value_of(point, v) for v in point.values]
    plural = point.name.endswith("s") and not point.name.endswith(("ss", "us", "is"))
    return f"the {point.name} {'are' if plural else 'is'} {join(values)}"


def _described(point: Point) -> str:
    """ "sunny" position → "a sunny position"; "waterproof membrane" → the value alone; empty where neither reads well."""
    value, name = value_of(point), point.name
    if (
        len(point.values) > 1
        or (any(c.isdigit() for c in value.split()[-1])
        and not re.search(r"socket|connector", name))
    ):
        return ""
    if re.search(rf"\b{re.escape(name.split()[-1])}$", value, re.I):
        return article(value) if not value.endswith("s") else value
    if re.fullmatch(r"[A-Za-z0-9][\w-]*", value) and not re.search(
        r"(for|with|time|date|type of .*|fuel|content|age|charging|standard\w*)$", name
    ):
        phrase = f"{value} {name}"
        return phrase if (name.endswith("s") and not name.endswith("ss")) or _MASS.search(name) else article(phrase)
    return ""


def _same_verb_once(phrases: list[str]) -> list[str]:
    """ "is made of oak", "is suitable for work" → the second without its verb."""
    out = phrases[:1]
    verb = phrases[0].split()[0]
    for phrase in phrases[1:]:
        first, _, rest = phrase.partition(" ")
        out.append(rest if first == verb and first in ("is", "are", "has", "have", "comes", "come") else phrase)
        verb = first
    return out


def _one_amount(value: str) -> bool:
    return (
        len(value) < 40
        and bool(re.match(r"[-−~≈<>]?\s?(up to )?\d", value))
        and "," not in value
        and bool(parse_quantities(value))
    )


def _counted(point: Point) -> str:
    count, thing = int(point.value.replace(",", "")), point.name
    if count == 1:
        single = re.sub(r"(?<=[a-z])s$", "", thing) if not thing.endswith("ss") else thing
        return f"one {single}"
    plural = thing if thing.endswith("s") else thing + ("es" if thing.endswith(("x", "ch", "sh")) else "s")
    return f"{_NUMBERS[count] if count < 10 else count} {plural}"


def _connector(points: list[Point]) -> str:
    kinds = [p.value for p in points]
    if len(kinds) == 1:
        return f"[have] {article(kinds[0])} connector" if len(points[0].values) == 1 else ""
    if kinds[0].lower() == kinds[1].lower():
        return f"[have] {kinds[0]} connectors at both ends"
    return f"[have] {article(kinds[0])} connector at one end and {article(kinds[1])} connector at the other"


def _genders(value: str) -> str:
    ends = [end.lower().replace(" connector", "").strip() for end in value.split("/")]
    if not set(ends) <= {"male", "female"} or len(ends) > 2:
        return ""
    if len(ends) == 2 and ends[0] == ends[1]:
        return f"[have] {ends[0]} connectors at both ends"
    return f"[have] a {' and a '.join(ends)} connector"


def _sides(points: list[Point]) -> str:
    words = {"width": "wide", "height": "high", "depth": "deep"}
    return "[be] " + join([f"{value_of(p)} {words[p.kind] if 'thick' not in p.name else 'thick'}" for p in points])


def _merged(points: list[Point]) -> Point:
    return Point(points[0].kind, points[0].name, points[0].values, tuple(i for p in points for i in p.fact_ids))


def _join_clauses(phrases: list[str]) -> str:
    if len(phrases) == 3:
        return f"{phrases[0]}, {phrases[1]} and {phrases[2]}"
    return " and ".join(phrases)


def _ids(items: list[tuple[str, Point]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for _, point in items for i in point.fact_ids))


def _close(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else text + "."

"""Turns one fact into an English verb phrase ("[weigh] 1.2 kg"), by its kind. Joining phrases is in composer_en.py."""
# ruff: noqa: E501 (tables read better in long rows)

import random
import re
from collections.abc import Callable

from retail_ai.engine.claims_text import stem
from retail_ai.engine.composer_en_number import counted, is_many
from retail_ai.engine.composer_en_people import connector_phrase, for_whom, genders, purpose, sides_phrase
from retail_ai.engine.composer_en_phrases import VERB_PHRASES
from retail_ai.engine.composer_en_special import by_name
from retail_ai.engine.composer_en_words import (
    article,
    fill,
    is_adjectival,
    join,
    value_of,
    what_it_is,
    with_the,
)
from retail_ai.engine.plan import Plan, Point
from retail_ai.engine.units import parse_quantities

ADJECTIVE = re.compile(
    r"(proof|(?<!\bc)(?<!\bt)able|[a-z]{3}less|[a-z]{3}ised|[a-z]{3}ized|safe|free|resistant|ready|cancelling|repellent|ible|powered|shielded|certified|plated|insulated|sealed|\b\w+ (?!bed$|seed$|feed$|speed$|shed$|led$|weed$)[a-z]{2,}ed|refurbished|used|renewed)$|^non-|^anti[ -]\w+$|^hand-\w+ed$|^(vegan|wireless|cordless|reflective|organic|magnetic|foldable|"
    r"collapsible|rechargeable|portable|adjustable|waterproof|backlit|widescreen|stackable|reversible|ergonomic|handmade|biodegradable|recyclable|vegetarian|raw|cold pressed|carbonated|opaque|educational|decorative|interactive|dimmable|hypoallergenic)$"
)
_ACTS = re.compile(
    r" (training|playing|printing|scanning|copying|faxing|playback|recording|streaming|detection|reduction)$"
)
_IN_IT = frozenset("caffeine alcohol gluten lactose sugar soy nuts milk fragrance parabens sulphates".split())  # noqa: SIM905
_MEASURED = frozenset("volume length voltage size width height depth diameter weight dimensions".split())  # noqa: SIM905
_SIDES = ("width", "height", "depth")
_ALL_COLOURS = ("multicolour", "multicolor", "multicolored", "multicoloured")
# Media that a print technology is for, where it is not the product that prints.
_MEDIA = re.compile(r"\b(?:labels?|paper|film|cards?|media|canvas|envelopes?|stickers?)\b", re.I)


def clause(point: Point, plan: Plan, rng: random.Random) -> str:
    """What the product does or is, its verb in brackets; empty where no verb fits."""
    if point.kind == "connector":
        return connector_phrase(point)
    if point.kind in _SIDES and point.parts:
        return sides_phrase(point)
    return by_name(point, plan, "verb", rng) or _of_kind(point, plan, rng)


def _of_kind(point: Point, plan: Plan, rng: random.Random) -> str:
    if point.kind in _MEASURED and not parse_quantities(point.value):
        sized = (
            point.kind == "size"
            and "format" not in point.name
            and re.fullmatch(r"[A-Z]{1,4}|\d{1,2}(\.5)?|One size|A\d", point.value)
        )
        return f"[come] in size {point.value}" if sized else ""
    if own := _KINDS.get(point.kind):
        said = own(point, plan, rng)
        if said is not None:
            return said
    options = VERB_PHRASES.get(point.kind, ())
    return fill(rng.choice(options), point) if options else ""


# Each rule gives the phrase, "" where no verb reads well, or None where the table of phrases serves.
def _flag(point: Point, _: Plan, __: random.Random) -> str | None:
    name = point.name
    if re.fullmatch(r"[a-z]{3,}(?:ated|able|ered|ented)", name):
        return f"[be] {name}"
    if name.startswith(("suitable for ", "compatible with ")):
        return f"[be] {name}"
    if name in _IN_IT or name.startswith("vitamin "):
        return f"[contain] {name}"
    if ADJECTIVE.search(name):
        return f"[be] {name}" if not name.endswith("cancelling") else ""
    return f"[support] {name}" if _ACTS.search(name) else None


def _count(point: Point, _: Plan, __: random.Random) -> str:
    """ "maximum paper trays: 5" → "can have up to five paper trays"; other counts are things it has."""
    most = re.match(r"maximum (.+)", point.name)
    return f"can have up to {counted(int(point.value.replace(',', '')), most[1])}" if most else ""


def _technology(point: Point, plan: Plan, _: random.Random) -> str | None:
    if point.name.startswith("print") and _MEDIA.search(f"{plan.name} {plan.noun}"):
        return ""
    return f"[use] {value_of(point)}" if point.value.lower().endswith("technology") else None


def _connectivity(point: Point, _: Plan, __: random.Random) -> str | None:
    plain = re.fullmatch(r"(?i)(wired|wireless|cordless|corded)", point.value)
    return f"[be] {point.value.lower()}" if plain else None


def _colour(point: Point, _: Plan, rng: random.Random) -> str | None:
    said = [v.lower() for v in point.values]
    if all(v in _ALL_COLOURS for v in said):
        return "[be] multicoloured"
    if all(v in ("transparent", "clear", "metallic") for v in said):
        return f"[be] {value_of(point)}"
    return f"[be] {value_of(point)}" if is_adjectival(point) and rng.random() < 0.5 else None


def _origin(point: Point, _: Plan, rng: random.Random) -> str | None:
    places = join([with_the(v) for v in point.values])
    if point.name == "origin":
        return f"[come] from {places}"
    return rng.choice(("[be] made in ", "[be] made in ", "[be] manufactured in ")) + places


def _part_colour(point: Point, plan: Plan, _: random.Random) -> str | None:
    """The product's colour where the part is the product ("cable colour" of a patch cable), never a mere part's."""
    part = re.sub(r" colou?r$", "", point.name).split()[-1]
    if stem(part) == stem(what_it_is(plan)):
        return "[come] in " + join([value_of(point, v) for v in point.values])
    return None


def _only_numbers(point: Point, _: Plan, __: random.Random) -> str | None:
    return None if point.value[:1].isdigit() or point.value.startswith("-") else ""


def _warranty(point: Point, _: Plan, __: random.Random) -> str | None:
    return None if re.match(r"\d|lifetime|limited|one|two", point.value, re.I) else ""


def _use(point: Point, _: Plan, rng: random.Random) -> str | None:
    values = [value_of(point, v) for v in point.values]
    if person := re.match(r"(skin|hair)(?: type)?$", point.name):
        return f"[suit] {join([v.lower() for v in values])} {person[1]}" if "all" not in point.value.lower() else ""
    if all(v.lower() in ("short", "long", "normal", "all", "dry", "mid", "standard") for v in values):
        return ""
    verb = rng.choice(("[be] suitable for", "[be] intended for", "[be] for"))
    return f"{verb} {join([purpose(v, point) for v in point.values])}"


def _people(point: Point, _: Plan, __: random.Random) -> str | None:
    if point.name in ("sleeps", "seats"):
        return f"[{point.name[:-1]}] {point.value}"
    if point.name == "servings":
        return f"[provide] {point.value} servings"
    who = "players" if "player" in point.name else "person" if point.value == "1" else point.name
    return f"[be] for {point.value} {who}"


def _scent(point: Point, _: Plan, __: random.Random) -> str | None:
    if re.match(r"(un|no)", point.value):
        return f"[be] {point.value}" if point.value == "unscented" else ""
    return None


def _certificate(point: Point, _: Plan, __: random.Random) -> str | None:
    if any(re.search(r"[:()]", v) or len(v) > 28 for v in point.values):
        return ""
    if all(v.islower() for v in point.values):
        return "[be] " + ("" if point.value.endswith("free") else "certified ") + join(list(point.values))
    return None


def _yield(point: Point, plan: Plan, rng: random.Random) -> str | None:
    shade = re.match(r"(black|cyan|magenta|yellow|colou?r)\b", point.name)
    if shade and sum(p.kind == "yield" for p in plan.points) > 1:
        return f"[yield] {point.value} {shade[1]} pages"
    # A black cartridge's pages need no "black"; those of a set of several colours do.
    inks = next((p.value.lower() for p in plan.points if p.kind in ("inks", "colour")), "")
    if not shade or shade[1].startswith("col") or shade[1] in plan.name.lower() or shade[1] == inks:
        return fill(rng.choice(VERB_PHRASES["yield"]), point)
    return f"[yield] {point.value} {shade[1]} pages"


def _one_thing(item: str) -> str:
    """ "game board" → "a game board"; a number of things, a mass or a name as it is."""
    plain = re.fullmatch(r"(?:[A-Z]{2,4} |USB-C )?[a-z][a-z -]+", item)
    mass = re.search(r"(?:documentation|software|hardware|packaging|equipment|ware|ing|paper|oil|hardware)$", item)
    return item if not plain or mass or is_many(item) or item.startswith(("a ", "an ", "the ")) else article(item)


def _contents(point: Point, _: Plan, rng: random.Random) -> str | None:
    if len(point.values) == 1 and parse_quantities(point.value) and len(point.value.split()) < 3:
        return ""
    listed = join([_one_thing(value_of(point, v)) for v in point.values])
    return f"{rng.choice(('[come] with', '[include]'))} {listed}"


def _length(point: Point, _: Plan, __: random.Random) -> str | None:
    return f"[have] {article(point.name)} of {value_of(point)}" if point.name != "length" else None


def _material(point: Point, _: Plan, __: random.Random) -> str | None:
    return "" if any(len(v.split()) > 5 for v in point.values) else None


_KINDS: dict[str, Callable[[Point, Plan, random.Random], str | None]] = {
    "flag": _flag,
    "count": _count,
    "technology": _technology,
    "connectivity": _connectivity,
    "colour": _colour,
    "origin": _origin,
    "part_colour": _part_colour,
    "audience": lambda p, _, __: for_whom(p),
    "age": _only_numbers,
    "temperature": _only_numbers,
    "warranty": _warranty,
    "use": _use,
    "people": _people,
    "gender_end": lambda p, _, rng: genders(p.value, rng),
    "scent": _scent,
    "certificate": _certificate,
    "type": lambda p, _, __: "[be] " + join([v.lower() for v in p.values]),
    "year": lambda p, _, __: f"was {'published' if 'publi' in p.name else 'released'} in {p.value}",
    "ingredients": lambda p, _, __: "[be] made with " + join([value_of(p, v) for v in p.values]),
    "sizes": lambda p, _, __: f"[come] in size{'s' if len(p.values) > 1 else ''} {join(list(p.values))}",
    "size": lambda p, _, __: "",
    "volume": lambda p, _, __: None if re.search(r"capacity|volume", p.name) else "",
    "length": _length,
    "yield": _yield,
    "pack": lambda p, _, __: f"[have] {p.value} pieces" if "piece" in p.name else None,
    "contents": _contents,
    "material": _material,
}

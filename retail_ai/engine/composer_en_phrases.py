"""Turns one fact into an English verb phrase or noun phrase, by its kind. Joining them is in composer_en.py."""
# ruff: noqa: E501 (tables read better in long rows)

import random
import re

from retail_ai.engine.composer_en_frames import Sentence, close
from retail_ai.engine.composer_en_special import by_name
from retail_ai.engine.composer_en_words import (
    NOUN_PHRASES,
    VERB_PHRASES,
    article,
    fill,
    is_adjectival,
    join,
    value_of,
)
from retail_ai.engine.plan import Plan, Point
from retail_ai.engine.plan_names import has_unit
from retail_ai.engine.units import parse_quantities

_NUMBERS = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_ADJECTIVE = re.compile(
    r"(proof|(?<!\bc)(?<!\bt)able|safe|free|resistant|ready|cancelling|repellent|ible|powered|shielded|certified|plated|insulated|sealed)$|^non-|^hand-\w+ed$|^(vegan|wireless|cordless|reflective|organic|magnetic|foldable|"
    r"collapsible|rechargeable|portable|adjustable|waterproof|backlit|stackable|reversible|ergonomic|handmade|biodegradable|recyclable)$"
)
_NO_ARTICLE = re.compile(
    r"(?<!s)s$|feet$|ing$|\b(bluetooth|wi-fi|nfc|gps|lan|ethernet|protection|control|cancelling|charging|management|storage|lighting|memory|backlight|"
    r"audio|cushioning|resistance|insulation|off|on|plug|sound|4g|5g|lte|vibration|training|airprint|compatibility|compression|printing|playing|connectivity|support|playback|reduction|regulation|focus|backup|power|delivery|over ethernet|feedback|weighing|filtering|grip|firewire|detection|correction|printing|scanning|duplex)$", re.I,
)  # fmt: skip
_MASS = re.compile(r"(protection|resistance|insulation|cushioning|protein|energy|fat|salt|sugar)$")


def verb_phrase(point: Point, plan: Plan, rng: random.Random) -> str:
    """What the product does or is ("[weigh] 1.2 kg"), its verb in brackets; empty where no verb fits."""
    kind, values, product = point.kind, point.values, plan.name
    if special := by_name(point, plan, "verb", rng):
        return special
    if kind == "flag" and re.fullmatch(r"[a-z]{3,}(?:ated|able|ered|ented)", point.name):
        return f"[be] {point.name}"
    if kind == "flag" and _ADJECTIVE.search(point.name):
        return f"[be] {point.name}" if not point.name.endswith("cancelling") else ""
    if kind == "technology" and point.value.lower().endswith("technology"):
        return f"[use] {value_of(point)}"
    if kind == "connectivity" and re.fullmatch(r"(?i)(wired|wireless|cordless|corded)", point.value):
        return f"[be] {point.value.lower()}"
    if kind == "colour" and all(
        v.lower() in ("multicolour", "multicolor", "multicolored", "multicoloured") for v in values
    ):
        return "[be] multicoloured"
    if kind == "colour" and all(v.lower() in ("transparent", "clear", "metallic") for v in values):
        return f"[be] {value_of(point)}"
    if kind == "flag" and re.search(
        r" (training|playing|printing|scanning|copying|faxing|playback|recording|streaming|detection|reduction)$",
        point.name,
    ):
        return f"[support] {point.name}"
    if kind == "colour" and is_adjectival(point) and rng.random() < 0.5:
        return f"[be] {value_of(point)}"
    if kind == "origin" and point.name == "origin":
        return "[come] from " + join(list(values))
    if kind == "part_colour" and re.sub(r"s? colou?r$", "", point.name) in product.lower():
        return "[come] in " + join([value_of(point, v) for v in values])
    if kind == "audience":
        return _for_whom(point)
    if kind in ("age", "temperature") and not point.value[:1].isdigit() and not point.value.startswith("-"):
        return ""
    if kind == "warranty" and not re.match(r"\d|lifetime|limited|one|two", point.value, re.I):
        return ""
    if kind == "use" and (person := re.match(r"(skin|hair) type$", point.name)):
        return f"[suit] {join([value_of(point, v) for v in values])} {person[1]}" if "all" not in values else ""
    if kind == "use" and all(v.lower() in ("short", "long", "normal", "all", "dry", "mid") for v in values):
        return ""
    if kind == "use":
        return (
            rng.choice(("[be] suitable for", "[be] intended for", "[be] for"))
            + " "
            + join([_purpose(v, point) for v in values])
        )
    if kind == "people":
        return f"[be] for {point.value} {'players' if 'player' in point.name else 'person' if point.value == '1' else point.name}"
    if kind == "gender_end":
        return _genders(point.value, rng)
    if kind == "scent" and re.match(r"(un|no)", point.value):
        return f"[be] {point.value}" if point.value == "unscented" else ""
    if kind == "certificate" and any(re.search(r"[:()]", v) or len(v) > 28 for v in values):
        return ""
    if kind == "certificate" and all(v.islower() for v in values):
        return "[be] " + ("" if values[0].endswith("free") else "certified ") + join(list(values))
    if kind == "type":
        return "[be] " + join([v.lower() for v in values])
    if kind == "year":
        return f"was {'published' if 'publi' in point.name else 'released'} in {point.value}"
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
        if not shade or shade[1] in product.lower() or rng.random() < 0.5:
            return fill(rng.choice(VERB_PHRASES["yield"]), point)
        return f"[yield] {point.value} {shade[1] if shade else ''} pages".replace("  ", " ")
    if kind == "pack" and "piece" in point.name:
        return f"[have] {point.value} pieces"
    if kind == "contents" and len(values) == 1 and parse_quantities(point.value) and len(point.value.split()) < 3:
        return ""
    if kind == "material" and any(len(v.split()) > 5 for v in values):
        return ""
    options = VERB_PHRASES.get(kind, ())
    return fill(rng.choice(options), point) if options else ""


def noun_phrase(point: Point, plan: Plan, rng: random.Random) -> str:
    """What the product has ("a 6.1-inch display"); empty where that does not read well."""
    kind, product = point.kind, plan.name
    if special := by_name(point, plan, "noun", rng):
        return special
    if kind == "count":
        return _counted(point)
    if kind == "flag":
        return (
            point.name
            if (point.name.isupper() and " " not in point.name)
            or _NO_ARTICLE.search(point.name)
            or _ADJECTIVE.search(point.name)
            else article(point.name)
        )
    if kind == "cameras":
        items = join([value_of(point, v) for v in point.values])
        noun = point.name if "camera" in point.name else f"{point.name} camera"
        return (
            f"{items} {noun}" if noun.endswith("s") else article(f"{items} {noun}") if len(point.values) == 1 else ""
        )
    if kind == "battery_type" and "batter" in point.value.lower():
        return article(value_of(point)) if not point.value.lower().endswith("s") else value_of(point)
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
    if kind == "part_colour" and re.sub(r"s? colou?r$", "", point.name) in product.lower():
        return ""
    if kind == "" and re.fullmatch(r"\d+ [a-z]{4,}s", point.value) and not has_unit(point.value):
        return point.value
    if kind == "" and point.name.endswith("s") and not point.name.endswith("ss"):
        return ""
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
    return fill(rng.choice(options), point) if options else ""


def _described(point: Point) -> str:
    """ "sunny" position → "a sunny position"; "waterproof membrane" → the value alone; empty where neither reads well."""
    value, name = value_of(point), point.name
    if len(point.values) > 1 or (
        any(c.isdigit() for c in value.split()[-1]) and not re.search(r"socket|connector", name)
    ):
        return ""
    if re.search(rf"\b{re.escape(name.split()[-1])}$", value, re.I):
        return (
            value
            if value.endswith("s")
            or re.search(r"(ing|ware|ry|ment)$|\b(memory|ink|paper|storage|plastic|steel)$", value)
            else article(value)
        )
    if re.fullmatch(r"[A-Za-z0-9][\w-]*", value) and not re.search(
        r"(for|with|time|date|type of .*|fuel|content|age|charging|standard\w*)$", name
    ):
        phrase = f"{value} {name}"
        return phrase if (name.endswith("s") and not name.endswith("ss")) or _MASS.search(name) else article(phrase)
    return ""


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


_PLACES = frozenset("kitchen garden bathroom bedroom office home living room nursery beach pool car".split())  # noqa: SIM905
_DEVICES = re.compile(
    r"(?:tablet|notebook|laptop|monitor|printer|phone|smartphone|party|wedding|picnic|case|battery|processor|camera|computer|scanner|projector|bike|bed|desk|table|sofa|lawn)$"
)


def _purpose(value: str, point: Point) -> str:
    """ "Indoor" → "indoor use", "tablet" → "tablets", "kitchen" → "the kitchen"; other words as they are."""
    said = value_of(point, value)
    plain = said.lower()
    if re.fullmatch(
        r"(?:(?:in|out)door|domestic|commercial|industrial|professional|daily|everyday|private)(?:/(?:in|out)door)?",
        plain,
    ):
        return f"{plain} use"
    if plain in _PLACES:
        return f"the {plain}"
    if _DEVICES.search(plain) and "/" not in plain:
        said = plain if said[1:].islower() else said
        return said[:-1] + "ies" if plain.endswith("y") else said + "s"
    return said


_PEOPLE = {
    "boy": "boys",
    "girl": "girls",
    "man": "men",
    "woman": "women",
    "male": "men",
    "female": "women",
    "child": "children",
}


def _for_whom(point: Point) -> str:
    """ "Boy/Girl" → "[be] made for boys and girls"; empty for groups that are not people."""
    groups = [g.strip().lower() for v in point.values for g in re.split(r"[/&]|\band\b", v) if g.strip()]
    if groups == ["unisex"]:
        return "[be] unisex"
    people = [_PEOPLE.get(g, g) for g in groups]
    known = {*_PEOPLE.values(), "kids", "adults", "babies", "teens", "toddlers"}
    return f"[be] made for {join(people)}" if people and set(people) <= known else ""


def _genders(value: str, rng: random.Random) -> str:
    ends = [end.lower().replace(" connector", "").strip() for end in value.split("/")]
    if not set(ends) <= {"male", "female"} or len(ends) > 2:
        return ""
    if len(ends) == 2 and ends[0] == ends[1]:
        each = (
            f"{ends[0]} connectors at both ends",
            f"a {ends[0]} connector at each end",
            f"a {ends[0]} connector at both ends",
        )
        return f"[have] {rng.choice(each)}"
    if len(ends) == 2 and rng.random() < 0.5:
        return f"[have] a {ends[0]} connector at one end and a {ends[1]} connector at the other"
    return f"[have] a {' and a '.join(ends)} connector"


def connector_phrase(point: Point) -> str:
    kinds = [p.value for p in point.parts or (point,)]
    if len(kinds) == 1:
        return f"[have] {article(kinds[0])} connector" if len(point.values) == 1 else ""
    if kinds[0].lower() == kinds[1].lower():
        return f"[have] {kinds[0]} connectors at both ends"
    return f"[have] {article(kinds[0])} connector at one end and {article(kinds[1])} connector at the other"


def sides_phrase(point: Point) -> str:
    words = {"width": "wide", "height": "high", "depth": "deep"}
    sides = [f"{value_of(p)} {words[p.kind] if 'thick' not in p.name else 'thick'}" for p in point.parts]
    return f"[be] {join(sides)}"


def stated(point: Point, rng: random.Random) -> str:
    """ "the sowing time is April"; for what neither a verb nor "it has" can say."""
    values, name = _alike(point), point.name.removesuffix(" installed")
    name = name[:-1] if name.endswith("colours") and len(values) == 1 else name
    plural = name.endswith("s") and not name.endswith(("ss", "us", "is"))
    return f"{rng.choice(('the', 'the', 'its'))} {name} {'are' if plural else 'is'} {join(values)}"


def _alike(point: Point) -> list[str]:
    """The values in running text; all as written where some must keep their capital."""
    values = [value_of(point, v) for v in point.values]
    return list(point.values) if len(values) > 1 and any(v.isalpha() and v[0].isupper() for v in values) else values


def whole_sentence(point: Point) -> Sentence | None:
    """A sentence of its own for care and the like, and for lists; None for other kinds."""
    values = _alike(point)
    if point.kind in ("care", "colon"):
        values = [value_of(point, v) for v in point.values]
        return Sentence(close(f"{point.name[0].upper()}{point.name[1:]}: {', '.join(values)}"), point.fact_ids)
    name = point.name
    if name.endswith("s") and not name.endswith("ss") and len(values) > 1 and name not in ("this",):
        return Sentence(close(f"The {name} are {join(values)}"), point.fact_ids)
    return None

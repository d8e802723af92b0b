"""Turns one fact into an English noun phrase ("a 6.1-inch display"), by its kind. Joining is in composer_en.py."""
# ruff: noqa: E501 (tables read better in long rows)

import random
import re

from retail_ai.engine.composer_en_number import counted, is_many, one_of
from retail_ai.engine.composer_en_phrases import NOUN_PHRASES
from retail_ai.engine.composer_en_special import by_name
from retail_ai.engine.composer_en_verbs import ADJECTIVE
from retail_ai.engine.composer_en_words import adjective, article, fill, join, value_of, what_it_is
from retail_ai.engine.plan import Plan, Point
from retail_ai.engine.plan_names import CASED, has_unit
from retail_ai.engine.units import canonical_dimension, parse_quantities

_NO_ARTICLE = re.compile(
    r"(?<!s)s$|feet$|ing$|\b(bluetooth|wi-fi|nfc|gps|lan|ethernet|protection|control|cancelling|charging|management|storage|lighting|memory|backlight|"
    r"audio|cushioning|resistance|insulation|off|on|plug|sound|4g|5g|lte|vibration|training|airprint|compatibility|compression|printing|playing|connectivity|support|playback|reduction|regulation|focus|backup|power|delivery|over ethernet|feedback|adjustment|weighing|filtering|grip|firewire|detection|correction|printing|scanning|duplex|steam|access|wrap|band|multiplayer|security|encryption|translation|play)$", re.I,
)  # fmt: skip
_MASS = re.compile(r"(protection|resistance|insulation|cushioning|protein|energy|fat|salt|sugar|adhesive|shielding)$")
# Things a product can be said to have ("a zip closure"); of other names ("form factor") it is said what they are.
_THINGS = frozenset(
    """
    handle sole hood collar pocket strap lid base wheel display keyboard mouse plug socket adhesive shielding lining cushion filter blade magnet lens membrane
    coil closure neckline sleeve finish cover boot conductor jacket zip buckle cable cord plate ring upper heel frame seat back drawer door shelf leg foot
    pole tip head body case shell band bracelet dial clasp chain stone bezel crystal button key stick nib brush roller bristle bowl spout cap cup bottle tube
    bag box tray basket hook clip clamp bracket arm joint hinge knob lever pedal saddle fork brake gear tyre tire rim hub bearing engine motor pump valve nozzle
    hose tank burner grill hob oven fan heater lamp bulb shade switch dimmer sensor antenna chip chipset processor speaker microphone camera connector
    port jack slot adapter charger remote stylus pen paint coating surface edge corner seam stitching hem waist cuff fringe pattern print motif design
    padding filling mattress pillow duvet topper curtain rug mat sheet fabric yarn thread needle backing binding spine page paper ink tape film layer panel window screen
    mount stand tripod rail rack carrier trailer basket net fence gate roof canopy tent awning ladder step string bow bridge neck fretboard pickguard tuner drum cymbal
    diaphragm driver tweeter woofer amplifier insole dispenser theme
    """.split()  # noqa: SIM905
)
# What is measured: "a torque of 60 Nm" reads well, "a headphone connectivity of 3.5 mm" does not.
_MEASURES = re.compile(
    r"(?:length|width|height|depth|thickness|diameter|radius|circumference|weight|mass|speed|capacity|rate|time|power|frequency|range|distance|size|level|ratio|output|input|voltage|current|temperature|bandwidth|resolution|torque|"
    r"sensitivity|impedance|airflow|flow|volume|energy|pressure|consumption|yield|load|area|life|angle|dose|span|period|duration|pitch|density|brightness|strength|force|throughput|latency|delay|reach|clearance|travel|stroke|content|"
    r"column|rating|drop|wattage|lumens?|flux|efficiency|gain|noise|amount|quantity|limit|tolerance|grammage|count|dimensions?|buffer|cache|footprint|setting)$", re.I,
)  # fmt: skip
_AMOUNT = re.compile(r"(?:up to |max\.? |min\.? |approx\.? |[-−~≈<>±])?\s?\d[\d.,\s]*(?:(?:-|–|to|x|×|/)\s?[\d.,]+\s?)*\D{0,14}", re.I)  # fmt: skip


def noun_phrase(point: Point, plan: Plan, rng: random.Random) -> str:
    """What the product has; empty where that does not read well."""
    if point.parts and point.kind in _PAIRED:
        return _pair(point)
    if special := by_name(point, plan, "noun", rng):
        return special
    if point.kind == "":
        return _of_own_name(point, plan)
    if point.kind in ("part_material", "part_colour", "style", "scent", "finish"):
        return _part(point, plan)
    said = _of_kind(point)
    if said is not None:
        return said
    options = NOUN_PHRASES.get(point.kind, ())
    return fill(rng.choice(options), point) if options else ""


# A point that took another in, by the kind of the other: "8 GB of DDR4 memory".
_PAIRED = frozenset(["memory", "storage", "screen"])


def _pair(point: Point) -> str:
    first, other = point.parts
    value, more = value_of(first), join([value_of(other, v) for v in other.values])
    if point.kind == "screen":
        shown = value if re.search(r"display|screen", value, re.I) else f"{adjective(value)} display"
        return (
            f"{article(shown)} with {article(other.name.removeprefix('display ').removeprefix('screen '))} of {more}"
        )
    noun = "storage" if point.kind == "storage" else "memory"
    more = re.sub(rf"\s*{noun}$", "", more, flags=re.I)
    return f"{value} of {more} {noun}"


def _of_kind(point: Point) -> str | None:
    """The phrase of a kind with rules of its own; None where the table serves."""
    kind, value = point.kind, value_of(point)
    if kind == "count":
        return counted(int(point.value.replace(",", "")), point.name)
    if kind == "flag":
        if re.fullmatch(r"[a-z]+\d+", point.name):
            return point.name.upper()
        acronym = sum(map(str.isupper, point.name)) > 2 and " " not in point.name
        bare = acronym or _NO_ARTICLE.search(point.name) or ADJECTIVE.search(point.name)
        return point.name if bare else article(point.name)
    if kind == "cameras":
        return _cameras(point)
    if kind == "battery_type" and re.match(r"(?:[2-9]|\d\d) ?[x×]? ?[A-Z]", value):
        return f"{value} batteries"
    if kind == "battery_type" and "batter" in value.lower():
        return value if value.lower().endswith("s") else article(value)
    if kind == "display_type":
        return article(f"{point.value} {point.name.split()[0]}") if len(point.values) == 1 else ""
    if kind == "water":
        return f"{point.value} water resistance" if re.match(r"IP", point.value) else ""
    if kind == "quality":
        return _quality(point)
    if kind == "storage" and not re.fullmatch(r"[\d.,]+\s?[KMGT]B", point.value):
        return f"{value} storage"
    return "" if kind in ("power", "speed", "battery_life", "load", "resolution") and len(point.values) > 1 else None


def _cameras(point: Point) -> str:
    items = join([value_of(point, v) for v in point.values])
    noun = point.name if "camera" in point.name else f"{point.name} camera"
    if noun.endswith("s"):
        return f"{items} {noun}"
    return article(f"{items} {noun}") if len(point.values) == 1 else ""


def _quality(point: Point) -> str:
    if len(point.values) > 1 or len(point.value.split()) > 1 or parse_quantities(point.value):
        return ""
    value = one_of(value_of(point)) if point.name == "closure" else value_of(point)
    phrase = f"{value} {point.name}"
    if re.search(rf"neck$|{re.escape(point.name)}$", point.value, re.I):
        phrase = value_of(point) if point.name != "neckline" else phrase.replace("neck neckline", "neckline")
    if point.name == "closure" and point.value.lower() in ("none", "open"):
        return ""
    return phrase if _MASS.search(point.name) else article(phrase)


def _part(point: Point, plan: Plan) -> str:
    values = [value_of(point, v) for v in point.values]
    if point.kind == "part_colour" and re.sub(r"s? colou?r$", "", point.name) in plan.name.lower():
        return ""
    if any(len(v.split()) > 4 or ("(" in v and point.kind == "style") for v in values):
        return ""
    if point.kind == "scent" and any(re.match(r"un|no", v) for v in values):
        return ""
    part = re.sub(r"\s*(colou?r|materials?|(?<=finish) type)$", "", point.name) or point.name
    whole = f"{join(values)} {part}"
    return whole if (part.endswith("s") and not part.endswith("ss")) or _MASS.search(part) else article(whole)


def _of_own_name(point: Point, plan: Plan) -> str:
    """An attribute that only its own name can say: an amount, a number of things, or a thing it has."""
    stated_amount = parse_quantities(point.value) if is_amount(point.value) else []
    # "dpi: 26000", "lumens: 806 lm": the unit says it all; and so does "Wi-Fi: Wi-Fi 6".
    if stated_amount and stated_amount[0].unit and canonical_dimension(point.name) == stated_amount[0].dimension:
        return value_of(point)
    if len(point.values) == 1 and re.match(rf"{re.escape(point.name)}\s?\d", point.value, re.I):
        return point.value
    if re.fullmatch(r"\d+ [a-z]{4,}s", point.value) and not has_unit(point.value):
        return point.value
    if is_amount(point.value):
        amount = len(point.values) == 1 and bool(_MEASURES.search(point.name)) and not is_many(point.name)
        return f"{article(point.name)} of {value_of(point)}" if amount else ""
    return _thing(point, plan)


def _thing(point: Point, plan: Plan) -> str:
    """ "sole: rubber" → "a rubber sole"; "membrane: waterproof membrane" → the value alone; else empty."""
    value, name = value_of(point), point.name.removesuffix(" type")
    head = one_of(name.split()[-1]).lower()
    if head == one_of(what_it_is(plan).lower()):
        return ""
    if len(point.values) > 1 or head not in _THINGS or len(value.split()) > 3 or re.search(r"[(/&]|\d$", value):
        return ""
    if re.search(rf"\b{re.escape(head)}s?$", value, re.I):
        return value if is_many(value) or _MASS.search(value) else article(value)
    # "surface: Road": before a thing the value is a plain word, unless it is a name that other words may hold.
    if (
        re.fullmatch(r"[A-Z][a-z]{2,}", value)
        and value.lower() not in CASED
        and name.split()[-1] not in ("lock", "plug")
    ):
        value = value.lower()
    phrase = f"{value} {name}"
    return phrase if is_many(name) or _MASS.search(name) else article(phrase)


def is_amount(value: str) -> bool:
    """Whether the value is an amount and nothing else: "13 mm", not "288-pin DIMM"."""
    amounts = parse_quantities(value)
    return bool(amounts) and len(value) < 40 and "," not in value and bool(_AMOUNT.fullmatch(value)) and bool(
        amounts[-1].end >= len(value.rstrip(" .")) - 1
    )  # fmt: skip

"""From the points of a product leaves out what a reader was told already: by its name, or by another point.

It also calls attributes as one would of this product: the "cable length" of a cable is its length.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from retail_ai.engine.claims_names_zh import NAMES
from retail_ai.engine.claims_text import compact, stem, words
from retail_ai.engine.claims_vocabulary import NEUTRAL
from retail_ai.engine.grounding_facts import Fact, FactBase
from retail_ai.engine.plan_names import kind_of
from retail_ai.engine.plan_points import Point, point_of

# What a name may say as well as a sentence: kinds left out then, the second only where enough is left to say.
_NEVER_TWICE = ("type", "style", "technology", "model", "connectivity", "author", "battery_type")
_ONCE = ("colour", "part_colour", "length", "", "storage", "memory", "voltage", "power", "volume", "flag", "material")
_ENOUGH = 3
# Kinds of which a second value would read like another thing: "DDR memory and DRAM memory".
_SINGLE = ("memory_type", "battery_type", "storage_media", "display_type", "screen", "memory", "processor")
# Kinds that an attribute may turn out to be of, once the product's own noun is taken from its name.
_OWN = frozenset(
    """
    colour material length width height depth weight style speed resolution finish technology diameter
    volume
    """.split()  # noqa: SIM905
)


def points_of(base: FactBase, name: str, noun: str) -> list[Point]:
    """What can be said of the product that its name and the other points do not say, in the facts' order."""
    contested = {fact.id for _, *both in base.contested for fact in both}
    usable = [f for f in base.known if f.id.startswith("a") and f.id not in contested and f.polarity is True]
    if is_foreign([f.name for f in usable]):
        return [p for f in usable if (p := _listed(f.name, f.value, f.id))]
    found = [own_named(p, noun) for p in (_point(f, base) for f in usable) if p]
    found = list(_unrepeated(found, f"{name} {noun}", base))
    rest = [p for p in found if not (p.kind in _ONCE and _said_in(p, name))]
    return rest if len(rest) >= _ENOUGH else found


def _point(fact: Fact, base: FactBase) -> Point | None:
    point = point_of(fact, base)
    return (
        _listed(fact.name, fact.value, fact.id)
        if point and point.kind in ("", "flag", "listed") and _is_foreign_name(fact.name)
        else point
    )


def is_foreign(names: list[str]) -> bool:
    """Whether a catalogue names its attributes in another language: English sentences of them would be a mixture."""
    known = sum(
        bool(kind_of(n)) or any(w in NEUTRAL or w in _COMMON for w in words(n.lower().replace("_", " ")))
        for n in names
        if n.isascii()
    )
    enough = len(names) > 3 or (len(names) > 1 and not any(n.isascii() for n in names))
    return enough and known <= 0.2 * len(names)


_COMMON = frozenset(word for name in NAMES if name.isascii() for word in name.lower().split())


def _listed(name: str, value: str, fact: str) -> Point | None:
    """ "Farbe: blau" as the catalogue has it."""
    name = " ".join(name.replace("_", " ").split())
    short = 0 < len(name) < 40 and len(value) < 80 and not re.search(r"[<>{}|\n]|https?:|[.!?]\s", f"{name} {value}")
    return Point("listed", name, (value,), (fact,)) if short else None


# Words of attributes' names in the languages of Europe's feeds.
_FOREIGN = frozenset(
    """
    farbe größe größen gewicht herkunft zutaten pflege länge breite höhe tiefe inhalt anzahl griff füllung futter marke
    obermaterial aufbewahrung magnetisch spitzen nettogewicht brennwert allergene wasserabweisend kapuze bio-siegel
    poids matière couleur taille origine ingrédients allergènes biologique longueur largeur hauteur temps cuisson
    sans parfum autor sprache einband rezeptpflichtig auteur langue éditeur couverture idioma autore lingua
    peso talla origen colore taglia materiale kleur maat materiaal herkomst
    """.split()  # noqa: SIM905
)


_GERMAN = re.compile(
    r"[a-zäöü]{3}(?:zeit|keit|heit|schaft|jahr|zahl|stoff|pflichtig|dauer|leistung|sprache|größe|anzahl)$"
)


def _is_foreign_name(name: str) -> bool:
    """Whether an attribute is named in another language in a catalogue that is else in English."""
    plain = name.lower()
    return bool(_FOREIGN & set(plain.split()) or re.search(r"[^\x00-\x7f°²³µ]", name) or _GERMAN.search(plain))


def own_named(point: Point, noun: str) -> Point:
    """The point with the product's noun taken from the front of the attribute's name, where that reads as well."""
    if not noun or point.kind == "flag":
        return point
    for front in (noun.lower(), noun.lower().split()[-1]):
        rest = point.name[len(front) :].strip()
        if point.name.startswith(f"{front} ") and len(rest) > 3 and rest not in ("type", "types", "size", "number"):
            kind = point.kind if point.kind == "count" else kind_of(rest)
            if kind == point.kind or kind in _OWN or (kind == "" and point.kind == "battery_type"):
                return replace(point, kind=kind, name=rest)
    return point


def _unrepeated(points: list[Point], named: str, base: FactBase) -> Iterable[Point]:
    """Each point unless one before it, a better one of the same value, or the name says the same."""
    seen: set[str] = set()
    inks = next((p.values for p in points if p.kind == "inks"), ())
    several = sum(p.kind == "compat" for p in points) > 1
    told = {compact(v) for p in points if p.kind not in ("", "flag", "count") for v in p.values}
    kinds: set[str] = set()
    certified = {f"{v.lower()} certified" for p in points if p.kind == "certificate" for v in p.values}
    counted = [p.name for p in points if p.kind == "count"]
    systems = 0
    for point in points:
        key = compact(point.name) if point.kind in ("count", "flag", "") else "|".join(map(compact, point.values))
        systems += point.kind == "compat_os"
        if (
            key in seen
            or (point.kind == "processor" and ("cpu" in seen or "processor" in named.lower()))
            or (point.kind in _NEVER_TWICE and _said_in(point, named))
            or (point.kind == "audience" and "audience" in seen)
            or (point.kind == "battery_type" and "battery" in seen)
            or (point.kind == "compat_os" and systems > 2)
            or (point.kind == "compat" and _own_brand(point, base, several))
            or (point.kind in ("colour", "part_colour") and inks)
            or (point.kind == "" and all(compact(v) in told for v in point.values))
            or (point.kind == "" and (_said_in(point, named) or _own_brand(point, base, False)))
            or (point.kind == "count" and point.value == "1" and stem(point.name) in map(stem, named.lower().split()))
            or (point.kind == "flag" and any(same_thing(point.name, c) for c in counted))
            or (point.kind == "flag" and point.name.lower() in certified)
            or (point.kind in _SINGLE and point.kind in kinds)
        ):
            continue
        kinds.add(point.kind)
        seen |= {
            key,
            {"processor": "cpu"}.get(point.kind, point.kind if point.kind in ("audience", "battery") else key),
        }
        yield point


def same_thing(name: str, other: str) -> bool:
    """ "USB port" and "USB ports"."""
    return [stem(w) for w in name.lower().split()] == [stem(w) for w in other.lower().split()]


def _own_brand(point: Point, base: FactBase, several: bool) -> bool:
    """ "compatibility: Epson" of an Epson cartridge, or of any where the models are named as well."""
    brand = base.product.brand.lower()
    return ("brand" in point.name and several) or (bool(brand) and all(v.lower() == brand for v in point.values))


def _said_in(point: Point, name: str) -> bool:
    """Whether the name holds each value, word for word."""
    held = f" {' '.join(stem(word) for word in name.replace(',', ' ').split())} "
    plain = compact(name)
    return all(
        f" {' '.join(stem(word) for word in v.split())} " in held if v.isalpha() else compact(v) in plain
        for v in point.values
    )

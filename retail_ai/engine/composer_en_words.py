"""The grammar around English phrases: articles, plurals, agreement, how a value and a name are written. It orders
nothing; the phrases stand in composer_en_phrases.py.
"""
# ruff: noqa: E501 (tables read better in long rows)

import re

from retail_ai.engine.claims_text import stem
from retail_ai.engine.claims_vocabulary import NEUTRAL
from retail_ai.engine.claims_words import COLOURS, MATERIALS, PERFORMANCE, PLACES
from retail_ai.engine.composer_en_number import is_many
from retail_ai.engine.plan import Plan, Point
from retail_ai.engine.plan_names import CASED

_THIRD = {"be": "is", "have": "has", "do": "does", "carry": "carries", "go": "goes"}
_LETTERS = frozenset(
    """
    HDMI LED LCD SSD FM SD RJ RGB NFC MP HDR LGA LTE LPG MDF MP3 HD HDD FSC RFID SLR XL X XLR SPF L M S
    """.split()  # noqa: SIM905
)
_PLURALS = frozenset(
    """
    headphones earphones earbuds speakers labels cables shoes boots sneakers trainers sandals slippers socks gloves
    mittens jeans trousers pants shorts leggings tights glasses sunglasses goggles scissors pliers towels sheets
    curtains candles knives plates bowls mugs cups pencils pens markers crayons batteries cards envelopes bags
    blocks bricks dumbbells skis poles toys cartridges filters bulbs lights wipes capsules beans noodles tweezers
    clippers binoculars covers pads coasters cushions pillows pegs coins stickers inserts clips screws tiles rolls
    adapters accessories shears secateurs chopsticks straws
    """.split()  # noqa: SIM905
)
_SINGULAR_S = frozenset("lens series gallows windows species corps news physics mens womens express wings".split())  # noqa: SIM905
# Kinds whose values are ordinary words however a feed writes them ("Midnight Blue", "Slider").
_PLAIN = frozenset(
    "colour inks part_colour material part_material style finish quality type scent ingredients care colon".split()  # noqa: SIM905
)
_WORDS_FOR = re.compile(
    r"\b(?:genre|binding|pattern|style|fit|cut|position|shape|mode|method|form|texture|coverage|sleeve|collar|occasion|season|"
    r"position|level|grade|system|finish|quality|layout|orientation|control|design|plating|coating)$"
)
_NAMES = frozenset(
    """
    model series os processor graphics compat compat_os origin author certificate size voltage camera
    """.split()  # noqa: SIM905
)


def article(noun: str) -> str:
    """The noun phrase with "a" or "an" as it is spoken."""
    first = re.split(r"[\s-]", noun)[0].strip("(\"'")
    if re.match(r"(8|11(?!\d{2})|18(?!\d{2}))", first) or (first.upper() in _LETTERS and first.isupper()):
        return f"an {noun}"
    if re.match(r"[aefhilmnorsxAEFHILMNORSX]\d", first):
        return f"an {noun}"
    if first == "NVIDIA":
        return f"an {noun}"
    if first.isupper() and len(first) > 1 and not re.search(r"[AEIOUY]", first[1:]) and first[0] in "FHLMNRSX":
        return f"an {noun}"
    if re.match(r"(?i)(uni|use|usb|euro|one\b|u[a-z]\b|ukul)", first) or (first.isupper() and first.startswith("U")):
        return f"a {noun}"
    return f"an {noun}" if re.match(r"(?i)[aeiou]|hour|honest|heir", first) else f"a {noun}"


# "labels hard-wearing": an adjective after the noun, as catalogues write.
_AFTERTHOUGHT = re.compile(r"^[a-z]+-(?:[a-z]+(?:ing|ed)|free|proof)$")


_PEOPLE = frozenset("kids men women adults boys girls children ladies babies toddlers seniors".split())  # noqa: SIM905


def head_of(name: str) -> str:
    """The word of a name that says what the thing is: "labels" of "Inkjet labels A4"; empty for an empty name."""
    head = re.split(r"\b(?:with|for|in|of|by|to)\b", name)[0].split()
    while len(head) > 1 and head[-1].lower() in _PEOPLE:  # "Sunscreen SPF 50 kids" is one sunscreen
        head.pop()
    while len(head) > 1 and (
        re.search(r"\d", head[-1]) or not re.search(r"[a-z]{2}", head[-1]) or _AFTERTHOUGHT.search(head[-1])
    ):
        head.pop()
    return head[-1].strip(",") if head else ""


def what_it_is(plan: Plan) -> str:
    """The word that says what the product is: "cable" of a patch cable."""
    return head_of(plan.noun or plan.name)


def is_plural(noun: str) -> bool:
    """Whether a product's name or noun takes "are"."""
    head = head_of(noun)
    last = head.lower()
    if last in _PLURALS or (noun.islower() and is_many(last) and last not in _SINGULAR_S):
        return True
    return (
        noun.split()[:1] != [head]
        and bool(re.fullmatch(r"[A-Za-z]?[a-z]+[a-rt-z]s", head))
        and not last.endswith(("us", "is", "as", "os"))
        and last not in _SINGULAR_S
    )


def is_adjectival(point: Point) -> bool:
    """A plain colour word that may stand before a noun and is no material too ("steel", "oatmeal")."""
    colour = point.value.lower()
    return len(point.values) == 1 and colour in COLOURS and len(colour.split()) == 1


def conjugate(phrase: str, plural: bool) -> str:
    """ "[come] in black" → "comes in black" / "come in black"."""

    def verb(match: re.Match[str]) -> str:
        base = match[1]
        if plural:
            return "are" if base == "be" else base
        return _THIRD.get(base, base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s"))

    return re.sub(r"\[(\w+)\]", verb, phrase)


def join(items: list[str], cap: int = 5) -> str:
    """ "a, b and c"; a longer list is shown as part of a whole."""
    if len(items) > cap:
        return join(items[:cap], cap)
    if len(items) < 2:
        return "".join(items)
    last = " and " if not any(" and " in item for item in items) else ", and "
    return ", ".join(items[:-1]) + last + items[-1]


def value_of(point: Point, value: str | None = None) -> str:
    """The value as it stands in a sentence: ordinary words lose their capital, units get their blank."""
    value = point.value if value is None else value
    value = re.sub(r"^(\d+)\.0+(?=\s[a-z])", r"\1", value)
    value = re.sub(r"(?<![\d.,])(\d+),(\d{1,2})(?=\s?(?:kg|g|mm|cm|m|l|ml|W|V|%|A|Ah)\b)", r"\1.\2", value)
    value = (
        value
        if "802.1" in value
        else re.sub(
            r"(?<=\d)(?=(?:kg|g|mm|cm|m|ft|l|h|ml|W|V|A|GB|TB|MB|Hz|kHz|MHz|GHz|mAh|Wh|MP|dB|lm|nits|Mbps|Gbps|hrs|hr|fps|ppi|rpm|dpi|kPa|Pa|min|years?|months?|days?|hours?)\b)",
            " ",
            value,
        )
    )
    if point.kind in _NAMES:
        return value
    ordinary = point.kind in _PLAIN or (point.kind == "" and _WORDS_FOR.search(point.name))
    if ordinary and re.fullmatch(r"[A-Z][a-z]+(?:[ -][A-Za-z][a-z]+)*(?: \([A-Z]{2,4}\))?", value):
        return re.sub(r"[A-Z][a-z]+", lambda m: m[0] if m[0].lower() in _PLACE_NAMES else m[0].lower(), value)
    if point.kind == "use" and re.fullmatch(r"[A-Z][a-z]+(?: [a-z]+)+", value):
        return value[0].lower() + value[1:]
    parts = value.split()
    text = " ".join(_lower(word, i, " ".join(parts[i + 1 :])) for i, word in enumerate(parts))
    # Half in capitals reads like a slip: "HP USB standard Keyboard" stays as the catalogue has it.
    return value if text != value and re.search(r" [A-Z][a-z]+", text) else text


_WITH_THE = re.compile(
    r"(?:United|USA$|US$|UK$|EU$|PRC$|P\.R\.C\.|Netherlands|Philippines|Czech Republic|Dominican|European)", re.I
)


def with_the(place: str) -> str:
    """The place as it stands in a sentence: "the Netherlands"."""
    return f"the {place}" if _WITH_THE.match(place) else place


def adjective(value: str) -> str:
    """ "6.1 inches" → "6.1-inch", "2 years" → "2-year"; other values as they are."""
    value = re.sub(r"^(\d+)\s?(?:y|yr)$", r"\1 years", value.strip())
    match = re.fullmatch(
        r"([\d.,]+)[\s-]?((?:kilo)?watt hours|(?:milli)?ampere hours|inch(?:es)?|in|\"|″|”|years?|yrs?|months?|days?|hours?|litres?|liters?|metres?|meters?)",
        value.strip(),
        re.I,
    )
    if not match:
        return value
    unit = {"in": "inch", '"': "inch", "″": "inch", "”": "inch", "yr": "year", "yrs": "year", "inches": "inch"}.get(
        match[2].lower(), match[2].lower().rstrip("s")
    )
    return f"{match[1]}-{unit.replace(' ', '-')}"


def fill(template: str, point: Point) -> str:
    """A template of the tables above with the point's words in it."""
    value = value_of(point)
    items = [value_of(point, v) for v in point.values]
    name = point.name
    part = re.sub(r"\s*(colou?r|materials?)$", "", name) or name

    def put(match: re.Match[str]) -> str:
        key = match[1]
        if key == "v":
            return (
                join(items)
                if point.kind in ("colour", "inks", "material", "finish", "certificate", "audience")
                else value
            )
        if key == "l":
            return join(items)
        if key == "n":
            return name
        if key == "n:part":
            return part
        if key.startswith("n:"):
            options = key[2:].split("|")
            if any(re.search(rf"\b{o}s?\b", value, re.I) for o in options):
                return ""
            return next((o for o in options if re.search(rf"\b{o}\b", name, re.I)), options[0])
        noun = {
            "a:v": value,
            "a:n": name,
            "a:j": adjective(value),
            "a:w": adjective(re.sub(r"\s*(limited )?warranty$", r" \1", value, flags=re.I).strip()),
            "a:p": name if name != "power" else "power rating",
        }[key]
        return noun if (match[1] == "a:v" and is_plural(part)) else article(noun)

    if "guarantee" in name:
        template = template.replace("warranty", "guarantee")
    return " ".join(re.sub(r"\{([a-z:|A-Z]+)\}", put, template).split())


def _lower(word: str, position: int, after: str = "") -> str:
    bare = word.strip("(),;")
    if len(bare) == 1 and position:
        return word
    if bare == "WiFi":  # as the catalogue writes it
        return word
    if bare.lower() in CASED:
        return word.replace(bare, CASED[bare.lower()])
    if any(c.isdigit() for c in bare) or (any(c.isupper() for c in bare[1:]) and "-" not in bare):
        return word
    if bare.lower() in _PLACE_NAMES:
        return word
    if "-" in bare and any(part.isupper() and len(part) > 1 for part in bare.split("-")):
        return word
    if word.startswith("("):
        return word
    if all(part in _COMMON for part in re.split(r"[-/]", bare.lower())) or re.search(
        r"(based|ed|ing|ly|ate|ent|ous|less|free|able|proof)$", bare
    ):
        return word.lower()
    # "Optical" alone or before small letters is a word; in "Serial ATA III" it is a part of a name.
    plain = re.search(r"[a-z]{3}(?:al|ular|ible|ium|tion|ness|ment|ive)$|^[A-Z][a-z]+-[a-z]{2,}$", bare)
    if plain and bare.lower() not in _PLACE_NAMES and not re.search(r"[A-Z]", after):
        return word.lower()
    return word.lower() if stem(bare) in _ORDINARY or bare.lower() in _LISTED else word


_PLACE_NAMES = frozenset(n for place, joined in PLACES.items() for n in (place, *joined.split("|"))) | {
    "pascal", "senegal", "natal", "belgium", "montreal"
}  # fmt: skip
_ORDINARY = frozenset(stem(word) for word in NEUTRAL)
_LISTED = frozenset(
    w for t in (MATERIALS, COLOURS, PERFORMANCE) for j in t.values() for p in j.split("|") for w in p.split()
)
_COMMON = frozenset(
    """
    and or with ink printing fibre connector steel paper laser inkjet metal type wired mini flat round square
    clamshell tower bar optical mechanical digital manual box pigment dye water self adhesive glossy matte matt
    satin plastic front side top pocket male female ear light dark landscape portrait low high single multi mode
    composite wheel active passive notebook convertible detachable desktop scroll heat laptop soft shell smartphone server
    smoke zero halogen anti scratch finish colour cover case bag indoor outdoor tablet touchscreen stereo mono
    standard vertical horizontal permanent removable gloss semi hard soft city sport classic
    """.split()  # noqa: SIM905
)

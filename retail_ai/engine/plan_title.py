"""What to call a product: its title without the list of specifications, and the noun for what it is."""
# ruff: noqa: E501 (word lists)

import re

from retail_ai.engine.claims_text import stem, stems
from retail_ai.engine.claims_words import COLOURS, MATERIALS
from retail_ai.engine.composer_en_number import many_of, one_of
from retail_ai.engine.grounding_facts import FactBase
from retail_ai.engine.plan_calm import calm_title
from retail_ai.engine.plan_names import kind_of
from retail_ai.engine.units import canonical_dimension, parse_quantities

# Of a name; the rest of a longer title is left to the attributes.
LONGEST = 90
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override) (?:all|any|the|your|my|previous|prior|every)\b.*", re.I | re.S
)


_COLOUR_WORDS = "|".join(sorted(re.escape(w) for joined in COLOURS.values() for w in joined.split("|") if w.isascii()))


def clean_title(title: str) -> str:
    """The title on one line without markup, scripts, or words that give orders to a reader of prompts."""
    title = re.sub(r"<(script|style)\b.*?(?:</\1>|$)", " ", title, flags=re.I | re.S)
    title = re.sub(r"<[^>]*(?:>|$)", " ", title)
    return " ".join(_ORDERS.sub(" ", title).split())


def short_name(base: FactBase) -> str:
    """The title cut before its list of specifications, colour or pack; what is contested is left out."""
    title = calm_title(clean_title(base.product.title), base.product.brand)
    title = re.sub(rf"(?<=\w)\s+[–—-]\s+(?:{_COLOUR_WORDS})$", "", title, flags=re.I)
    title = (
        " ".join(re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", title).replace(" ,", ",").replace(" :", ":").split()) or title
    )
    brand = len(base.product.brand.split())
    for mark in (r"(?<=[a-z]{3})(?<!approx)(?<!incl)\. ", r" \| ", " – ", " — ", " - ", "; ", ": ", ", "):
        head = re.split(mark, title)[0]
        # "StarTech.com 6.6 ft" names nothing: two words that are no amount, besides the brand, are the least.
        plain = [w for w in head.split()[brand:] if not re.search(r"\d", w) and not canonical_dimension(w.strip("."))]
        if len(head.split()) >= 3 and (len(plain) > 1 or (plain and re.search(r"[A-Za-z]-?\d|\d[A-Z]", head))):
            title = head
    quantities = [q for q in parse_quantities(title) if title[q.start - 1 : q.start] in (" ", "(", "")]
    quantities = [q for q in quantities if q.unit or re.match(r"\s*(pc|x\s*\d|pack)", title[q.end :])]
    cuts = [q.start for q in quantities] + [m.start() for m in re.finditer(r"\s[(\[]|\s/(?!\s?\w*\d)", title)]
    cuts += [m.start() for m in _AMOUNT.finditer(title)]
    near_end = [
        q.start for q in quantities if len(title[q.end :].split()) < 3 and re.search(r"[A-Za-z]\d", title[: q.start])
    ]
    cuts = [
        c
        for c in cuts
        if (c in near_end and len(title[:c].split()) > brand)
        or sum(not re.search(r"\d", w) for w in title[:c].split()) >= _least_words(title[:c], brand)
    ]
    title = title[: min(cuts)] if cuts else title
    title = _told_once(title)
    for quantity in quantities:
        if base.is_contested(quantity):
            title = " ".join(title.replace(quantity.text, " ").split())
    for colour in {said for said, _, _ in base.contested if isinstance(said, str)}:
        title = " ".join(re.sub(rf"\b{re.escape(colour)}\b", " ", title, flags=re.I).split())
    return _trim(_without_values(title, base), LONGEST) or base.product.title.strip()[:LONGEST]


def _least_words(head: str, brand: int) -> int:
    """How many words without a digit a name must have before its specifications; fewer where a model's code is there."""
    code = re.search(r"\s(?=\S*\d)(?=\S*[A-Za-z])[\w./-]{5,}\s*$", head)
    if code and not any(q.unit for q in parse_quantities(code[0])):
        return brand
    return brand + 1 if re.search(r"[A-Za-z]-?\d\S*\s+[a-z]{3,}\s*$|\s\d{3,}\s*$", head) else max(3, brand + 2)


def _told_once(title: str) -> str:
    """Without a word said twice running, and cut where the words in small letters come a second time."""
    title = re.sub(r"\b([A-Za-z]{2,}) \1\b", r"\1", title)
    again = re.match(r"(.*?\b([a-z]{3,}(?: [a-z]{3,})+)\b).*\b\2\b", title)
    return again[1] if again else title


_AMOUNT = re.compile(
    r"\s\d[\d.,]*\s(?:x \d+ )?(?:pages?|sheets?|pcs?|pieces|ppm|DPI|AC outlet|outlets?|labels|ANSI lumens)\b|\sQty\b",
    re.I,
)


def _without_values(title: str, base: FactBase) -> str:
    """The title less trailing words that attributes state ("… toner cartridge Original Black"), three words at least."""
    kinds = ("colour", "inks", "part_colour")
    values = {f.value.lower() for f in base.known if f.id.startswith("a") and kind_of(f.name) in kinds} | {"original"}
    values |= {part.strip() for v in values for part in re.split(r"[,/]", v)}
    values |= {v.replace("grey", "gray") for v in values}
    brand, title = len(base.product.brand.split()), title.rstrip(" ,;:-–")
    while True:
        ending = next((v for v in values if len(v) > 2 and title.lower().endswith(" " + v)), "")
        if not ending or len(title[: -len(ending)].split()) < max(
            brand + 1, 2 if ending == "original" or re.search(r"\d", title[: -len(ending)]) else 3
        ):
            break
        title = title[: -len(ending)].rstrip(" ,-")
    words_left = title.split()
    if len(words_left) > 2 and words_left[-1] == "Original":
        title = " ".join(words_left[:-1])
    return title


def _trim(title: str, width: int) -> str:
    kept = title.split()
    # "… 2430dtn 1200 x", cut before "1200 DPI": half a resolution would read as part of the model's name.
    if len(kept) > 4 and kept[-1].lower() in ("x", "×") and kept[-2].isdigit():
        del kept[-2:]
    while len(kept) > 3 and kept[-1].isdigit() and canonical_dimension(kept[-2]):
        kept.pop()
    cut = ""
    while len(" ".join(kept)) > width:
        cut = kept.pop()
    # Half of "networking cable" would be read with the name: the plain words before the cut go as well.
    while cut.islower() and len(kept) > 3 and kept[-1].islower():
        kept.pop()
    while len(kept) > 2 and (
        not re.search(r"[A-Za-z0-9]", kept[-1])
        or kept[-1] == "Ø"
        or re.search(r"^[a-z]{2,5}/.*\d", kept[-1])
        or kept[-1].lower().strip(",")
        in ("with", "for", "and", "in", "of", "the", "&", "+", "w/", "-", "to", "x", "from", "by", "a")
        or kept[-1] in ",-–/"
    ):
        kept.pop()
    return " ".join(kept).strip(" ,;:-–/&")


def name_and_noun(base: FactBase) -> tuple[str, str]:
    """What to call the product and what it is: "Patch Cable networking cable" is a "Patch Cable", a networking cable."""
    name = short_name(base)
    noun = noun_of(base, name)
    left = name[: -len(noun)].split() if noun and name.lower().endswith(" " + noun.lower()) else []
    colours = {v for f in base.known if kind_of(f.name) in ("colour", "part_colour") for v in f.value.lower().split()}
    bare = left[:-1] if len(left) > 2 and left[-1].lower() in colours else left
    if len(bare) > len(base.product.brand.split()) + 1 and stem(bare[-1]) == stem(noun.split()[-1]):
        return " ".join(bare), as_many_as(noun, bare[-1])
    if bare is not left and len(bare) > len(base.product.brand.split()) and not bare[-1].islower():
        return f"{' '.join(bare)} {noun}", noun
    return name, noun


def noun_of(base: FactBase, name: str) -> str:
    """What the product is, in a word or two; empty when no fact says so plainly."""
    last = name.split()[-1] if name else ""
    for fact in base.known:
        kind = kind_of(fact.name)
        # "type: server" of a "computer case": a title in plain words knows better what the thing is.
        told = kind == "type" and re.search(r"\s[a-z]{4,}", name) and not stems(fact.value.split()[-1]) & stems(name)
        if kind in ("noun", "type") and not told and is_nounlike(fact.value, last):
            noun = fact.value if fact.value.isupper() else fact.value.lower()
            return as_many_as(noun, last)
    if run := _plain_tail(name):
        return run
    leaf = base.product.category[-1] if base.product.category else ""
    singular = _singular(leaf)
    if " " in singular and name.lower().endswith(" " + singular):
        return singular
    if leaf and stem(last) == stem(leaf.split()[-1]):
        return last.lower() if not last.isupper() else last
    return (
        singular
        if " " in singular and stem(singular.split()[-1]) in stems(name) and is_nounlike(singular, last)
        else ""
    )


def as_many_as(noun: str, last: str) -> str:
    """The noun in the number that the name has it in: "Headphone" is a headphone, though a fact says "headphones"."""
    own, head = noun.split()[-1], noun.rsplit(" ", 1)[0] if " " in noun else ""
    if last.lower() != own.lower() and last.lower() in (one_of(own.lower()), many_of(own.lower())):
        return f"{head} {last.lower()}".strip()
    return noun


def _plain_tail(name: str) -> str:
    """The words in small letters that end a name: "toner cartridge" of "Xerox 006R90321 toner cartridge"."""
    run: list[str] = []
    for word in reversed(name.split()[1:]):
        if not re.fullmatch(r"[a-z][a-z-]+", word) or word in _NO_TAIL or canonical_dimension(word):
            break
        run.insert(0, word)
    before = name.split()[-len(run) - 1] if run else ""
    # "Tri-Folder Kit for HVF output stacker": the words after "for" say what it is for.
    if run and {"for", "with", "to", "of", "w/", "fits"} & {w.lower() for w in name.split()[: -len(run)]}:
        return ""
    # "R-F-3 lens cap Black Digital camera": which of two is the thing is not for us to say.
    if any(re.fullmatch(r"[a-z][a-z-]{2,}", w) and w not in _NO_TAIL for w in name.split()[: -len(run) or None][1:]):
        return ""
    if re.fullmatch(r"[\d.,/]+", before) or "/" in before or before in ("AC", "DC"):
        return ""
    if len(run) == len(name.split()) - 1:  # a title in plain words: "Stainless steel kettle"
        run = run[-1:]
    return " ".join(run) if 0 < len(run) < 5 and is_nounlike(run[-1], "") else ""


def is_nounlike(value: str, last: str) -> bool:
    """Whether a value names a thing ("running jacket") rather than a manner ("over-ear", "portable", "original")."""
    if not re.fullmatch(r"[A-Za-z][a-z]+(?:'s)?([ -][a-z]+(?:'s)?){0,2}", value):
        return False
    if stem(value.split()[-1]) == stem(last):
        return True
    tail = value.lower().split()[-1]
    adjective = (
        re.search(r"(able|ible|proof|free|less|ed|ing|al|ic|ive|ous|-ear|-in|-on|-up|y|ful)$|^(?:on|off)-", tail)
        and tail not in _ING_NOUNS
    )
    return not adjective and tail not in _NO_NOUNS and tail not in _LOOKS


_NO_TAIL = frozenset(
    """
    and or with for of to in on by from the an per ohne mit und für de et avec x schwarz weiß weiss rot blau grün grau gelb
    wasserdicht faltbar kabellos noir blanc rouge bleu vert gris nero bianco rosso verde negro blanco rojo zwart wit rood
    """.split()  # noqa: SIM905
)
_ING_NOUNS = frozenset(
    """
    bag-ring ring earring string spring shed bed seed toy jersey hoodie key tray display ed journal mug pedal metal
    puzzle mattress diary body baby berry battery cable table vegetable bible collectible consumable bottle medal petal
    sandal fossil crystal towel panel tool stool wool bowl vessel terminal carnival journal manual dial vial easel
    """.split()  # noqa: SIM905
)
_LOOKS = frozenset(w for table in (COLOURS, MATERIALS) for joined in table.values() for w in joined.split("|")) - {
    "paper", "fabric", "canvas", "foam", "cardboard", "diamond", "crystal", "glass", "stone"
}  # fmt: skip
_NO_NOUNS = frozenset(
    """
    large small big xl original box battery compatible internal external wired straight genuine other passive active indoor outdoor
    standard universal electric manual black white paper plain mid low high short long wireless stereo in-ear over-
    ear on-ear kit all hardcover paperback linear tactile pc women men kids adult adults girls boys unisex junior senior
    matt matte emerald camel dino support seater
    """.split()  # noqa: SIM905
)


def _singular(noun: str) -> str:
    noun = noun.lower()
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun

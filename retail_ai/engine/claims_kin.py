"""Words that stand for each other: short forms, synonyms of shops, words of one root. Data and two look-ups."""

import re
from functools import lru_cache

from retail_ai.engine.claims_text import stem

# What feeds cut short; "min" may be minutes, and stays.
SHORT = {
    "wt": "weight",
    "len": "length",
    "cert": "certificate",
    "certs": "certificates",
    "qty": "quantity",
    "temp": "temperature",
    "max": "maximum",
    "max.": "maximum",
    "incl.": "included",
}
# Each word of a line stands for the others.
_SAME = [frozenset((stem(short), stem(whole))) for short, whole in SHORT.items()] + [
    frozenset(stem(word) for word in line.split())
    for line in """
    rucksack backpack daypack knapsack
    phone smartphone handset mobile
    ram memory
    screen display
    sofa couch settee
    trousers pants
    trainers sneakers
    jumper sweater pullover
    yoghurt yogurt
    fridge refrigerator
    torch flashlight
    laptop notebook
    earbuds earphones
    headset headphones
    loudspeaker speaker
    television tv telly
    pan skillet frypan
    pot casserole cocotte saucepan
    cot crib
    nappy diaper
    pram stroller pushchair buggy
    guarantee warranty
    photo photograph picture
    cooker stove hob
    bike bicycle
    moisturiser moisturizer
    min minimum
    lab laboratory
    interior indoor indoors
    exterior outdoor outdoors
    secateurs pruners pruner
    spade shovel
    hose hosepipe
    lamp luminaire
    duvet comforter quilt
    glasses spectacles eyewear
    watch timepiece wristwatch
    cable cord lead
    grip handle
    processor cpu
    engine motor
    perfume fragrance scent
    pill tablet
    jigsaw puzzle
    beverage drink
    detachable removable
    collapsible foldable
    cordless wireless
    corded wired
    transparent see-through
    glossy shiny gloss
    mass weight
    runtime run-time
    kids children
    canine dog
    feline cat
    footwear shoe
    car automobile
    instructions manual
    automatic self-winding
    story novel
    upholstery upholstered
    """.strip().splitlines()
]  # fmt: skip
_ENDINGS = re.compile(
    r"(?:ational|ation|ations|ition|ment|ments|ness|ically|ally|ility|ist|ists|ian|ians|ion|ions|ive|ial|ical|al|ly|er|ers|or|ors|ance|ence|y|ic|ics|ed|ing|s|e|ise|ize|ised|ized)$"
)


_ORDINAL_WORDS = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth
""".split()  # noqa: SIM905
_ORDINALS = {
    word: f"{i}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(i, 'th') }" for i, word in enumerate(_ORDINAL_WORDS, start=1)
}


def _root(stemmed: str) -> str:
    """The stem without its endings, twice at most, five letters at least: "upholstery" and "upholstered" are one."""
    for _ in range(2):
        shorter = _ENDINGS.sub("", stemmed)
        stemmed = shorter if len(shorter) > 4 else stemmed
    return stemmed


@lru_cache(maxsize=50_000)
def kin_of(stemmed: str) -> frozenset[str]:
    """What a stem shares with its kin: its root, where that has five letters ("insulation", "insulated"), and words
    of the same meaning. Endings that change the sense ("-able", "-free", "-less") are left on."""
    same = {other for group in _SAME if stemmed in group for other in group} | {stemmed}
    same |= {_ORDINALS[part] for part in stemmed.split("-") if part in _ORDINALS}
    root = _root(stemmed)
    return frozenset(same | ({f"{root}~"} if len(root) > 4 and stemmed.isalpha() else set()))


def is_able(stemmed: str, able: frozenset[str]) -> bool:
    """ "can be replaced" by "replaceable": whether one of the stems is the verb's with "-able"."""
    root = _ENDINGS.sub("", stemmed)
    return any(
        each.removesuffix("abl").removesuffix("ibl") in (root, root + root[-1:])
        for each in able
        if each.endswith(("abl", "ibl"))
    )

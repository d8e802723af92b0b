"""British and American spellings of the words that product texts use. A table and its two look-ups."""

SPELLINGS = {"en-GB": "British", "en-US": "American"}

# British American, with the endings that a base takes; "!" marks a pair whose American form is British for
# something else ("light meter"), so that it is only ever turned into American.
_BASES = """
    colour:color grey:gray fibre:fiber litre:liter centre:center theatre:theater odour:odor flavour:flavor
    favour:favor favourite:favorite humour:humor harbour:harbor neighbour:neighbor armour:armor vapour:vapor
    behaviour:behavior honour:honor labour:labor organise:organize organiser:organizer customise:customize
    personalise:personalize optimise:optimize optimisation:optimization minimise:minimize maximise:maximize
    stabilise:stabilize stabiliser:stabilizer sterilise:sterilize steriliser:sterilizer moisturise:moisturize
    moisturiser:moisturizer moisturising:moisturizing fertiliser:fertilizer sanitiser:sanitizer galvanise:galvanize
    pressurise:pressurize synchronise:synchronize recognise:recognize organisation:organization
    analyse:analyze analyser:analyzer catalogue:catalog dialogue:dialog defence:defense offence:offense
    jewellery:jewelry aluminium:aluminum pyjamas:pajamas moustache:mustache sulphate:sulfate sulphur:sulfur
    cosy:cozy cosier:cozier cosiest:coziest travelling:traveling traveller:traveler travelled:traveled
    labelled:labeled labelling:labeling modelling:modeling modelled:modeled swivelling:swiveling
    panelled:paneled channelled:channeled woollen:woolen enrol:enroll fulfil:fulfill skilful:skillful
    colourful:colorful colourless:colorless multicolour:multicolor multicoloured:multicolored
    millilitre:milliliter centilitre:centiliter centimetre:centimeter millimetre:millimeter kilometre:kilometer
    plough:plow doughnut:donut ageing:aging
    metre:meter! tyre:tire! mould:mold! licence:license! draught:draft!
"""
_ENDINGS = ("", "s", "d", "ed", "ing", "less", "ful", "r", "rs")


def _tables() -> tuple[dict[str, str], dict[str, str]]:
    american: dict[str, str] = {}
    british: dict[str, str] = {}
    for entry in _BASES.split():
        gb, us = entry.split("!")[0].split(":")
        for ending in _ENDINGS:
            a, b = _joined(gb, ending), _joined(us, ending)
            american.setdefault(a, b)
            if not entry.endswith("!"):
                british.setdefault(b, a)
    return american, british


def _joined(base: str, ending: str) -> str:
    if base.endswith("e") and ending in ("ed", "ing"):
        return base[:-1] + ending
    return base + ending


_AMERICAN, _BRITISH = _tables()


def other_spelling(word: str, wanted: str) -> str:
    """How a lower-case word is spelled in ``wanted`` ("en-GB" or "en-US") where it is spelled otherwise; else ""."""
    said = (_AMERICAN if wanted == "en-US" else _BRITISH).get(word, "")
    return said if said != word else ""

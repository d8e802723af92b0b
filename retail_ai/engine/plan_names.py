"""Reads messy attribute names and values as people would: what an attribute is about, and how its name is said.

"usb 2 0 ports quantity" and "operating temperature  t t " come out of real feeds. What stays unclear is not said.
"""
# ruff: noqa: E501 (tables read better in long rows)

import re
from functools import lru_cache

from retail_ai.engine.claims_kin import SHORT
from retail_ai.engine.units import canonical_dimension, parse_quantities

# Attributes that no shopper wants to read, or that are about the parcel and not the product.
_SKIP = re.compile(
    r"^(?:weight|volume|size|length) unit$|^units?$|^model size$|^bundle type$|^deposit$|\b(packag\w*|pallet|master|outer case|harmoni[sz]ed|hs code|oem code|ark id|status|conflict|stepping|ean|gtin|upc|sku|mpn|"
    r"part number|model number|item number|asin|commodity|tariff|shipping|carton|market positioning|segment|launch|"
    r"lithography|codename|transistors|die size|multiplier|tjunction|tcase|pack(?:ing)? type|product name|title|"
    r"description|url|image|manual|warranty card|guide|minimum order|manufacturer|brand name|processor brand|product family|processor series|component for|types supported|supported \w+|printing material|ergonomics|born on|born|safety|bundled software|audio system|waterfastness|store and forward|reset button|drivers|code name|version number|oem|purpose|parity|"
    r"humidity|altitude|storage temperature|non operating|sustainability|imperial|rohs|reach|price|stock|"
    r"pcie? config\w*|scalability|bus type|idle states|execute disable|graphics id|device id|processor code|dell ?id|coloration|tsd|quick installation guide|sim card|awg|market|wired|user manual|"
    r"how to use|directions|notes?$|disclaimer|operating modes|socket compat\w*|trade agreements|taa|halogen|technical features|age group|type of (?!product)\w+|generation|direction|minimum (?:system|processor|ram|storage)\b.*|i o ports|chips organi[sz]ation|module configuration|fsc compliance|number of years|drying time|gloss level|hd type|acoustic pressure|buffered memory|cache type|memory bus|device type|pdu types|bcp bubble|power requirements?|compliance\b.*standards|blister|svhc|tile|platform level)\b", re.I,
)  # fmt: skip
KINDS: list[tuple[str, re.Pattern[str]]] = [
    (kind, re.compile(pattern, re.I))
    for kind, pattern in [
        ("skip", r"^(condition: new)$"), ("noun", r"^(product type|type of product|item type|kind)$"),
        ("type", r"^type$"),
        ("model", r"^(model|series|product line|collection|range|product family|product series)$"),
        ("author", r"^(author|artist|publisher|writer|director)$"),
        ("skip", r"^(colour or flavou?r|reading age|layout|binding type|best before|fragrance-free|serving size|box size)$"),
        ("year", r"^(published|release year|year|publication year|year of publication)$"),
        ("people", r"^(players|number of players|persons|people|seats|sleeps|servings)$"),
        ("ingredients", r"^(material or ingredients|ingredients)$"), ("water", r"^(water resistance|waterproof rating|water rating|ip rating|ingress protection|protection class)$"),
        ("colon", r"^(dietary information|allergens?|allergen info\w*|allergy information|may contain|not suitable for|tasting notes|eco|active|active ingredients?|key ingredients|active ingredient|storage requirements)$"), ("quality", r"^(hood|keyboard|roast|cushioning|resistance|fit|cut|neckline|ruling|closure|texture|firmness|consistency)$"),
        ("sizes", r"^sizes$"), ("display_type", r"^(display|screen|panel) type$"), ("cameras", r"^(rear|main|front)? ?cameras?$"),
        ("contents", r"\b(in the box|box contents?|package contents?|what.s included|included accessories|scope of delivery|contents|included|content|bundle|bundled accessories)$|^(set )?includes$"),
        ("inks", r"^(suitable for )?(printing|ink|toner) colou?rs?$"),
        ("colour", r"^(product |main |primary |item )?(colou?rs?|colou?rway|colou?r name|shade)( of product)?$"),
        ("part_colour", r"\b\w+ colou?r$"),
        ("material", r"^(material|materials|main material|fabric|upholstery|product material|material type|composition|outer material)$"),
        ("part_material", r"\bmaterials?$|^(lining|sole|upper|filling|blade|handle|frame|shade|strap|case|top|legs?|poles)$"),
        ("finish", r"^(finish|surface finish|finish type|pattern|print)$"),
        ("style", r"^(style|design|form factor|shape)$"),
        ("dimensions", r"^(overall |product |assembled )?(w ?x ?d ?x ?h|h ?x ?w ?x ?d|l ?x ?w ?x ?h)$|^(overall |assembled )?(dimensions?|product dimensions|size \(.*\)|measurements?)\b|^dimensions  ?[wdhlx]+"),
        ("screen", r"^(screen|display)( size| diagonal)?$|^(display|screen) (size|diagonal)$"),
        ("resolution", r"\bresolution$"),
        ("weight", r"^(item |net |product )?(?:weight|wt\.?)( \(.*\))?$"),
        ("length", r"^(cable |cord |hose |strap )?length( \(.*\))?$"),
        ("width", r"^width( \(.*\))?$"), ("height", r"^height( \(.*\))?$"), ("depth", r"^(depth|thickness)( \(.*\))?$"), ("diameter", r"^diameter( \(.*\))?$"),
        ("size", r"^(sizes?|mattress size|bed size|paper size|format|media sizes?)$"),
        ("volume", r"^(volume|capacity|tank capacity|bowl capacity|net volume|contents volume|drum capacity)( \(.*\))?$"),
        ("yield", r"\bpage yield$|^page yield"),
        ("pack", r"^(quantity per pack|pack size|pack quantity|pieces|piece count|number of pieces|pieces in set|units per pack|count|set of)$"),
        ("memory", r"^(internal memory|memory|ram|installed memory|system memory)$"), ("memory_type", r"^(internal )?memory type$"),
        ("storage", r"^(total storage capacity|storage|internal storage|storage capacity|built in storage|hdd capacity|ssd capacity|drive capacity)$"),
        ("storage_media", r"^storage (media|type)$"),
        ("processor", r"^(processor|cpu|chipset|chip|processor model|processor family)$"),
        ("graphics", r"^(graphics|gpu|discrete graphics adapter model|graphics card)$"),
        ("os", r"^(operating system( installed)?|os)$"),
        ("compat_os", r"compatible operating systems|operating systems? supported"),
        ("battery", r"^(battery( capacity)?|battery size)$"), ("battery_life", r"^(battery life|run ?time|battery runtime|playback time|playing time|play time|burn(ing)? time|talk time)$"),
        ("battery_type", r"^(battery (technology|type)|batteries)$"),
        
        ("power", r"^(power|wattage|power output|output power|power consumption|motor power|max\w* power|rated power)$"),
        ("voltage", r"^(voltage|input voltage|nominal input voltage|supply voltage)$"),
        ("speed", r"\b(speed|frequency|refresh rate|response time)s?$"),
        ("connectivity", r"^(connectivity( technology)?|connections?|interfaces?|device interface|host interface|connection type)$"),
        ("connector", r"^connector [12]$"), ("gender_end", r"^connector gender$"),
        ("technology", r"^(print |display |panel |cooling |printing )?technology$"),
        ("compat", r"^(compatib\w*|compatible (with|products|models|devices)|suitable devices|fits|works with|compatible brands|brand compatibility|printer compatibility)$"),
        ("use", r"^(suitable for|recommended use|recommended usage|proper use|recommended for|use|intended use|best for|for|usage|activity|sport|room|occasion|(?:skin|hair)(?: type)?)$"),
        ("age", r"\b(age|age range|recommended age|minimum age|ages)\b"), ("audience", r"^(recommended gender|gender|target group|target audience|audience|department)$"),
        ("origin", r"^(country of origin|country|origin|made in|country of manufacture)$"),
        ("care", r"^(care|care instructions?|washing|wash|cleaning|maintenance|storage (instructions?|conditions?)|preparation|serving suggestion)$"),
        ("certificate", r"^(certifi\w+|certs|certificates|approvals?|\w+ certified)$"),
        ("warranty", r"\b(warranty|guarantee)\b"), ("scent", r"^(scent|fragrance|flavou?r|aroma|taste)$"), ("temperature", r"^operating temperature"),
        ("load", r"\b(max\w* (load|weight|weight capacity|user weight)|load capacity|weight capacity)\b"),
        ("languages", r"^languages?( supported)?$"),
    ]
]  # fmt: skip
CASED = {
    "leds": "LEDs", "pci": "PCI", "ata": "ATA", "ieee1394": "IEEE1394", "mdi": "MDI", "iso": "ISO", "agp": "AGP", "dimm": "DIMM", "bnc": "BNC", "pefc": "PEFC", "energy": "energy", "eatx": "EATX", "intel": "Intel", "microsoft": "Microsoft", "fast ethernet": "Fast Ethernet", "amd": "AMD", "nvidia": "NVIDIA", "google": "Google",
    "kb": "KB", "3d": "3D", "tpu": "TPU", "eva": "EVA", "abs": "ABS", "pvc": "PVC", "edid": "EDID", "snmp": "SNMP", "xxl": "XXL", "hp": "HP", "samsung": "Samsung",

    "usb": "USB", "hdmi": "HDMI", "vga": "VGA", "dvi": "DVI", "lan": "LAN", "wifi": "Wi-Fi", "wlan": "WLAN", "led": "LED", "lcd": "LCD",
    "rj": "RJ", "ac": "AC", "dc": "DC", "nfc": "NFC", "gps": "GPS", "ecc": "ECC", "ram": "RAM", "cpu": "CPU", "hdd": "HDD", "ssd": "SSD",
    "pcie": "PCIe", "sata": "SATA", "bluetooth": "Bluetooth", "ethernet": "Ethernet", "uv": "UV", "tv": "TV", "fm": "FM", "am": "AM",
    "ip": "IP", "cd": "CD", "dvd": "DVD", "esata": "eSATA", "firewire": "FireWire", "sim": "SIM", "gpu": "GPU", "pc": "PC", "ups": "UPS",
    "qpi": "QPI", "emi": "EMI", "rfi": "RFI", "rf": "RF", "vesa": "VESA", "ii": "II", "avi": "AVI", "epo": "EPO", "crt": "CRT", "dect": "DECT", "kvm": "KVM", "vrla": "VRLA", "atx": "ATX", "scart": "SCART", "hdcp": "HDCP", "mp3": "MP3", "dvi-d": "DVI-D", "ir": "IR", "id": "ID", "usm": "USM", "rca": "RCA", "bpm": "BPM", "ios": "iOS", "ps": "PS", "poe": "PoE", "qos": "QoS", "vpn": "VPN", "oled": "OLED", "dpi": "DPI", "anc": "ANC", "bpa": "BPA", "windows": "Windows", "mac": "Mac", "uhs": "UHS", "iec": "IEC", "iii": "III", "rom": "ROM", "iv": "IV", "msata": "mSATA", "adsl": "ADSL", "voip": "VoIP", "ipad": "iPad", "iphone": "iPhone", "usa": "USA", "eu": "EU", "uk": "UK", "io": "IO", "ai": "AI", "mhz": "MHz", "ghz": "GHz", "ean": "EAN", "ev": "EV", "ipx": "IPX", "spf": "SPF",
    "psu": "PSU", "pegi": "PEGI", "isbn": "ISBN", "sar": "SAR", "hdr": "HDR", "rgb": "RGB", "mp": "MP", "i": "I", "airprint": "AirPrint", "android": "Android", "displayport": "DisplayPort", "displayports": "DisplayPorts", "thunderbolt": "Thunderbolt",
}  # fmt: skip


# "width_in", "weight_kg": how feeds write units.
_FEED_UNIT = re.compile(r"(?<=[a-z])_(?:in|mm|cm|m|kg|g|ml|l|w|v|ft|lb)$", re.I)


# A catalogue's attribute names are few and come again with every product.
@lru_cache(maxsize=10_000)
def kind_of(name: str) -> str:
    """What the attribute is about; "" when only its own name can say it; "skip" when it is not for a text."""
    name = _FEED_UNIT.sub("", name)
    plain = " ".join(re.sub(r"(?<=[a-z]{3})(?=[A-Z][a-z])", " ", re.sub(r"[_]+", " ", name)).split())
    if _SKIP.search(plain):
        return "skip"
    bare = said(name) or plain
    for kind, pattern in KINDS:
        if pattern.search(bare) or pattern.search(plain):
            return kind
    return ""


@lru_cache(maxsize=10_000)
def said(name: str) -> str:
    """The name in running text; empty when the feed has garbled it. Units in brackets are left out."""
    name = re.sub(r"^of which ", "", _FEED_UNIT.sub("", name), flags=re.I)
    name = re.sub(r"(?<=[a-z]{3})(?=[A-Z][a-z])", " ", re.sub(r"[_]+", " ", name)).strip()
    name = re.sub(r"\s*\([^()]*\)\s*$", "", name)
    name = re.sub(
        r"(?<=\w{3})\s(?:(?:(?:kilo)?watt|(?:milli)?amp(?:ere)?) hours|mm|cm|kg|ml|[gG]b|mah|wh|inches|days|hours|hrs|months|years|minutes)$",
        "",
        name,
        flags=re.I,
    )
    name = re.sub(r"(?<=[a-z]) s$", "s", name)
    head, _, tail = name.partition("  ")
    if tail.strip() and len(tail.replace(" ", "")) > 5:
        return ""
    if re.search(r"\d \d|\b\d\b", head) or len(head) > 45 or not head:
        return ""
    head = re.sub(r"\bwi[ -]?fi\b", "wi-fi", head, flags=re.I)
    head = re.sub(r"\benergy star\b", "Energy-Star", head, flags=re.I)
    head = re.sub(r"\bbuilt in\b", "built-in", head, flags=re.I)
    words = (_cased(SHORT.get(w.lower(), w)) for w in head.split())
    text = " ".join(words)
    text = re.sub(r"\b(DVI|USB|s|S|type) ([a-z])\b", lambda m: f"{m[1]} {m[2].upper()}", text)
    text = re.sub(r"\bs (?=video\b)", "S ", text)
    return text.replace("energy-Star", "Energy Star").replace("Energy-Star", "Energy Star")


def _cased(word: str) -> str:
    """The word as it is written in running text; of "bpa-free" the first part is spelled."""
    if "-" in word and not _has_case(word) and word.lower() not in CASED:
        return "-".join(CASED.get(part.lower(), part.lower()) for part in word.split("-"))
    return CASED.get(word.lower(), word if _has_case(word) else _acronym(word.lower()))


def _acronym(word: str) -> str:
    """ "uhs" → "UHS": two to four letters without a vowel are spelled, but for units and little words."""
    if re.fullmatch(r"[abdek]\d{1,2}", word):  # "vitamin b12", "a4"
        return word.upper()
    if (
        re.fullmatch(r"[bcdfghjklmnpqrstvwxz]{2,4}", word)
        and not canonical_dimension(word)
        and word not in ("vs", "nr")
    ):
        return word.upper()
    return word


def _has_case(word: str) -> bool:
    return len(word) > 1 and any(c.isupper() for c in word[1:])


def plain_number(value: str) -> str | None:
    """ "6.0" → "6", "23000.0" → "23,000"; None when the value is no bare number."""
    if not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return None
    number = float(value)
    if not number.is_integer():
        return value.rstrip("0") if "." in value else value
    return f"{int(number):,}" if abs(number) >= 10_000 else str(int(number))


def has_unit(value: str) -> bool:
    """Whether every number that stands alone in the value carries a unit."""
    found = parse_quantities(value)
    return bool(found) and all(q.unit for q in found)

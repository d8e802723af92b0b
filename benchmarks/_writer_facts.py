"""Made-up products of trades other than electronics, to train the writer on. No product here exists."""
# ruff: noqa: E501 (word lists)

import random
from typing import Any

_BRANDS = "Alvern Brookline Castor Dunmore Elmet Farrow Glenmoor Hollis Ivers Juno Kestrel Larkin Merrow Nordal Oakes Pellam Quill Ronda Sorrel Tamsin Umbra Verity Wexford Yarrow".split()  # noqa: SIM905
_SERIES = "Ridge Harbour Meadow Classic Studio Summit Vale Drift Loop Pine Cove Trail Linden Aster Moss Fjord Terra Nova Delta Core".split()  # noqa: SIM905
_PLACES = [
    "Italy",
    "Portugal",
    "Germany",
    "China",
    "Vietnam",
    "Poland",
    "Turkey",
    "India",
    "Spain",
    "Sweden",
    "Japan",
    "France",
    "Denmark",
    "Austria",
]
_COLOURS = [
    "Black",
    "White",
    "Navy",
    "Grey",
    "Red",
    "Forest Green",
    "Beige",
    "Olive",
    "Charcoal",
    "Light Blue",
    "Yellow",
    "Cream, Brown",
    "Red, Blue, Green",
]
_YES = ["yes"]


def _many(low: int, high: int, unit: str, step: int = 1) -> list[str]:
    return [f"{number} {unit}".strip() for number in range(low, high + 1, step)]


_CM, _GRAMS, _YEARS = (
    _many(12, 210, "cm", 7),
    _many(60, 980, "g", 40),
    ["1 year", "2 years", "3 years", "5 years", "10 years"],
)
_SIZES = ["S, M, L", "XS, S, M, L, XL", "36, 37, 38, 39, 40", "One size", "M", "42"]
_SHARED: dict[str, list[str]] = {"country of origin": _PLACES, "warranty": _YEARS}
# what it is → attribute → values to draw from
TRADES: dict[str, dict[str, list[str]]] = {
    **{
        thing: {"colour": _COLOURS, "material": ["Cotton", "Merino wool", "Linen", "Recycled polyester", "60% cotton, 40% polyester", "Corduroy", "Denim"], "fit": ["Regular", "Slim", "Relaxed"], "gender": ["Women", "Men", "Unisex"], "sizes": _SIZES, "neckline": ["Crew", "V-neck", "Roll neck"], "closure": ["Zip", "Buttons", "Drawstring"], "pockets": ["2", "4", "5"], "care": ["Machine wash 30 °C", "Hand wash"], "pattern": ["Striped", "Plain", "Checked"], "season": ["Winter", "Summer", "All seasons"], "lining material": ["Fleece", "Polyester", "Viscose"], **_SHARED}
        for thing in ("jumper", "rain jacket", "shirt", "hoodie", "dress", "winter coat", "polo shirt", "cardigan")
    },
    **{
        thing: {"colour": _COLOURS, "upper material": ["Leather", "Suede", "Mesh", "Canvas"], "sole": ["Rubber", "EVA", "Crepe"], "closure": ["Laces", "Velcro", "Zip"], "heel height": ["3 cm", "5 cm", "7.5 cm"], "waterproof": _YES, "lining": ["Textile", "Leather", "Wool"], "weight": _GRAMS, "size": ["38", "42", "44.5"], "activity": ["Hiking", "Running", "Trail running", "Everyday"], "membrane": ["Waterproof membrane"], "insole": ["Memory foam", "Cork"], **_SHARED}
        for thing in ("hiking boots", "trainers", "ankle boots", "running shoes", "sandals")
    },
    **{
        thing: {"net weight": ["250 g", "500 g", "1 kg", "75 g"], "ingredients": ["Wheat flour, water, salt", "Cocoa mass, sugar, cocoa butter", "Oats, honey, almonds", "Tomatoes, basil, olive oil"], "allergens": ["Gluten", "Milk, nuts", "May contain nuts"], "energy": ["1,580 kJ", "420 kcal", "2,210 kJ"], "fat": ["12 g", "3.5 g"], "protein": ["8 g", "21 g"], "sugars": ["4.2 g", "32 g"], "salt": ["0.3 g", "1.1 g"], "organic": _YES, "vegan": _YES, "gluten free": _YES, "flavour": ["Vanilla", "Sea salt", "Lemon", "Hazelnut"], "storage instructions": ["Keep cool and dry"], "servings": ["4", "8"], "pack size": ["6", "12"], "origin": _PLACES, "certification": ["Fairtrade", "EU organic"]}
        for thing in ("dark chocolate", "muesli", "pasta sauce", "crackers", "coffee beans", "green tea", "granola bar")
    },
    **{
        thing: {"colour": _COLOURS, "material": ["Solid oak", "Walnut veneer", "Powder-coated steel", "Beech", "MDF", "Rattan"], "width": _CM, "height": _CM, "depth": _CM, "dimensions": ["120 x 60 x 75 cm", "80 x 40 x 180 cm"], "weight": ["8 kg", "14.5 kg", "32 kg"], "maximum load": ["80 kg", "120 kg"], "number of shelves": ["3", "5"], "number of drawers": ["2", "4"], "assembly required": _YES, "upholstery": ["Velvet", "Linen", "Bouclé"], "leg material": ["Beech", "Steel"], "seats": ["2", "3"], "finish": ["Matte", "Oiled", "Lacquered"], "room": ["Living room", "Bedroom", "Home office"], "style": ["Scandinavian", "Industrial"], **_SHARED}
        for thing in ("bookcase", "desk", "armchair", "sofa", "sideboard", "dining table", "bedside table")
    },
    **{
        thing: {"power": ["500 W", "750 W", "1,200 W"], "voltage": ["18 V", "230 V"], "battery capacity": ["2.0 Ah", "4.0 Ah"], "speed": ["1,500 rpm", "3,000 rpm"], "torque": ["45 Nm", "60 Nm"], "weight": ["1.3 kg", "2.4 kg"], "cable length": ["2.5 m", "4 m"], "contents": ["Battery, charger, carrying case", "2 blades, key"], "cordless": _YES, "chuck size": ["10 mm", "13 mm"], "noise level": ["78 dB", "91 dB"], "brushless motor": _YES, "led light": _YES, "blade length": ["185 mm"], "speed settings": ["2", "5"], "certification": ["CE", "GS"], **_SHARED}
        for thing in ("drill", "circular saw", "sander", "hedge trimmer", "jigsaw", "angle grinder")
    },
    **{
        thing: {"recommended age": ["3+", "6 years and up", "8+"], "number of pieces": ["24", "120", "500"], "material": ["Beech wood", "ABS", "Cardboard", "Cotton"], "players": ["2-4", "2", "1-6"], "playing time": ["30 minutes", "45 minutes"], "batteries": ["2 x AAA"], "contents": ["Game board, 4 figures, 2 dice", "Rails, locomotive, 2 carriages"], "author": ["R. Lindqvist", "Ana Moreira"], "language": ["English"], "dimensions": ["30 x 20 x 6 cm"], "theme": ["Space", "Farm", "Pirates"], "gender": ["Unisex"], "educational": _YES, "certification": ["FSC", "CE"], "colour": _COLOURS, "origin": _PLACES}
        for thing in ("board game", "puzzle", "wooden train", "building blocks", "doll", "card game")
    },
    **{
        thing: {"colour": _COLOURS, "capacity": ["350 ml", "1.5 l", "5 l", "28 cm"], "material": ["Stainless steel", "Cast iron", "Borosilicate glass", "Stoneware", "Bamboo"], "dishwasher safe": _YES, "oven safe": _YES, "bpa free": _YES, "diameter": ["20 cm", "28 cm"], "weight": _GRAMS, "lid material": ["Glass", "Silicone"], "handle material": ["Wood", "Stainless steel"], "suitable for": ["Induction, gas, electric", "Picnic", "Kitchen"], "set includes": ["Pot, lid", "4 plates, 4 bowls"], "pieces in set": ["4", "6"], "shape": ["Round", "Oval"], "heat retention": ["12 hours"], **_SHARED}
        for thing in ("saucepan", "water bottle", "casserole dish", "travel mug", "storage jar", "baking tray", "teapot")
    },
    **{
        thing: {"volume": ["50 ml", "250 ml", "400 ml"], "scent": ["Lavender", "Citrus", "Unscented", "Sandalwood"], "skin type": ["Dry", "All", "Sensitive"], "vegan": _YES, "paraben free": _YES, "ingredients": ["Aloe vera, shea butter", "Glycerin, oat extract"], "application area": ["Face", "Hands", "Body"], "spf": ["30", "50"], "texture": ["Cream", "Gel"], "certification": ["COSMOS", "Vegan Society"], "gender": ["Women", "Men", "Unisex"], "usage": ["Daily"], "dispenser": ["Pump"], "origin": _PLACES}
        for thing in ("hand cream", "shampoo", "face serum", "body lotion", "soap")
    },
    **{
        thing: {"colour": _COLOURS, "length": ["1.8 m", "3 m", "20 m"], "weight": _GRAMS, "material": ["Nylon", "Aluminium", "Carbon fibre", "Ripstop polyester"], "volume": ["25 l", "40 l", "65 l"], "water resistance": ["IPX4", "3,000 mm"], "sleeps": ["2", "4"], "reflective": _YES, "hydration compatible": _YES, "compartments": ["2", "3"], "suitable for": ["Hiking", "Camping, travel", "Commuting"], "temperature rating": ["-5 °C", "3 °C"], "packed size": ["42 x 15 cm"], "season": ["3 seasons"], "rain cover included": _YES, **_SHARED}
        for thing in ("rucksack", "tent", "sleeping bag", "trekking poles", "climbing rope", "bike lock")
    },
}  # fmt: skip


def products(n: int, seed: int) -> list[Any]:
    """n made-up products as facts: a brand, a name, three to nine attributes."""
    from retail_ai.engine.facts import Attribute, ProductFacts

    rng = random.Random(seed)
    found = []
    for number in range(n):
        thing = rng.choice(sorted(TRADES))
        names = rng.sample(sorted(TRADES[thing]), min(len(TRADES[thing]), rng.randint(3, 9)))
        brand, series = rng.choice(_BRANDS), rng.choice(_SERIES) + rng.choice(("", "", f" {rng.randint(2, 900)}"))
        said = thing.title() if rng.random() < 0.3 else thing
        title = rng.choice((f"{brand} {series} {said}", f"{brand} {said} {series}", f"{series} {said}"))
        attributes = [Attribute(name, rng.choice(TRADES[thing][name])) for name in names]
        attributes += [Attribute("product type", thing)] if rng.random() < 0.5 else []
        found.append(ProductFacts(f"made-up-{number}", title, brand=brand, attributes=tuple(attributes)))
    return found

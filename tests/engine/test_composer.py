"""The composer on clean and messy facts: nothing invented, lengths kept, variety, grammar."""
# ruff: noqa: E501 (tables read better in long rows)

import re

import pytest

from retail_ai.engine.composer import LIMITS, compose, compose_text
from retail_ai.engine.composer_en_words import article, join
from retail_ai.engine.facts import Attribute, ProductFacts
from retail_ai.engine.grounding import unsupported
from retail_ai.engine.plan import make_plan
from tests.engine.claim_pairs import PRODUCTS

MESSY = ProductFacts(
    "m1",
    'HP Pavilion dv7-1211ea Notebook Silver 43.2 cm (17") 4 GB DDR2-SDRAM 250 GB HDD',
    brand="HP",
    attributes=tuple(
        Attribute(*pair)
        for pair in [
            ("product colour", "Silver"), ("internal memory", "4.0"), ("processor cache", "3.0"), ("weight", "3460.0"),
            ("operating temperature  t t ", "0 - 35"), ("usb 2 0 ports quantity", "4.0"), ("hdmi ports quantity", "1.0"),
            ("bluetooth", "yes"), ("touchscreen", "no"), ("on board graphics adapter model", "Not available"),
            ("package weight", "4000.0"), ("headphone outputs", "2.0"), ("data network", "Not supported"),
        ]
    ),
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(PRODUCTS))
@pytest.mark.parametrize("field", ["description", "short_description", "seo_title", "meta_description", "bullets"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_nothing_is_invented_and_lengths_hold(name: str, field: str, language: str) -> None:
    text = compose(PRODUCTS[name], field=field, language=language)
    assert [v.claim.text for v in unsupported(text, PRODUCTS[name])] == []
    assert 0 < len(text) <= LIMITS.get(field, 2000)


def test_unclear_facts_are_not_said() -> None:
    text = compose(MESSY)
    assert "3460" not in text and "touchscreen" not in text.lower() and "Not available" not in text
    assert "4 GB" in text  # the title states the unit that the attribute lacks
    assert "silver" in text and "two headphone outputs" in text and "2 0" not in text


def test_the_same_product_reads_the_same_and_others_differ() -> None:
    facts = PRODUCTS["rucksack"]
    assert compose(facts) == compose(facts)
    others = {
        compose(
            ProductFacts(key, facts.title, brand=facts.brand, category=facts.category, attributes=facts.attributes)
        )
        for key in range(10)
    }
    assert len(others) >= 6


def test_every_planned_point_is_said() -> None:
    for facts in PRODUCTS.values():
        assert compose_text(facts).coverage == 1.0


def test_a_product_with_no_attributes_is_named_with_its_brand() -> None:
    said = compose(ProductFacts(1, "Canon Battery Grip BG-E7", brand="Canon"))
    assert said == "This Battery Grip BG-E7 is from Canon."
    assert compose(ProductFacts(1, "Mug")) == "Mug."


def test_specifications_are_cut_from_the_name() -> None:
    assert make_plan(MESSY).name == "HP Pavilion dv7-1211ea Notebook"


def test_other_languages_need_a_model() -> None:
    with pytest.raises(ValueError, match="composer writes"):
        compose(MESSY, language="de")


@pytest.mark.parametrize(
    "noun, expected",
    [("apple", "an apple"), ("USB port", "a USB port"), ("8 MP camera", "an 8 MP camera"), ("LED lamp", "an LED lamp"),
     ("hour", "an hour"), ("unit", "a unit"), ("NXP chip", "an NXP chip"), ("RAM bar", "a RAM bar")],
)  # fmt: skip
def test_article(noun: str, expected: str) -> None:
    assert article(noun) == expected


def test_join() -> None:
    assert join(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    "title, attributes, phrase",
    [("Wooden Rainbow Stacking Toy", {"material": "lime wood", "hand-painted": "yes"}, "hand-painted"),
     ("Kornfeld Oat Bars", {"ingredients": "oats, honey", "pack size": "6"}, "made with oats and honey"),
     ("Stainless steel kettle", {"capacity": "1.7 l", "cordless": "yes"}, "kettle is cordless"),
     ("OKI 42127407 toner cartridge", {"printing colours": "Cyan", "page yield": "5000.0"}, "cyan"),
     ("Canon R-F-3 lens cap Black Digital camera", {"weight": "20 g"}, "weigh"),
     ("Mystery Dragon Figure", {"genre": "Animals", "recommended gender": "Boy/Girl"}, "made for boys and girls")],
)  # fmt: skip
def test_other_trades_read_as_well(title: str, attributes: dict[str, str], phrase: str) -> None:
    facts = ProductFacts("o", title, attributes=tuple(Attribute(*pair) for pair in attributes.items()))
    text = compose(facts)
    assert phrase in text.lower() and not unsupported(text, facts, strict=True) and "is a camera" not in text


def test_every_wording_of_a_sentence_says_the_same() -> None:
    for facts in PRODUCTS.values():
        for place in compose_text(facts, width=6).choices:
            assert len({frozenset(s.fact_ids) for s in place}) == 1


@pytest.mark.parametrize(
    "title, brand, attributes, phrase",
    [("C2G Patch Cable Blue networking cable", "C2G", {"cable colour": "Blue", "cable length": "2 m"}, "2 m"),
     ("Acme K2 notebook", "Acme", {"memory": "8 GB", "memory type": "DDR4"}, "8 GB of DDR4 memory"),
     ("Oak Table", "", {"number of shelves": "1", "material": "oak"}, "one shelf"),
     ("Acme Q5 Headphone", "Acme", {"product type": "Headphones", "colour": "black"}, "headphone is|a black headphone"),
     ("Studio UPS", "Acme", {"iec outlets": "3", "plug": "IEC 60320"}, "3 IEC outlets|three IEC outlets"),
     ("Garden Hose", "Flow", {"includes": "spray nozzle", "colour": "green"}, "a spray nozzle"),
     ("Wool Hat", "Alp", {"origin": "United Kingdom", "material": "wool"}, "the United Kingdom"),
     ("Player X", "Acme", {"printing": "Colour printing", "colour": "white"}, "supports colour printing")],
)  # fmt: skip
def test_attributes_are_said_as_one_would_of_the_product(
    title: str, brand: str, attributes: dict[str, str], phrase: str
) -> None:
    facts = ProductFacts("o", title, brand=brand, attributes=tuple(Attribute(*pair) for pair in attributes.items()))
    text = compose(facts)
    assert any(each.lower() in text.lower() for each in phrase.split("|")), text
    assert not unsupported(text, facts, strict=True)


def test_attributes_in_another_language_are_listed_as_they_are() -> None:
    given = {"Farbe": "blau", "Gewicht": "0,95 kg", "Drehmoment": "30 Nm", "Lieferumfang": "Koffer"}
    facts = ProductFacts("o", "Akkuschrauber GSR", brand="Bo", attributes=tuple(Attribute(*p) for p in given.items()))
    text = compose(facts)
    assert "Farbe: blau." in text and "Gewicht: 0,95 kg." in text and "farbe of" not in text


def test_what_the_name_says_is_not_said_again() -> None:
    given = {
        "battery type": "Single-use battery",
        "colour": "black",
        "pack size": "4",
        "weight": "90 g",
        "origin": "Peru",
    }
    facts = ProductFacts("o", "AA Single-use battery", attributes=tuple(Attribute(*p) for p in given.items()))
    assert "has a single-use battery" not in compose(facts)


def test_a_name_is_not_cut_at_an_abbreviation_or_before_what_it_is() -> None:
    assert (
        make_plan(ProductFacts("o", "Tek 6.6 ft. (2 m) USB-C Cable - Black", brand="Tek")).name
        == "Tek 6.6 ft. USB-C Cable"
    )
    assert make_plan(ProductFacts("o", "Xer C90 / C97 Toner Cartridge - 6R1", brand="Xer")).name.endswith(
        "Toner Cartridge"
    )


def test_a_text_names_the_product_again_but_never_twice_running() -> None:
    headphones = ProductFacts(
        "h1", "Sony WH-1000XM4 headphones", brand="Sony", attributes=tuple(
            Attribute(*pair) for pair in [
                ("product type", "headphones"), ("colour", "Black"), ("weight", "254 g"), ("bluetooth", "yes"), ("warranty", "2 years"),
                ("battery life", "30 hours"), ("country of origin", "Malaysia"), ("microphone", "yes"), ("cable length", "1.2 m"),
            ]
        ),
    )  # fmt: skip
    places = [p for seed in range(20) for p in [compose_text(headphones, seed=seed, width=12).choices]]
    later = [[s.text for s in place] for text in places for place in text[1:]]
    assert any(w.startswith("The Sony headphones ") for place in later for w in place)
    for text in places:
        assert len(text) < 3 or not any("Sony" in s.text for s in text[1])


@pytest.mark.parametrize(
    ("title", "brand", "short"),
    [
        ("HP LaserJet P2055dn printer", "HP", "HP LaserJet P2055dn"), ("StarTech.com 30in MPC2 CD-ROM Audio Cable", "StarTech.com", ""),
        ("TomTom Beanbag Mount", "TomTom", "TomTom Beanbag Mount"), ("StarTech.com 4 Port Serial Adapter Card", "StarTech.com", ""),
    ],
)  # fmt: skip
def test_a_name_is_made_short_by_brand_and_model(title: str, brand: str, short: str) -> None:
    assert make_plan(ProductFacts("s", title, brand=brand)).short == short


@pytest.mark.parametrize(
    ("name", "value", "phrase"),
    [
        ("seats", "3", "seats 3"), ("sleeps", "4", "sleeps 4"), ("servings", "8", "provides 8 servings"), ("season", "All seasons", "all seasons"),
        ("storage instructions", "Keep cool and dry", "Storage instructions: keep cool and dry."), ("closure", "Buttons", "button closure"),
        ("batteries", "2 x AAA", "2 x AAA batteries"), ("flavour", "Sea salt", "a sea salt flavour"), ("room", "Home office", "the home office"),
        ("sizes", "M", "size M"), ("educational", "yes", "is educational"), ("style", "Scandinavian", "a Scandinavian style"),
    ],
)  # fmt: skip
def test_facts_of_other_trades_are_said_as_people_do(name: str, value: str, phrase: str) -> None:
    facts = ProductFacts(
        "t", "Merrow Aster kit", brand="Merrow", attributes=(Attribute(name, value), Attribute("warranty", "2 years"))
    )
    assert phrase in compose(facts)


def test_a_book_is_one_thing_whatever_its_title_says() -> None:
    book = ProductFacts(
        key=1,
        title="The Fox Who Counted Stars",
        brand="Lantern Street Press",
        category=("Books",),
        attributes=(
            Attribute("author", "Lin Yue"), Attribute("pages", "40"), Attribute("binding", "hardcover"),
            Attribute("published", "2021"), Attribute("genre", "picture book"),
        ),
    )  # fmt: skip
    for seed in range(12):
        text = compose_text(book, field="description", language="en", seed=seed).text
        assert not re.search(r"\b(?:are by|They|Their|These|have)\b", text), text
        assert not re.search(r"(?:equipped|comes) with", text), text

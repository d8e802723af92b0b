"""The shop's guide: typed into the admin, kept in what is written, marked in what breaks it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from retail_ai.catalog.selectors import facts_of
from retail_ai.descriptions.bulk import clean_drafts
from retail_ai.descriptions.guides import guide_for, tone_in_use
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.services import draft_products
from retail_ai.descriptions.voice_models import VoiceGuide
from retail_ai.descriptions.voiced import not_to_say
from retail_ai.engine.composer import compose_text
from retail_ai.engine.grounding import FactBase
from retail_ai.jobs.models import Job
from retail_ai.jobs.runner import run
from shop_demo.models import Product

pytestmark = pytest.mark.django_db


def write(product: Product, field: str = "description", language: str = "en") -> Draft:
    return draft_products(keys=[product.pk], fields=[field], languages=[language], generator="composer")[0][0]


def test_what_is_written_keeps_the_guide(rucksack: Product) -> None:
    rucksack.attributes = {"color": "dark gray", "material": "aluminum", "weight": "1.2 kg", "rain cover": "yes"}
    rucksack.save()
    VoiceGuide.objects.create(
        name="House", spelling="en-GB", banned="rain cover", preferred="weighs => has a weight of"
    )
    draft = write(rucksack)
    assert "grey" in draft.text and "gray" not in draft.text and "aluminium" in draft.text
    assert "rain cover" not in draft.text and "weighs" not in draft.text
    assert draft.unsupported == 0 and draft.style == [] and draft.guide.startswith("House 20")
    assert "".join(s["text"] for s in draft.sentences).replace(" ", "") == draft.text.replace(" ", "").replace(
        "\n", ""
    )


def test_a_fact_with_a_banned_word_takes_no_other_with_it(rucksack: Product) -> None:
    VoiceGuide.objects.create(name="House", banned="rain cover\nnylon")
    base = FactBase(facts_of(Product.objects.filter(pk=rucksack.pk))[rucksack.pk])
    without = not_to_say(base, guide_for("en"), "en")
    assert len(without) == 2
    for seed in range(12):
        text = compose_text(base, field="description", language="en", seed=seed, without=without).text
        assert "rain cover" not in text and "nylon" not in text
        assert "green" in text and "1.2 kg" in text and "45 l" in text


def test_a_banned_word_that_cannot_be_left_out_is_marked(rucksack: Product) -> None:
    VoiceGuide.objects.create(name="House", banned="nylon\nrucksack")
    bare = Product.objects.create(
        sku="R2",
        slug="r2",
        title="Trail 45",
        department=rucksack.department,
        price=1,
        attributes={"material": "nylon"},
    )
    draft = write(bare)
    assert [finding["text"] for finding in draft.style] == ["nylon"]
    assert [f["text"] for f in write(rucksack).style if f["text"] == "Rucksack"] == []  # it is the product's name


def test_a_term_that_would_claim_too_much_is_not_put_in(rucksack: Product) -> None:
    VoiceGuide.objects.create(name="House", preferred="nylon => leather")
    draft = write(rucksack)
    assert "leather" not in draft.text and draft.unsupported == 0
    assert {finding["kind"] for finding in draft.style} == {"preferred"}


def test_the_guide_of_the_language_goes_before_the_one_for_all(db: None) -> None:
    VoiceGuide.objects.create(name="All", tone="friendly")
    VoiceGuide.objects.create(name="Chinese", language="zh", person="formal")
    VoiceGuide.objects.create(name="Old", language="en", is_active=False)
    assert guide_for("zh-hans").person == "formal" and guide_for("en").name.startswith("All")
    assert tone_in_use() == "friendly"


def test_chinese_addresses_the_reader_as_asked(rucksack: Product) -> None:
    VoiceGuide.objects.create(name="Chinese", language="zh-hans", person="formal")
    assert "你" not in write(rucksack, language="zh-hans").text


@pytest.fixture
def page(client: Client, boss: Any) -> Client:
    client.force_login(boss)
    return client


GOOD = {"name": "House", "language": "", "tone": "plain", "spelling": "en-GB", "person": "", "is_active": "on"}


def test_the_admin_says_which_line_is_wrong_and_keeps_the_rest(page: Client) -> None:
    url = reverse("admin:retail_ai_voiceguide_add")
    html = page.post(url, GOOD | {"preferred": "laptop => notebook\nbag"}).content.decode()
    assert "“bag”: write it as" in html and "laptop =&gt; notebook" in html and not VoiceGuide.objects.exists()
    html = page.post(url, GOOD | {"banned": "x" * 400}).content.decode()
    assert "is too long" in html
    html = page.post(url, GOOD | {"banned": "x\n" * 600_000}).content.decode()
    assert "20000" in html.replace(",", "") and not VoiceGuide.objects.exists()
    page.post(url, GOOD | {"banned": " cheap \ncheap\n<script>alert(1)</script>", "preferred": "bag → tote"})
    assert VoiceGuide.objects.get().banned == "cheap\n<script>alert(1)</script>"
    assert VoiceGuide.objects.get().preferred == "bag => tote"


def test_only_one_guide_a_language_is_in_use(page: Client) -> None:
    VoiceGuide.objects.create(name="First")
    html = page.post(reverse("admin:retail_ai_voiceguide_add"), GOOD).content.decode()
    assert "Another guide is in use" in html and VoiceGuide.objects.count() == 1


def test_waiting_drafts_are_held_to_a_changed_guide(page: Client, rucksack: Product) -> None:
    draft = write(rucksack)
    page.post(reverse("admin:retail_ai_voiceguide_add"), GOOD | {"banned": "nylon"})
    run(Job.objects.get(kind="descriptions.recheck").pk)
    draft.refresh_from_db()
    assert [f["text"] for f in draft.style] == ["nylon"] and draft not in clean_drafts()
    assert Job.objects.get().report == {"looked_at": 1, "break_the_guide": 1}
    VoiceGuide.objects.all().delete()
    page.post(reverse("admin:retail_ai_voiceguide_add"), GOOD)
    run(Job.objects.latest("pk").pk)
    assert draft in clean_drafts()


def test_the_guide_shows_what_it_finds_in_waiting_drafts(page: Client, rucksack: Product) -> None:
    draft = write(rucksack)
    guide = VoiceGuide.objects.create(name="House", banned="nylon")
    html = page.get(reverse("admin:retail_ai_voiceguide_change", args=[guide.pk])).content.decode()
    assert "“nylon” is banned" in html and reverse("admin:retail_ai_draft_change", args=[draft.pk]) in html

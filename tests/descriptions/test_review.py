"""The review page: checked while typing, nothing typed is lost, keys, the clean ones at once, hostile text."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from retail_ai.descriptions.bulk import clean_drafts
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.services import draft_products
from retail_ai.descriptions.voice_models import VoiceGuide
from retail_ai.jobs.models import Job
from retail_ai.jobs.runner import run
from shop_demo.models import Product

pytestmark = pytest.mark.django_db
FIELDS = ["description", "seo_title"]


@pytest.fixture
def drafts(rucksack: Product) -> list[Draft]:
    return draft_products(keys=[rucksack.pk], fields=FIELDS, generator="composer")[0]


@pytest.fixture
def page(client: Client, boss: Any) -> Client:
    client.force_login(boss)
    return client


def url_of(draft: Draft) -> str:
    return reverse("admin:retail_ai_draft_change", args=[draft.pk])


def check(page: Client, draft: Draft, text: str) -> dict[str, Any]:
    answer = page.post(reverse("admin:retail_ai_draft_check", args=[draft.pk]), {"text": text})
    return dict(json.loads(answer.content))


def test_typing_is_checked_and_stores_nothing(page: Client, drafts: list[Draft]) -> None:
    VoiceGuide.objects.create(name="House", banned="amazing", spelling="en-GB")
    found = check(page, drafts[0], "An amazing waterproof rucksack in gray, 1.2 kg.")
    assert not found["good"] and "waterproof" in found["verdict"]
    assert "".join(text for text, _claim, _fact in found["segments"]).startswith("An amazing waterproof")
    assert any(fact for _text, _claim, fact in found["segments"])
    assert any("“amazing” is banned" in note for note in found["notes"]) and any("grey" in n for n in found["notes"])
    assert Draft.objects.get(pk=drafts[0].pk).text == drafts[0].text
    assert check(page, drafts[0], drafts[0].text)["good"]


def test_length_and_language_are_remarked(page: Client, drafts: list[Draft]) -> None:
    assert "at most" in check(page, drafts[1], "Trail 45 Rucksack " * 6)["notes"][0]
    german = check(page, drafts[0], "Der Rucksack ist aus Nylon und wiegt 1,2 kg. Er ist für die Reise.")
    assert any("German" in note for note in german["notes"])


@pytest.mark.parametrize("text", ["", "   ", "x" * 1_000_000])
def test_what_cannot_be_kept_comes_back_with_the_reason(page: Client, drafts: list[Draft], text: str) -> None:
    assert check(page, drafts[0], text)["error"]
    answer = page.post(url_of(drafts[0]), {"action": "save", "text": text})
    assert answer.status_code == 200 and ("cannot be empty" in str(answer.content) or "at most" in str(answer.content))
    assert answer.context["typed"] == text
    assert Draft.objects.get(pk=drafts[0].pk).text == drafts[0].text


def test_the_other_texts_of_the_product_are_a_key_away(page: Client, drafts: list[Draft]) -> None:
    html = page.get(url_of(drafts[0])).content.decode()
    assert f'href="{url_of(drafts[1])}" data-key="2"' in html and 'data-key="n"' in html
    assert 'data-key="p"' in page.get(url_of(drafts[1])).content.decode()


def test_a_rejection_keeps_its_reason(page: Client, drafts: list[Draft]) -> None:
    page.post(url_of(drafts[0]), {"action": "reject", "reason": "Too dry"})
    assert Draft.objects.get(pk=drafts[0].pk).reason == "Too dry"
    assert "Too dry" in page.get(url_of(drafts[0])).content.decode()


def test_clean_drafts_are_published_by_a_job(page: Client, drafts: list[Draft], rucksack: Product) -> None:
    Draft.objects.filter(pk=drafts[1].pk).delete()
    url = reverse("admin:retail_ai_draft_clean")
    assert "Publish the clean draft" in page.get(reverse("admin:retail_ai_draft_changelist")).content.decode()
    assert drafts[0].text[:40] in page.get(url).content.decode() and not Job.objects.exists()
    page.post(url)
    job = Job.objects.get()
    run(job.pk)
    job.refresh_from_db()
    rucksack.refresh_from_db()
    assert job.report == {"published": 1} and rucksack.description == drafts[0].text
    assert "No draft is clean now" in page.get(url).content.decode()


def test_the_list_can_be_narrowed_to_what_needs_a_look(page: Client, drafts: list[Draft]) -> None:
    Draft.objects.filter(pk=drafts[0].pk).update(unsupported=2)
    listed = reverse("admin:retail_ai_draft_changelist")
    for value, shown in (("yes", [drafts[1]]), ("no", [drafts[0]]), ("unbacked", [drafts[0]]), ("style", [])):
        assert list(page.get(listed, {"clean": value}).context["cl"].result_list) == shown
    assert page.get(listed, {"clean": "contradicting"}).status_code == 200


def test_stale_products_are_a_click_from_a_new_draft(page: Client, drafts: list[Draft], rucksack: Product) -> None:
    Draft.objects.filter(pk=drafts[0].pk).update(state="stale")
    assert "stale texts anew" in page.get(reverse("admin:retail_ai_draft_changelist")).content.decode()
    assert f'value="{rucksack.pk}"' in page.get(reverse("admin:retail_ai_draft_stale")).content.decode()


def test_scripts_in_edits_and_reasons_stay_text(page: Client, drafts: list[Draft]) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)> 1.2 kg"
    page.post(url_of(drafts[0]), {"action": "save", "text": bad})
    page.post(url_of(drafts[0]), {"action": "reject", "reason": bad})
    for url in (url_of(drafts[0]), reverse("admin:retail_ai_draft_changelist")):
        html = page.get(url).content.decode()
        assert "<script>alert" not in html and "<img src=x" not in html


def test_a_damaged_selection_is_told(page: Client, rucksack: Product) -> None:
    html = page.post(
        reverse("admin:retail_ai_draft_write"),
        {"keys": "1,<script>", "fields_": "description", "languages": "en", "tone": "plain", "generator": "composer"},
    ).content.decode()
    assert "The selection is damaged" in html and not Job.objects.exists()


def test_a_text_that_the_shops_field_cannot_hold_is_told(page: Client, drafts: list[Draft], rucksack: Product) -> None:
    html = page.post(url_of(drafts[1]), {"action": "accept", "text": "Trail 45 Rucksack " * 9}).content.decode()
    assert "cannot hold this text" in html
    rucksack.refresh_from_db()
    assert rucksack.seo_title == "" and Draft.objects.get(pk=drafts[1].pk).state == "draft"


def test_texts_that_the_shop_has_no_place_for_are_not_clean(rucksack: Product) -> None:
    draft_products(keys=[rucksack.pk], fields=["bullets", "seo_title"], generator="composer")
    assert [draft.field for draft in clean_drafts()] == ["seo_title"]

"""Nothing is overwritten unseen: what was changed outside of the review pages is shown first, and kept."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from retail_ai.catalog.tasks import index_products
from retail_ai.descriptions.bulk import clean_drafts, publish_many, undo_many
from retail_ai.descriptions.live import LiveTextChanged, mark_of
from retail_ai.descriptions.models import Draft, TextVersion
from retail_ai.descriptions.publishing import publish_draft, restore_version, undo_publish
from retail_ai.descriptions.services import draft_products
from retail_ai.descriptions.stale import flag_stale
from shop_demo.models import Product

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(rucksack: Product) -> Draft:
    return draft_products(keys=[rucksack.pk], fields=["description"], generator="composer")[0][0]


def type_outside(product: Product, text: str) -> None:
    """As the shop's own admin does it, behind the app's back."""
    Product.objects.filter(pk=product.pk).update(description=text)


def live(product: Product) -> str:
    return Product.objects.get(pk=product.pk).description


def test_publishing_asks_before_it_replaces_another_text(rucksack: Product, draft: Draft, boss: Any) -> None:
    type_outside(rucksack, "Typed meanwhile.")
    with pytest.raises(LiveTextChanged):
        publish_draft(draft=draft, reviewer=boss)
    assert live(rucksack) == "Typed meanwhile." and Draft.objects.get(pk=draft.pk).state == "draft"
    publish_draft(draft=draft, reviewer=boss, seen=mark_of("Typed meanwhile."))
    assert live(rucksack) == draft.text
    assert TextVersion.objects.get(number=1).text == "Typed meanwhile."


def test_what_was_seen_must_still_be_live(rucksack: Product, draft: Draft, boss: Any) -> None:
    seen = mark_of(live(rucksack))
    type_outside(rucksack, "Typed after the page was loaded.")
    with pytest.raises(LiveTextChanged):
        publish_draft(draft=draft, reviewer=boss, seen=seen)


def test_undo_and_restore_ask_as_well(rucksack: Product, draft: Draft, boss: Any) -> None:
    publish_draft(draft=draft, reviewer=boss)
    type_outside(rucksack, "Mended by hand.")
    with pytest.raises(LiveTextChanged):
        undo_publish(draft=draft, reviewer=boss)
    with pytest.raises(LiveTextChanged):
        restore_version(version=TextVersion.objects.get(number=1), reviewer=boss)
    assert live(rucksack) == "Mended by hand."
    undo_publish(draft=draft, reviewer=boss, seen=mark_of("Mended by hand."))
    assert live(rucksack) == "The shop's own old text."
    assert "Mended by hand." in TextVersion.objects.values_list("text", flat=True)


def test_in_bulk_the_changed_one_is_left_with_its_reason(rucksack: Product, draft: Draft, boss: Any) -> None:
    type_outside(rucksack, "Typed meanwhile.")
    done, problems = publish_many(drafts=[draft], reviewer=boss)
    assert done == 0 and "changed outside" in problems[str(draft.pk)]
    assert live(rucksack) == "Typed meanwhile."


def test_many_are_taken_back(rucksack: Product, draft: Draft, boss: Any) -> None:
    assert publish_many(drafts=[draft], reviewer=boss) == (1, {})
    draft.refresh_from_db()
    assert undo_many(drafts=[draft], reviewer=boss) == (1, {}) and live(rucksack) == "The shop's own old text."
    assert undo_many(drafts=[Draft.objects.get(pk=draft.pk)], reviewer=boss)[0] == 0


def test_a_stale_live_text_can_be_taken_back_and_is_right_again_with_its_facts(
    rucksack: Product, draft: Draft, boss: Any
) -> None:
    publish_draft(draft=draft, reviewer=boss)
    rucksack.refresh_from_db()
    rucksack.attributes["weight"] = "2 kg"
    rucksack.save()
    assert flag_stale() == 1
    rucksack.attributes["weight"] = "1.2 kg"
    rucksack.save()
    assert flag_stale() == 0
    assert Draft.objects.get(pk=draft.pk).state == "published"
    rucksack.attributes["weight"] = "2 kg"
    rucksack.save()
    flag_stale()
    undo_publish(draft=draft, reviewer=boss)
    assert live(rucksack) == "The shop's own old text."


def test_a_saved_product_marks_its_texts_within_seconds(rucksack: Product, draft: Draft, boss: Any) -> None:
    publish_draft(draft=draft, reviewer=boss)
    rucksack.refresh_from_db()
    rucksack.save()
    index_products([str(rucksack.pk)])
    assert Draft.objects.get(pk=draft.pk).state == "published"
    rucksack.attributes["weight"] = "2 kg"
    rucksack.save()
    index_products([str(rucksack.pk)])
    assert Draft.objects.get(pk=draft.pk).state == "stale"


def test_a_stale_draft_gives_way_to_a_new_one(rucksack: Product, draft: Draft) -> None:
    rucksack.attributes["weight"] = "2 kg"
    rucksack.save()
    flag_stale()
    draft_products(keys=[rucksack.pk], fields=["description"], generator="composer")
    assert Draft.objects.get(pk=draft.pk).state == "superseded"


def test_only_clean_drafts_go_live_unread(rucksack: Product, draft: Draft) -> None:
    assert list(clean_drafts()) == [draft]
    for spoiled in ({"unsupported": 1}, {"style": [{"kind": "banned"}]}, {"scores": {"partly_checked": True}}):
        Draft.objects.filter(pk=draft.pk).update(**({"unsupported": 0, "style": [], "scores": {}} | spoiled))
        assert not clean_drafts().exists()


def test_the_page_says_it_and_asks(client: Client, boss: Any, rucksack: Product, draft: Draft) -> None:
    client.force_login(boss)
    url = reverse("admin:retail_ai_draft_change", args=[draft.pk])
    seen = client.get(url).context["seen"]
    type_outside(rucksack, "Typed <b>meanwhile</b>.")
    html = client.post(url, {"action": "accept", "text": draft.text + " ", "seen": seen}).content.decode()
    assert "Nothing was overwritten" in html and "rai-live-changed" in html and "Publish over it" in html
    assert "Typed &lt;b&gt;meanwhile&lt;/b&gt;." in html or "<del>Typed" in html
    assert live(rucksack) == "Typed <b>meanwhile</b>."
    client.post(url, {"action": "accept", "text": draft.text, "seen": mark_of(live(rucksack))})
    assert live(rucksack) == draft.text
    history = reverse("admin:retail_ai_draft_texts", args=[rucksack.pk])
    page = client.get(history).content.decode()
    assert "<del>" in page and "Put this one back" in page
    type_outside(rucksack, "Again.")
    html = client.post(history, {"version": TextVersion.objects.get(number=1).pk}, follow=True).content.decode()
    assert "Nothing was overwritten" in html and "changed outside of these pages" in html

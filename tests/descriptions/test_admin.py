"""The admin pages: choose, review, keyboard targets, publish, undo, history, escaping, permissions."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from retail_ai.descriptions.models import Draft, TextVersion
from retail_ai.descriptions.services import draft_products
from retail_ai.jobs.models import Job
from shop_demo.models import Product

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(rucksack: Product) -> Draft:
    return draft_products(keys=[rucksack.pk], fields=["description"], generator="composer")[0][0]


@pytest.fixture
def page(client: Client, boss: Any) -> Client:
    client.force_login(boss)
    return client


def change_url(draft: Draft) -> str:
    return reverse("admin:retail_ai_draft_change", args=[draft.pk])


def test_review_links_claims_to_facts(page: Client, draft: Draft) -> None:
    html = page.get(change_url(draft)).content.decode()
    assert 'data-fact="a2"' in html and 'id="rai-fact-a2"' in html
    assert "The shop&#x27;s own old text." in html or "<del>" in html
    assert "onclick" not in html and "<script>" not in html.replace("<script>\n", "")


def test_accept_publishes_and_goes_to_the_next_draft(page: Client, draft: Draft, rucksack: Product) -> None:
    other = draft_products(keys=[rucksack.pk], fields=["seo_title"], generator="composer")[0][0]
    response = page.post(change_url(draft), {"action": "accept", "text": draft.text})
    assert response.headers["Location"] == change_url(other)
    rucksack.refresh_from_db()
    assert rucksack.description == draft.text


def test_editing_shows_a_warning_for_what_no_fact_backs(page: Client, draft: Draft) -> None:
    html = page.post(
        change_url(draft), {"action": "save", "text": "It is waterproof and weighs 1.2 kg."}, follow=True
    ).content.decode()
    assert "rai-unbacked" in html and "Not all of it is backed" in html


def test_undo_from_the_page(page: Client, draft: Draft, rucksack: Product) -> None:
    page.post(change_url(draft), {"action": "accept", "text": draft.text})
    page.post(change_url(draft), {"action": "undo"})
    rucksack.refresh_from_db()
    assert rucksack.description == "The shop's own old text."


def test_history_puts_a_version_back(page: Client, draft: Draft, rucksack: Product) -> None:
    page.post(change_url(draft), {"action": "accept", "text": draft.text})
    url = reverse("admin:retail_ai_draft_texts", args=[rucksack.pk])
    assert "Put this one back" in page.get(url).content.decode()
    page.post(url, {"version": TextVersion.objects.get(number=1).pk})
    rucksack.refresh_from_db()
    assert rucksack.description == "The shop's own old text."


def test_supplier_markup_shows_as_text(page: Client, rucksack: Product) -> None:
    rucksack.title = "Trail <script>alert(1)</script> Rucksack"
    rucksack.attributes["lining"] = "<img src=x onerror=alert(1)>"
    rucksack.description = "<b>bold</b>"
    rucksack.save()
    draft = draft_products(keys=[rucksack.pk], fields=["description"], generator="composer")[0][0]
    html = page.get(change_url(draft)).content.decode()
    assert "<script>alert" not in html and "<img src=x" not in html and "&lt;img src=x" in html


def test_bulk_publish_from_the_list(page: Client, draft: Draft, rucksack: Product) -> None:
    url = reverse("admin:retail_ai_draft_changelist")
    assert "Trail 45 Rucksack" in page.get(url).content.decode()
    page.post(url, {"action": "publish_selected", "_selected_action": [draft.pk]}, follow=True)
    rucksack.refresh_from_db()
    assert rucksack.description == draft.text


def test_where_no_text_is_stale_the_owner_is_told_so(page: Client, draft: Draft) -> None:
    answer = page.get(reverse("admin:retail_ai_draft_stale"), follow=True)
    assert "No text is marked out of date" in answer.content.decode()
    assert answer.redirect_chain[-1][0].endswith("/admin/retail_ai/draft/")


def test_stale_texts_can_be_drafted_anew_in_bulk(page: Client, draft: Draft, rucksack: Product) -> None:
    url = reverse("admin:retail_ai_draft_changelist")
    html = page.post(url, {"action": "draft_anew", "_selected_action": [draft.pk]}).content.decode()
    assert 'id="rai-write"' in html and f'value="{rucksack.pk}"' in html and "What it will take" in html


def test_write_starts_a_job(page: Client, rucksack: Product) -> None:
    response = page.post(
        reverse("admin:retail_ai_draft_write"),
        {
            "keys": str(rucksack.pk),
            "fields_": ["description"],
            "languages": ["en"],
            "tone": "plain",
            "generator": "composer",
        },
    )
    job = Job.objects.get()
    assert response.status_code == 302 and job.kind == "descriptions.draft" and job.total == 1
    assert job.params["generator"] == "composer"


def test_write_tells_what_is_missing(page: Client, rucksack: Product) -> None:
    html = page.post(reverse("admin:retail_ai_draft_write"), {"keys": str(rucksack.pk)}).content.decode()
    assert "This field is required" in html and not Job.objects.exists()


def test_who_may_only_look_cannot_publish(client: Client, draft: Draft, django_user_model: Any) -> None:
    from django.contrib.auth.models import Permission

    clerk = django_user_model.objects.create_user("clerk", password="secret-1", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_draft"))
    client.force_login(clerk)
    assert "Accept and publish" not in client.get(change_url(draft)).content.decode()
    assert client.post(change_url(draft), {"action": "accept"}).status_code == 403
    assert client.post(reverse("admin:retail_ai_draft_write"), {}).status_code == 403

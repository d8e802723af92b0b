"""manage.py retail_ai_describe: drafts, estimates, and finds what is missing or stale."""

from io import StringIO

import pytest
from django.core.management import call_command

from retail_ai.descriptions.models import Draft
from shop_demo.models import Product

pytestmark = pytest.mark.django_db


def describe(*args: str) -> str:
    out = StringIO()
    call_command("retail_ai_describe", *args, "--generator", "composer", stdout=out)
    return out.getvalue()


def test_it_drafts_and_reports(rucksack: Product) -> None:
    assert "drafted 4" in describe()
    assert Draft.objects.filter(state="draft").count() == 4


def test_an_estimate_drafts_nothing(rucksack: Product) -> None:
    assert "Products: 1, texts: 4: about" in describe("--estimate")
    assert not Draft.objects.exists()


def test_missing_leaves_out_what_has_a_draft(rucksack: Product) -> None:
    describe("--field", "description")
    assert "Products: 0" in describe("--missing", "--estimate")


def test_stale_texts_are_drafted_anew(rucksack: Product) -> None:
    describe("--field", "description")
    rucksack.attributes["weight"] = "2 kg"
    rucksack.save()
    out = describe("--field", "description", "--stale")
    assert "1 texts were marked stale" in out
    assert "2 kg" in Draft.objects.get(state="draft").text

"""Languages the composer lacks: a model writes, numbers are proved, another language is refused with its reason."""

from typing import Any

import pytest

from retail_ai.descriptions import asking, pipeline
from retail_ai.descriptions.bulk import clean_drafts
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.services import draft_products
from shop_demo.models import Product
from tests.descriptions.test_pipeline import Saying

pytestmark = pytest.mark.django_db
GERMAN = "Der Trail 45 Rucksack wiegt 1,2 kg und ist aus Nylon. Er fasst 90 Liter. Er ist für die Reise mit der Bahn."


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Saying:
    made = Saying()
    monkeypatch.setattr(pipeline, "get_generator", lambda alias: made)
    monkeypatch.setattr(asking, "_tallies", {})
    return made


def write(product: Product, *languages: str, field: str = "description") -> tuple[list[Draft], dict[str, str], Any]:
    drafts, counts, failures = draft_products(keys=[product.pk], fields=[field], languages=languages)
    return drafts, failures, counts


def test_a_capable_model_writes_and_wrong_numbers_go(model: Saying, rucksack: Product) -> None:
    model.said = GERMAN
    (draft,), failures, _ = write(rucksack, "de")
    assert not failures and "1,2 kg" in draft.text and "90" not in draft.text and draft.unsupported == 0
    assert draft.scores["partly_checked"] and draft not in clean_drafts() and draft.prompt_tokens == 10


def test_another_language_is_refused_with_its_reason_and_the_rest_is_drafted(model: Saying, rucksack: Product) -> None:
    model.said = "The rucksack is made of nylon and weighs 1.2 kg. It is for the trip."
    drafts, failures, counts = write(rucksack, "en", "de")
    assert [draft.language for draft in drafts] == ["en"] and counts["refused"] == 1
    assert failures == {str(rucksack.pk): "description: German was not written: the model answered in English."}


@pytest.mark.parametrize("said, why", [("", "wrote nothing"), ("Er wiegt 77 kg und ist 90 m lang.", "no sentence")])
def test_what_cannot_be_used_is_refused(model: Saying, rucksack: Product, said: str, why: str) -> None:
    model.said = said
    drafts, failures, _ = write(rucksack, "de")
    assert drafts == [] and why in failures[str(rucksack.pk)]


def test_without_a_model_the_language_is_refused(rucksack: Product) -> None:
    drafts, _, failures = draft_products(
        keys=[rucksack.pk], fields=["description"], languages=["zh-hant"], generator="composer"
    )
    assert drafts == [] and "no language model" in failures[str(rucksack.pk)]


def test_lengths_hold(model: Saying, rucksack: Product) -> None:
    model.said = GERMAN * 3
    (draft,), _, _ = write(rucksack, "de", field="seo_title")
    assert 0 < len(draft.text) <= 60

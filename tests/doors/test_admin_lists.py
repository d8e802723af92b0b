"""What holds for every list and page that the app has in the admin, whichever room it stands in."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from retail_ai.lists import ReadOnlyAdmin
from tests.doors.admin_rows import fill_every_list

LISTED = [model for model in admin.site._registry if model._meta.app_label == "retail_ai"]
# Lists that people write themselves; all others show what the app wrote.
TYPED_IN = {
    "Segment", "Campaign", "Supplier", "SupplierPolicy", "Experiment", "Synonym", "CuratedQuery", "VoiceGuide",
    "SlateRule",
}  # fmt: skip
ROWS = 50
# Session, user, two counts, the rows and what stands above the list; none of it grows with the rows.
MOST_QUERIES = 20


def address(model, page="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def full(owner):
    fill_every_list(ROWS)
    return owner


def test_the_lists_an_owner_needs_are_there():
    names = {model.__name__ for model in LISTED}
    assert names >= TYPED_IN | {
        "CatalogEntry", "VectorSpace", "Event", "Consent", "Job", "Draft", "Release", "Forecast", "ReorderSuggestion",
        "StockSnapshot", "StockPlan", "StockAlert", "PurchaseOrder", "SavedScenario", "Conversation",
        "UnansweredQuestion", "FacetValue", "SearchLog",
    }  # fmt: skip
    assert set(LISTED) <= set(apps.get_app_config("retail_ai").get_models())


@pytest.mark.parametrize("model", LISTED, ids=lambda model: model.__name__)
def test_a_full_list_takes_a_fixed_number_of_queries(model, full, django_assert_max_num_queries):
    full.get(address(model))
    with django_assert_max_num_queries(MOST_QUERIES):
        page = full.get(address(model))
    assert page.status_code == 200 and page.context["cl"].result_count >= ROWS
    assert b"retail_ai/lists.css" in page.content


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("model", LISTED, ids=lambda model: model.__name__)
def test_an_empty_list_says_what_to_do(model, language, owner):
    page = owner.get(address(model), headers={"Accept-Language": language})
    assert page.status_code == 200
    words = page.content.decode()
    assert "retail-ai-empty" in words or "retail-ai-panel" in words or "retail-ai-index-state" in words


@pytest.mark.parametrize("model", LISTED, ids=lambda model: model.__name__)
def test_history_cannot_be_edited_by_hand(model, full):
    row = model._default_manager.order_by("pk").first()
    page = full.get(address(model, "change", row.pk))
    assert page.status_code in (200, 302)
    form = page.context and page.context.get("adminform")
    fields = set(form.form.fields) if form else set()
    assert bool(fields) == (model.__name__ in TYPED_IN and getattr(row, "state", "") != "sent")
    has_add = full.get(address(model, "add")).status_code == 200
    assert has_add == (model.__name__ in TYPED_IN)


@pytest.mark.parametrize("model", LISTED, ids=lambda model: model.__name__)
def test_a_search_is_answered(model, full):
    page = full.get(address(model), {"q": "bottle"})
    assert page.status_code == 200


def test_read_only_means_all_of_it():
    for model, model_admin in admin.site._registry.items():
        if isinstance(model_admin, ReadOnlyAdmin) and model.__name__ not in ("Conversation", "UnansweredQuestion"):
            assert not model_admin.has_add_permission(None) and not model_admin.has_delete_permission(None)

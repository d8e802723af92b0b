from datetime import timedelta

import pytest
from django.utils import timezone

from retail_ai.inventory.models import Forecast, ReorderSuggestion, SupplierPolicy
from retail_ai.inventory.reorders import decide, refresh_suggestions, reopen
from retail_ai.inventory.selectors import advice_for, advice_line, latest_forecasts, on_order, terms_of


@pytest.fixture
def suggestion(forecast_shop):
    return ReorderSuggestion.objects.get()


def test_what_was_accepted_is_on_order_until_it_is_due(suggestion, admin_user):
    assert decide(suggestions=[suggestion.pk], state="accepted", by=admin_user) == [suggestion.pk]
    suggestion.refresh_from_db()
    today = timezone.localdate()
    assert suggestion.due_on == today + timedelta(days=14)
    assert on_order([suggestion.product_id]) == {suggestion.product_id: suggestion.quantity}
    assert on_order([suggestion.product_id], today + timedelta(days=15)) == {}


def test_deciding_twice_changes_nothing_more(suggestion, admin_user):
    decide(suggestions=[suggestion.pk], state="dismissed", by=admin_user)
    assert decide(suggestions=[suggestion.pk], state="accepted", by=admin_user) == []


def test_what_was_dismissed_is_not_suggested_again_at_once_but_later(suggestion, admin_user):
    decide(suggestions=[suggestion.pk], state="dismissed", by=admin_user)
    forecasts = list(Forecast.objects.filter(product=suggestion.product_id))
    assert refresh_suggestions(forecasts=forecasts) == 0
    ReorderSuggestion.objects.update(decided_at=timezone.now() - timedelta(days=20))
    assert refresh_suggestions(forecasts=forecasts) == 1


def test_reopening_takes_a_decision_back_even_past_a_newer_suggestion(suggestion, admin_user):
    decide(suggestions=[suggestion.pk], state="accepted", by=admin_user)
    ReorderSuggestion.objects.create(
        product=suggestion.product, quantity=1, order_by=timezone.localdate(), weekly_demand=1, stock=1,
        reorder_point=1, safety_stock=1, lead_time_days=1,
    )  # fmt: skip
    assert reopen(suggestions=[suggestion.pk]) == 1
    open_now = ReorderSuggestion.objects.get(state="open")
    assert (open_now.pk, open_now.due_on, open_now.decided_by) == (suggestion.pk, None, None)


def test_a_products_own_terms_come_before_the_default_row_and_that_before_the_settings(forecast_shop):
    steady, rare, *_ = forecast_shop
    assert terms_of([steady.pk])[steady.pk].lead_time_days == 14
    SupplierPolicy.objects.create(lead_time_days=30)
    SupplierPolicy.objects.create(product=steady, lead_time_days=3, minimum_order=50, pack_size=12, unit_cost=2)
    terms = terms_of([steady.pk, rare.pk])
    assert (terms[steady.pk].lead_time_days, terms[rare.pk].lead_time_days) == (3, 30)
    refresh_suggestions(forecasts=list(Forecast.objects.filter(product=steady)))
    suggestion = ReorderSuggestion.objects.get(product=steady)
    assert suggestion.quantity == 60
    assert suggestion.cost == 120


def test_there_is_one_default_row(db):
    from django.db import IntegrityError

    SupplierPolicy.objects.create()
    with pytest.raises(IntegrityError):
        SupplierPolicy.objects.create()


def test_the_advice_in_one_line(forecast_shop):
    steady = forecast_shop[0]
    forecast = latest_forecasts([steady.pk]).get()
    line = advice_line(advice_for([forecast])[steady.pk])
    assert line.startswith("Sells ")
    assert "days of cover; order " in line

from datetime import timedelta

import pytest
from django.utils import timezone

from retail_ai.exceptions import InvalidInput
from retail_ai.inventory.models import Forecast, PurchaseOrder, ReorderSuggestion, Supplier, SupplierPolicy
from retail_ai.inventory.reorders import decide, refresh_suggestions, reopen
from retail_ai.inventory.selectors import advice_for, advice_line, latest_forecasts, on_order
from retail_ai.inventory.terms import buying


@pytest.fixture
def suggestion(forecast_shop):
    return ReorderSuggestion.objects.get()


def test_what_was_accepted_is_on_order_until_it_is_received(suggestion, admin_user):
    assert decide(suggestions=[suggestion.pk], state="accepted", by=admin_user) == [suggestion.pk]
    suggestion.refresh_from_db()
    today = timezone.localdate()
    assert suggestion.due_on == today + timedelta(days=14)
    assert on_order([suggestion.product_id]) == {suggestion.product_id: suggestion.quantity}
    assert on_order([suggestion.product_id], today + timedelta(days=15)) == {
        suggestion.product_id: suggestion.quantity
    }
    line = PurchaseOrder.objects.get(state="draft").lines.get()
    assert (line.product_id, line.quantity, line.suggestion) == (
        suggestion.product_id,
        suggestion.quantity,
        suggestion,
    )


def test_another_quantity_may_be_accepted_but_none_that_cannot_be(suggestion, admin_user):
    for wrong in (0, -3, 10**9):
        with pytest.raises(InvalidInput, match="whole number"):
            decide(suggestions=[suggestion.pk], state="accepted", by=admin_user, quantities={suggestion.pk: wrong})
    decide(suggestions=[suggestion.pk], state="accepted", by=admin_user, quantities={suggestion.pk: 77})
    assert on_order([suggestion.product_id]) == {suggestion.product_id: 77}


def test_what_was_postponed_comes_back_on_its_day(suggestion, admin_user):
    today = timezone.localdate()
    with pytest.raises(InvalidInput, match="day to come"):
        decide(suggestions=[suggestion.pk], state="postponed", by=admin_user, until=today)
    decide(suggestions=[suggestion.pk], state="postponed", by=admin_user)
    forecasts = list(Forecast.objects.filter(product=suggestion.product_id))
    assert refresh_suggestions(forecasts=forecasts) == 0
    assert refresh_suggestions(forecasts=forecasts, today=today + timedelta(days=7)) == 1
    assert not ReorderSuggestion.objects.filter(state="postponed").exists()


def test_what_has_been_ordered_is_not_reopened(suggestion, admin_user):
    decide(suggestions=[suggestion.pk], state="accepted", by=admin_user)
    PurchaseOrder.objects.update(state="ordered")
    assert reopen(suggestions=[suggestion.pk]) == 0
    suggestion.refresh_from_db()
    assert suggestion.state == "accepted"


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
    assert not PurchaseOrder.objects.exists()


def test_a_products_own_terms_come_before_the_default_row_and_that_before_the_settings(forecast_shop):
    steady, rare, *_ = forecast_shop
    assert buying([steady.pk])[steady.pk].terms.lead_time == 14
    SupplierPolicy.objects.create(lead_time_days=30)
    SupplierPolicy.objects.create(product=steady, lead_time_days=3, minimum_order=50, pack_size=12, unit_cost=2)
    terms = buying([steady.pk, rare.pk])
    assert (terms[steady.pk].terms.lead_time, terms[rare.pk].terms.lead_time) == (3, 30)
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


def test_a_suppliers_figures_hold_where_the_terms_name_none(forecast_shop):
    steady, rare, *_ = forecast_shop
    supplier = Supplier.objects.create(name="Acme", lead_time_days=5, lead_time_sd=2, review_days=30)
    SupplierPolicy.objects.create(product=steady, supplier=supplier, review_days=10)
    terms = buying([steady.pk])[steady.pk].terms
    assert (terms.lead_time, terms.lead_time_sd, terms.review, terms.service_level) == (5, 2, 10, 0.95)
    assert buying([rare.pk])[rare.pk].supplier is None


def test_the_level_follows_the_margin_where_asked_and_known(forecast_shop):
    """Sold at 10, bought at 4: 6 earned, 4 · 0.2 · 7 / 365 = 0.0153 to keep a round: 6 / 6.0153 = 0.997."""
    steady, rare, *_ = forecast_shop
    SupplierPolicy.objects.create(product=steady, unit_cost=4, by_margin=True, service_level=0.9)
    SupplierPolicy.objects.create(product=rare, unit_cost=4, currency="USD", by_margin=True, service_level=0.9)
    own, foreign = (buying([p.pk])[p.pk] for p in (steady, rare))
    assert own.terms.service_level == pytest.approx(0.9975, abs=2e-4)
    assert (foreign.terms.service_level, foreign.problem) == (0.9, "currency")
    SupplierPolicy.objects.filter(product=steady).update(unit_cost=12)
    assert buying([steady.pk])[steady.pk].problem == "no margin"


def test_units_ordered_elsewhere_count(forecast_shop):
    steady = forecast_shop[0]
    before = advice_for(latest_forecasts([steady.pk]))[steady.pk].quantity
    SupplierPolicy.objects.create(product=steady, on_order=500)
    assert on_order([steady.pk]) == {steady.pk: 500}
    assert advice_for(latest_forecasts([steady.pk]))[steady.pk].order_in > 7
    assert before > 0


def test_waiting_is_told_in_pieces_and_money(suggestion):
    """The mug sells 7 a week; 10 are there and an order takes two weeks, so a week's wait loses most of a week."""
    assert 4 < suggestion.lost_units < 7.5
    assert float(suggestion.lost_value) == pytest.approx(10 * suggestion.lost_units, abs=0.02)
    assert suggestion.risk > 0.8

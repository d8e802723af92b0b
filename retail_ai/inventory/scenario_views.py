"""The scenario page of the admin: what if, worked out at once; kept only when asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from retail_ai.engine.scenarios import Scenario
from retail_ai.inventory.models import Supplier
from retail_ai.inventory.money_cells import amount
from retail_ai.inventory.typed import text_in
from retail_ai.inventory.whatif import chosen_forecasts, compare, save_scenario
from retail_ai.inventory.whatif_values import Comparison, Figures
from retail_ai.stores import get_store

PRESETS = (
    # xgettext:no-python-format
    (gettext_lazy("10 % off for two weeks"), {"discount": 10, "discount_weeks": 2}),
    (gettext_lazy("Supplier two weeks late"), {"late_days": 14}),
    (gettext_lazy("Service level 98 %"), {"service_level": 98}),
    (gettext_lazy("A fifth more is wanted"), {"demand": 20}),
)


class ScenarioForm(forms.Form):
    """What changes, in per cent and days."""

    discount = forms.FloatField(label=gettext_lazy("Discount, %"), min_value=0, max_value=90, required=False)
    discount_weeks = forms.IntegerField(
        label=gettext_lazy("for so many weeks"), min_value=1, max_value=52, required=False
    )
    late_days = forms.IntegerField(
        label=gettext_lazy("Deliveries late by days"), min_value=0, max_value=180, required=False
    )
    service_level = forms.FloatField(
        label=gettext_lazy("Service level, %"), min_value=50, max_value=99.9, required=False
    )
    demand = forms.FloatField(label=gettext_lazy("Demand changes by, %"), min_value=-90, max_value=500, required=False)
    supplier = forms.ModelChoiceField(
        Supplier.objects, label=gettext_lazy("Supplier"), required=False, empty_label=gettext_lazy("all")
    )

    def scenario(self) -> Scenario:
        values = self.cleaned_data
        level = values["service_level"]
        return Scenario(
            discount=(values["discount"] or 0) / 100,
            discount_weeks=values["discount_weeks"] or 2,
            late_days=values["late_days"] or 0,
            service_level=None if level is None else level / 100,
            demand=(values["demand"] or 0) / 100,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the three plans, as text; ``risk`` figures are better when lower."""

    label: str
    present: str
    unprepared: str
    prepared: str


def scenario_page(request: HttpRequest) -> HttpResponse:
    """GET works a scenario out; POST does so and keeps it."""
    if not request.user.has_perm("retail_ai.view_reordersuggestion"):
        raise PermissionDenied
    given = request.POST if request.method == "POST" else request.GET
    product, title = _product(given.get("product", ""))
    asked = any(given.get(name) for name in ScenarioForm.base_fields if name != "supplier")
    form = ScenarioForm(given if asked or request.method == "POST" else None)
    comparison = None
    if form.is_bound and form.is_valid():
        forecasts = chosen_forecasts(product=product, supplier=form.cleaned_data["supplier"])
        comparison = compare(form.scenario(), forecasts=forecasts)
        if comparison is not None and request.method == "POST":
            return _keep(request, comparison)
    context = {
        **admin.site.each_context(request),
        "title": _("What if"),
        "form": form,
        "product": product,
        "product_title": title,
        "presets": [
            (label, urlencode({**values, **({"product": product} if product else {})})) for label, values in PRESETS
        ],
        "comparison": comparison,
        "nothing": form.is_bound and form.is_valid() and comparison is None,
        "rows": figure_rows(comparison) if comparison else [],
        "may_keep": request.user.has_perm("retail_ai.add_savedscenario"),
    }
    return TemplateResponse(request, "retail_ai/inventory/scenario.html", context)


def figure_rows(comparison: Comparison) -> list[Row]:
    """The three plans' figures, one row each."""
    plans = (comparison.present, comparison.unprepared, comparison.prepared)
    return rows_of([{name: getattr(plan, name) for name in Figures.__dataclass_fields__} for plan in plans])


def rows_of(plans: list[dict[str, Any]]) -> list[Row]:
    """The same from plain values, as they are kept."""
    shown: list[tuple[str, str, Callable[[Any], str]]] = [
        (_("chance of a stock-out, mean"), "chance", lambda value: f"{value * 100:.1f} %"),
        (_("products expected to run out"), "running_out", lambda value: f"{value:.1f}"),
        (_("lost sales, pieces"), "lost_units", lambda value: f"{value:.1f}"),
        (_("lost sales, earnings"), "lost_value", amount),
        (_("cash tied up in stock, mean"), "stock_value", amount),
        (_("spent on orders"), "spend", amount),
        (_("sales"), "revenue", amount),
        (_("earnings after cost and keeping"), "profit", amount),
    ]
    return [Row(label, *(show(plan[name]) for plan in plans)) for label, name, show in shown]


def _keep(request: HttpRequest, comparison: Comparison) -> HttpResponse:
    if not request.user.has_perm("retail_ai.add_savedscenario"):
        raise PermissionDenied
    saved = save_scenario(
        name=text_in(request, "name", 120) or describe(comparison.scenario), comparison=comparison, by=request.user
    )
    messages.success(request, _("Kept: %(name)s") % {"name": saved})
    return HttpResponseRedirect(reverse("admin:retail_ai_savedscenario_change", args=[saved.pk]))


def describe(scenario: Scenario) -> str:
    """A scenario in words."""
    parts = []
    if scenario.discount:
        parts.append(
            _("%(n)g %% off for %(weeks)d weeks") % {"n": scenario.discount * 100, "weeks": scenario.discount_weeks}
        )
    if scenario.late_days:
        parts.append(_("deliveries %(n)d days late") % {"n": scenario.late_days})
    if scenario.service_level is not None:
        parts.append(_("service level %(n)g %%") % {"n": scenario.service_level * 100})
    if scenario.demand:
        parts.append(_("demand %(n)+g %%") % {"n": scenario.demand * 100})
    return ", ".join(parts) or _("nothing changes")


def _product(text: str) -> tuple[Any, str]:
    """(key, title) of the product asked for; (None, "") for none or one that is not there."""
    if not text:
        return None, ""
    store = get_store()
    try:
        found = store.products().filter(pk=store.product_model._meta.pk.to_python(text)).first()
    except (ValidationError, ValueError):
        found = None
    return (found.pk, str(found)) if found is not None else (None, "")

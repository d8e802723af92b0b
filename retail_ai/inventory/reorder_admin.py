"""The reorder list in the admin: search, filter, edit quantities, accept, postpone, dismiss, undo, budget, CSV."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from retail_ai.exceptions import MissingPackage, RetailAIError
from retail_ai.inventory.budgets import has_budgets, parse_budget, shares
from retail_ai.inventory.filters import StateFilter, SupplierFilter, UrgencyFilter
from retail_ai.inventory.models import ForecastRun, ReorderSuggestion
from retail_ai.inventory.reorder_columns import ReorderColumns, shares_now
from retail_ai.inventory.reorders import decide, reopen
from retail_ai.inventory.scenario_views import scenario_page
from retail_ai.inventory.selectors import latest_forecasts, product_search_fields
from retail_ai.inventory.services import start_forecast_job
from retail_ai.inventory.sheets import reorder_sheet
from retail_ai.inventory.typed import csv_response, numbers_in
from retail_ai.jobs.tasks import enqueue
from retail_ai.stores import get_store

State = ReorderSuggestion.State
UNDO, BUDGET = "retail_ai_reorder_undo", "retail_ai_reorder_budget"
VERBS = {"accept": State.ACCEPTED, "postpone": State.POSTPONED, "dismiss": State.DISMISSED}


@admin.register(ReorderSuggestion)
class ReorderSuggestionAdmin(ReorderColumns, admin.ModelAdmin):  # type: ignore[type-arg]
    """Advice is made by the forecast job; a person decides on it here."""

    list_display = [
        "product_link", "units", "order_by_day", "decision", "price", "waiting", "cover", "rate", "in_stock",
    ]  # fmt: skip
    list_display_links = None
    list_filter = [StateFilter, UrgencyFilter, SupplierFilter]
    list_select_related = ["product", "supplier"]
    list_per_page = 50
    actions = ["accept", "postpone", "dismiss", "take_back", "export_csv"]

    class Media:
        css = {"all": ["retail_ai/inventory/inventory.css"]}

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return (*product_search_fields(), "supplier__name")

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """With a column on the budget where there is one."""
        shares_now.set({})
        budget = request.session.get(BUDGET)
        if budget is None and not has_budgets():
            return list(self.list_display)
        shares_now.set(shares(budget))
        return [*self.list_display[:2], "funded", *self.list_display[2:]]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> Any:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/forecast/", wrap(self.to_forecast), name="retail_ai_reordersuggestion_forecast"),
            path("scenario/", wrap(scenario_page), name="retail_ai_scenario"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Advice is not edited; its page is the forecast that it rests on."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_permission(request, row):
            return super().change_view(request, object_id, form_url, extra_context)
        return self.to_forecast(request, row.pk)

    def to_forecast(self, request: HttpRequest, pk: int) -> HttpResponse:
        """From a row to its product's plot."""
        row = ReorderSuggestion.objects.filter(pk=pk).first()
        found = latest_forecasts([row.product_id]).first() if row else None
        if found is None:
            return HttpResponseRedirect(reverse("admin:retail_ai_forecast_changelist"))
        return HttpResponseRedirect(reverse("admin:retail_ai_forecast_change", args=[found.pk]))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, and what its own buttons post to."""
        if request.method == "POST" and self.has_change_permission(request) and self._handle(request):
            return HttpResponseRedirect(request.get_full_path())
        run = ForecastRun.objects.exclude(finished_at=None).first()
        context = {
            "title": _("Reorder list"),
            "undo": len(request.session.get(UNDO, [])),
            "budget": request.session.get(BUDGET),
            "run": run,
            "currency": get_store().currency,
            "may_decide": self.has_change_permission(request),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def _handle(self, request: HttpRequest) -> bool:
        try:
            return self._did(request)
        except RetailAIError as error:
            messages.error(request, str(error))
            return True

    def _did(self, request: HttpRequest) -> bool:
        if "retail_ai_undo" in request.POST:
            self._reopen(request, request.session.pop(UNDO, []))
        elif "retail_ai_forecast" in request.POST:
            self._forecast(request)
        elif "retail_ai_budget" in request.POST:
            request.session[BUDGET] = parse_budget(request.POST["budget"])
        elif "retail_ai_accept_funded" in request.POST:
            self._accept_funded(request)
        elif "retail_ai_decision" in request.POST:
            what, _colon, pk = request.POST["retail_ai_decision"].partition(":")
            self._decide(request, what, [int(pk)] if pk.isdecimal() else [])
        else:
            return False
        return True

    def _decide(self, request: HttpRequest, what: str, pks: list[int], units: dict[int, int] | None = None) -> None:
        if what == "reopen":
            self._reopen(request, pks)
        elif what in VERBS:
            typed = numbers_in(request, "units", pks) if what == "accept" and units is None else units
            done = decide(suggestions=pks, state=VERBS[what], by=request.user, quantities=typed)
            request.session[UNDO] = done
            messages.success(request, _said(VERBS[what], len(done)))

    def _accept_funded(self, request: HttpRequest) -> None:
        """Those due within a week, as far as the money goes."""
        soon = timezone.localdate() + timedelta(days=7)
        due = set(ReorderSuggestion.objects.filter(state=State.OPEN, order_by__lte=soon).values_list("pk", flat=True))
        paid = {
            key: share.quantity
            for key, share in shares(request.session.get(BUDGET)).items()
            if key in due and share.quantity and share.reason in ("", "cut")
        }
        self._decide(request, "accept", list(paid), paid)

    def _reopen(self, request: HttpRequest, pks: list[int]) -> None:
        count = reopen(suggestions=pks)
        messages.success(
            request, ngettext("%d suggestion is open again.", "%d suggestions are open again.", count) % count
        )
        if count < len(pks):
            messages.warning(request, gettext("What has been ordered already is cancelled on its purchase order."))

    def _forecast(self, request: HttpRequest) -> None:
        if not request.user.has_perm("retail_ai.add_forecastrun"):
            return
        try:
            job = start_forecast_job(started_by=request.user)
        except MissingPackage as error:
            messages.error(request, str(error))
            return
        enqueue(job)
        messages.success(request, gettext("Started: %(job)s") % {"job": job})

    def _act(self, request: HttpRequest, what: str, rows: QuerySet[ReorderSuggestion]) -> None:
        try:
            self._decide(request, what, list(rows.values_list("pk", flat=True)))
        except RetailAIError as error:
            messages.error(request, str(error))

    @admin.action(description=_("Accept: onto the suppliers' draft orders"), permissions=["change"])
    def accept(self, request: HttpRequest, rows: QuerySet[ReorderSuggestion]) -> None:
        self._act(request, "accept", rows)

    @admin.action(description=_("Postpone for a week"), permissions=["change"])
    def postpone(self, request: HttpRequest, rows: QuerySet[ReorderSuggestion]) -> None:
        self._act(request, "postpone", rows)

    @admin.action(description=_("Dismiss for two weeks"), permissions=["change"])
    def dismiss(self, request: HttpRequest, rows: QuerySet[ReorderSuggestion]) -> None:
        self._act(request, "dismiss", rows)

    @admin.action(description=_("Undo the decision"), permissions=["change"])
    def take_back(self, request: HttpRequest, rows: QuerySet[ReorderSuggestion]) -> None:
        self._act(request, "reopen", rows)

    @admin.action(description=_("Export as CSV"), permissions=["view"])
    def export_csv(self, request: HttpRequest, rows: QuerySet[ReorderSuggestion]) -> HttpResponse:
        sheet = reorder_sheet(rows.select_related("product", "supplier"))
        return csv_response(sheet, f"reorder-{timezone.localdate()}")


def _said(state: str, count: int) -> str:
    text = {
        State.ACCEPTED: ngettext("%d order accepted.", "%d orders accepted.", count),
        State.POSTPONED: ngettext("%d suggestion postponed.", "%d suggestions postponed.", count),
        State.DISMISSED: ngettext("%d suggestion dismissed.", "%d suggestions dismissed.", count),
    }[State(state)]
    return text % count

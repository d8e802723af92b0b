"""The reorder list in the admin: sort, filter, accept, dismiss, undo, export as CSV."""

import csv
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from retail_ai.exceptions import MissingPackage
from retail_ai.inventory.filters import StateFilter, UrgencyFilter
from retail_ai.inventory.models import ForecastRun, ReorderSuggestion
from retail_ai.inventory.reorders import decide, reopen
from retail_ai.inventory.selectors import latest_forecasts, product_search_fields
from retail_ai.inventory.services import start_forecast_job
from retail_ai.jobs.tasks import enqueue

State = ReorderSuggestion.State
UNDO = "retail_ai_reorder_undo"
COLUMNS = ["product", "quantity", "order_by", "days_of_cover", "weekly_demand", "stock", "on_order", "cost", "state"]


@admin.register(ReorderSuggestion)
class ReorderSuggestionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Advice is made by the forecast job; a person decides on it here."""

    list_display = [
        "product_link", "quantity", "order_by_day", "decision", "cover", "rate", "stock", "on_order", "cost",
    ]  # fmt: skip
    list_display_links = None
    list_filter = [StateFilter, UrgencyFilter]
    list_select_related = ["product"]
    list_per_page = 50
    actions = ["accept", "dismiss", "take_back", "export_csv"]

    class Media:
        css = {"all": ["retail_ai/inventory/inventory.css"]}

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return product_search_fields()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("product"), ordering="product")
    def product_link(self, row: ReorderSuggestion) -> str:
        address = reverse("admin:retail_ai_reordersuggestion_forecast", args=[row.pk])
        return format_html('<a href="{}">{}</a>', address, row.product)

    @admin.display(description=_("order by"), ordering="order_by")
    def order_by_day(self, row: ReorderSuggestion) -> Any:
        if row.order_by > timezone.localdate():
            return row.order_by
        return format_html('<strong class="retail-ai-late">{}</strong>', gettext("now"))

    @admin.display(description=_("days of cover"), ordering="days_of_cover")
    def cover(self, row: ReorderSuggestion) -> str:
        return "—" if row.days_of_cover is None else f"{row.days_of_cover:.0f}"

    @admin.display(description=_("sells a week"), ordering="weekly_demand")
    def rate(self, row: ReorderSuggestion) -> str:
        return f"{row.weekly_demand:.1f}"

    @admin.display(description=_("decision"))
    def decision(self, row: ReorderSuggestion) -> str:
        if row.state == State.OPEN:
            return _button("accept", row, gettext("Accept")) + _button("dismiss", row, gettext("Dismiss"))
        return format_html("{} {}", row.get_state_display(), _button("reopen", row, gettext("Undo")))

    def get_urls(self) -> Any:
        from django.urls import path

        view = self.admin_site.admin_view(self.to_forecast)
        return [
            path("<int:pk>/forecast/", view, name="retail_ai_reordersuggestion_forecast"),
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
            "run": run,
            "may_decide": self.has_change_permission(request),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def _handle(self, request: HttpRequest) -> bool:
        if "retail_ai_undo" in request.POST:
            self._reopen(request, request.session.pop(UNDO, []))
        elif "retail_ai_forecast" in request.POST:
            self._forecast(request)
        elif "retail_ai_decision" in request.POST:
            what, _colon, pk = request.POST["retail_ai_decision"].partition(":")
            self._decide(request, what, [int(pk)] if pk.isdecimal() else [])
        else:
            return False
        return True

    def _decide(self, request: HttpRequest, what: str, pks: list[int]) -> None:
        if what == "reopen":
            self._reopen(request, pks)
        elif what in ("accept", "dismiss"):
            state = State.ACCEPTED if what == "accept" else State.DISMISSED
            done = decide(suggestions=pks, state=state, by=request.user)
            request.session[UNDO] = done
            text = {
                State.ACCEPTED: ngettext("%d order accepted.", "%d orders accepted.", len(done)),
                State.DISMISSED: ngettext("%d suggestion dismissed.", "%d suggestions dismissed.", len(done)),
            }[state]
            messages.success(request, text % len(done))

    def _reopen(self, request: HttpRequest, pks: list[int]) -> None:
        count = reopen(suggestions=pks)
        messages.success(
            request, ngettext("%d suggestion is open again.", "%d suggestions are open again.", count) % count
        )

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

    @admin.action(description=_("Accept: these are ordered"), permissions=["change"])
    def accept(self, request: HttpRequest, rows: QuerySet[ReorderSuggestion]) -> None:
        self._decide(request, "accept", list(rows.values_list("pk", flat=True)))

    @admin.action(description=_("Dismiss for two weeks"), permissions=["change"])
    def dismiss(self, request: HttpRequest, rows: QuerySet[ReorderSuggestion]) -> None:
        self._decide(request, "dismiss", list(rows.values_list("pk", flat=True)))

    @admin.action(description=_("Undo the decision"), permissions=["change"])
    def take_back(self, request: HttpRequest, rows: QuerySet[ReorderSuggestion]) -> None:
        self._reopen(request, list(rows.values_list("pk", flat=True)))

    @admin.action(description=_("Export as CSV"), permissions=["view"])
    def export_csv(self, request: HttpRequest, rows: QuerySet[ReorderSuggestion]) -> HttpResponse:
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="reorder-{timezone.localdate()}.csv"'
        writer = csv.writer(response)
        writer.writerow(COLUMNS)
        for row in rows.select_related("product"):
            writer.writerow([_cell(getattr(row, column)) for column in COLUMNS])
        return response


def _button(what: str, row: ReorderSuggestion, label: str) -> str:
    return format_html(
        '<button class="retail-ai-decide" name="retail_ai_decision" value="{}:{}" aria-label="{}: {}">{}</button> ',
        what, row.pk, label, row.product, label,
    )  # fmt: skip


def _cell(value: Any) -> str:
    """As text that a spreadsheet does not take for a formula."""
    text = "" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not isinstance(value, int | float) else text

"""Stock alerts in the admin: look, snooze, dismiss, undo, check now, and ask for the digest by mail."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from retail_ai.inventory.alerts import check_alerts, reopen_alerts, set_aside
from retail_ai.inventory.digest import sentence, subject_of, subscribe, unsubscribe
from retail_ai.inventory.filters import AlertStateFilter
from retail_ai.inventory.models import AlertSubscription, StockAlert
from retail_ai.inventory.money_cells import amount
from retail_ai.inventory.selectors import product_search_fields
from retail_ai.lists import ReadOnlyAdmin
from retail_ai.stores.users import email_of

State = StockAlert.State


@admin.register(StockAlert)
class StockAlertAdmin(ReadOnlyAdmin):
    """Found after each forecast; a person decides what becomes of them."""

    list_display = ["about", "kind", "words", "stake", "first_seen", "decision"]
    list_display_links = None
    list_filter = [AlertStateFilter, "kind"]
    list_select_related = ["product", "order"]
    list_per_page = 50
    actions = ["snooze", "dismiss", "take_back"]
    empty_text = _("Nothing needs a look. Alerts appear here after a forecast: low cover, surprises, late deliveries.")

    class Media:
        css = {"all": ["retail_ai/inventory/inventory.css"]}

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return (*product_search_fields(), "order__supplier__name")

    def _may(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("retail_ai.change_stockalert"))

    has_decide_permission = _may

    @admin.display(description=_("what"), ordering="product")
    def about(self, alert: StockAlert) -> str:
        return format_html('<a href="{}">{}</a>', _page(alert), subject_of(alert))

    @admin.display(description=_("why"))
    def words(self, alert: StockAlert) -> str:
        return sentence(alert)

    @admin.display(description=_("at stake"), ordering="at_stake")
    def stake(self, alert: StockAlert) -> str:
        return amount(alert.at_stake)

    @admin.display(description=_("decision"))
    def decision(self, alert: StockAlert) -> str:
        if alert.state == State.OPEN:
            words = {"snooze": gettext("Snooze a week"), "dismiss": gettext("Dismiss")}
            return format_html("{}{}", *(_button(what, alert, label) for what, label in words.items()))
        if alert.state == State.OVER:
            return alert.get_state_display()
        until = f" {alert.snoozed_until}" if alert.snoozed_until else ""
        undo = _button("reopen", alert, gettext("Undo"))
        return format_html("{}{} {}", alert.get_state_display(), until, undo)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """To what the alert is about."""
        alert = self.get_object(request, object_id)
        if alert is None or not self.has_view_permission(request, alert):
            return super().change_view(request, object_id, form_url, extra_context)
        return HttpResponseRedirect(_page(alert))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.method == "POST" and self.has_view_permission(request) and self._handle(request):
            return HttpResponseRedirect(request.get_full_path())
        context = {
            "title": gettext("Stock alerts"),
            "subscribed": AlertSubscription.objects.filter(user=request.user.pk).exists(),
            "has_address": bool(email_of(request.user)),
            "may_decide": self._may(request),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def _handle(self, request: HttpRequest) -> bool:
        if "retail_ai_digest" in request.POST:
            self._digest(request, request.POST["retail_ai_digest"] == "on")
        elif "retail_ai_check" in request.POST and self._may(request):
            came = check_alerts()
            messages.success(request, gettext("%(new)d new alerts, %(over)d are over.") % came)
        elif "retail_ai_decision" in request.POST and self._may(request):
            what, _colon, pk = request.POST["retail_ai_decision"].partition(":")
            self._decide(request, what, [int(pk)] if pk.isdecimal() else [])
        else:
            return False
        return True

    def _digest(self, request: HttpRequest, on: bool) -> None:
        if not on:
            unsubscribe(user=request.user)
            messages.success(request, gettext("You get no more mail of stock alerts."))
        elif email_of(request.user):
            subscribe(user=request.user, language=get_language() or "")
            messages.success(request, gettext("You get a mail each morning on which there are new alerts."))
        else:
            messages.error(request, gettext("Your login has no e-mail address."))

    def _decide(self, request: HttpRequest, what: str, pks: list[int]) -> None:
        if what == "reopen":
            count = reopen_alerts(alerts=pks)
            messages.success(request, ngettext("%d alert is open again.", "%d alerts are open again.", count) % count)
        elif what in ("snooze", "dismiss"):
            count = len(set_aside(alerts=pks, by=request.user, dismiss=what == "dismiss"))
            messages.success(request, ngettext("%d alert set aside.", "%d alerts set aside.", count) % count)

    @admin.action(description=_("Snooze for a week"), permissions=["decide"])
    def snooze(self, request: HttpRequest, rows: QuerySet[StockAlert]) -> None:
        self._decide(request, "snooze", list(rows.values_list("pk", flat=True)))

    @admin.action(description=_("Dismiss until it comes again"), permissions=["decide"])
    def dismiss(self, request: HttpRequest, rows: QuerySet[StockAlert]) -> None:
        self._decide(request, "dismiss", list(rows.values_list("pk", flat=True)))

    @admin.action(description=_("Undo the decision"), permissions=["decide"])
    def take_back(self, request: HttpRequest, rows: QuerySet[StockAlert]) -> None:
        self._decide(request, "reopen", list(rows.values_list("pk", flat=True)))


def _page(alert: StockAlert) -> str:
    """Where to do something about it."""
    if alert.order_id:
        return reverse("admin:retail_ai_purchaseorder_change", args=[alert.order_id])
    if alert.product_id:
        return reverse("admin:retail_ai_product_forecast", args=[alert.product_id])
    return reverse("admin:retail_ai_reordersuggestion_changelist")


def _button(what: str, alert: StockAlert, label: str) -> str:
    return format_html(
        '<button class="retail-ai-decide" name="retail_ai_decision" value="{}:{}" aria-label="{}: {}">{}</button> ',
        what, alert.pk, label, subject_of(alert), label,
    )  # fmt: skip

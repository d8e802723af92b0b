"""Purchase orders in the admin: the list, and an order's page from draft to received, printable, with undo."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, DecimalField, F, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from retail_ai.exceptions import RetailAIError
from retail_ai.inventory.filters import SupplierFilter
from retail_ai.inventory.models import PurchaseOrder
from retail_ai.inventory.money_cells import amount
from retail_ai.inventory.purchase_drafts import add_line, change_lines
from retail_ai.inventory.purchase_mail import send_order
from retail_ai.inventory.purchase_page import order_context
from retail_ai.inventory.purchasing import cancel, mark_ordered, receive, receive_all, undo
from retail_ai.inventory.sheets import order_sheet
from retail_ai.inventory.typed import csv_response, day_in, numbers_in, text_in, whole
from retail_ai.lists import ReadOnlyAdmin

State = PurchaseOrder.State


@admin.register(PurchaseOrder)
class PurchaseOrderAdmin(ReadOnlyAdmin):
    """Drafts come from accepted suggestions; an order's own page moves it on."""

    list_display = ["number", "supplier_name", "state", "lines_count", "total", "expected_on", "ordered_at"]
    list_filter = ["state", SupplierFilter]
    list_select_related = ["supplier"]
    search_fields = ["supplier__name", "pk", "note"]
    date_hierarchy = "created_at"
    empty_text = gettext_lazy(
        "No purchase order yet. Accept suggestions in the reorder list: each supplier gets a draft."
    )

    class Media:
        css = {"all": ["retail_ai/inventory/inventory.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[PurchaseOrder]:
        money = DecimalField(max_digits=18, decimal_places=4)
        cost = Sum(F("lines__quantity") * F("lines__unit_cost"), output_field=money)
        rows: QuerySet[PurchaseOrder] = super().get_queryset(request)
        return rows.annotate(count=Count("lines"), cost=cost)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Purchase orders"), **(extra_context or {})})

    @admin.display(description=gettext_lazy("order"), ordering="pk")
    def number(self, order: PurchaseOrder) -> str:
        return order.number

    @admin.display(description=gettext_lazy("supplier"), ordering="supplier__name")
    def supplier_name(self, order: PurchaseOrder) -> str:
        return str(order.supplier or _("none named"))

    @admin.display(description=gettext_lazy("products"), ordering="count")
    def lines_count(self, order: Any) -> int:
        return int(order.count)

    @admin.display(description=gettext_lazy("total"), ordering="cost")
    def total(self, order: Any) -> str:
        return amount(order.cost, order.currency)

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(self.sheet)
        return [path("<int:pk>/csv/", view, name="retail_ai_purchaseorder_csv"), *super().get_urls()]

    def sheet(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The order as CSV."""
        order = PurchaseOrder.objects.filter(pk=pk).first()
        if order is None or not self.has_view_permission(request, order):
            raise PermissionDenied
        return csv_response(order_sheet(order), order.number)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The order's page; POST takes a step."""
        order = self.get_object(request, object_id)
        if order is None or not self.has_view_permission(request, order):
            return super().change_view(request, object_id, form_url, extra_context)
        may = request.user.has_perm("retail_ai.change_purchaseorder")
        if request.method == "POST":
            if not may:
                raise PermissionDenied
            return self._step(request, order)
        context = {**self.admin_site.each_context(request), **order_context(order), "opts": self.opts, "may": may}
        return TemplateResponse(request, "retail_ai/inventory/purchase_order.html", context)

    def _step(self, request: HttpRequest, order: PurchaseOrder) -> HttpResponse:
        try:
            messages.success(request, take_step(request, order, request.POST.get("step", "")))
        except RetailAIError as error:
            messages.error(request, str(error))
        if not PurchaseOrder.objects.filter(pk=order.pk).exists():
            return HttpResponseRedirect(reverse("admin:retail_ai_purchaseorder_changelist"))
        return HttpResponseRedirect(request.path)


def take_step(request: HttpRequest, order: PurchaseOrder, step: str) -> str:
    """Do what a button of the page says; the sentence to show. What was typed into a draft is kept with each step."""
    keys = list(order.lines.values_list("pk", flat=True))
    if order.state == State.DRAFT and step in ("save", "order", "send", "add"):
        change_lines(order=order, quantities=numbers_in(request, "quantity", keys))
        if "note" in request.POST:
            PurchaseOrder.objects.filter(pk=order.pk).update(note=text_in(request, "note", 2000))
    if step == "save":
        return _("Saved.")
    if step == "add":
        return _("Added: %(line)s") % {"line": add_line(
            order=order, sku=text_in(request, "sku", 200), quantity=whole(request.POST.get("units", "") or "1")
        ).product}  # fmt: skip
    if step == "order":
        mark_ordered(order=order, by=request.user, expected_on=day_in(request, "expected_on"))
        return _("Marked as ordered.")
    if step == "send":
        send_order(order=order, by=request.user, expected_on=day_in(request, "expected_on"))
        return _("Sent to the supplier and marked as ordered.")
    if step == "receive":
        receive(order=order, units=numbers_in(request, "came", keys), by=request.user)
        return _("Received.")
    if step == "receive_all":
        receive_all(order=order, by=request.user)
        return _("All received.")
    if step == "cancel":
        cancel(order=order, by=request.user)
        return _("Cancelled.")
    if step == "undo":
        return _("Taken back: %(step)s.") % {"step": undo(order=order).get_kind_display()}
    return _("Nothing was changed at %(time)s.") % {"time": timezone.localtime().strftime("%H:%M")}

"""Suppliers and their terms in the admin, and terms out of a CSV file with its bad rows told by line."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from retail_ai.exceptions import InvalidInput
from retail_ai.inventory.models import Supplier, SupplierPolicy
from retail_ai.inventory.selectors import product_search_fields
from retail_ai.inventory.term_import import import_file, import_from_shop
from retail_ai.inventory.term_rows import COLUMNS

SHOWN_PROBLEMS = 200


@admin.register(Supplier)
class SupplierAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Who products are bought from."""

    list_display = ["name", "email", "lead_time_days", "review_days", "minimum_value", "budget"]
    search_fields = ["name", "email"]
    empty_text = gettext_lazy("No supplier yet. Add one here, or import supplier terms that name them.")


@admin.register(SupplierPolicy)
class SupplierPolicyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Suppliers' terms: one row for all products, more for those that differ."""

    list_display = [
        "__str__", "supplier", "lead_time_days", "minimum_order", "pack_size", "unit_cost", "currency",
        "service_level", "by_margin", "source",
    ]  # fmt: skip
    list_filter = ["supplier", "by_margin", "source"]
    raw_id_fields = ["product"]
    autocomplete_fields = ["supplier"]
    empty_text = gettext_lazy(
        "No terms yet, so two weeks of lead time and single pieces are assumed. Add your suppliers' terms."
    )
    list_select_related = ["product", "supplier"]
    fieldsets = (
        (None, {"fields": ("product", "supplier", "article", ("unit_cost", "currency"))}),
        (
            gettext_lazy("delivery"),
            {"fields": (("lead_time_days", "lead_time_sd"), "review_days", ("minimum_order", "pack_size"))},
        ),
        (gettext_lazy("how much risk"), {"fields": ("service_level", "by_margin", "holding_rate")}),
        (gettext_lazy("on its way"), {"fields": (("on_order", "on_order_due"),)}),
    )

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return ("supplier__name", "article", *product_search_fields())

    def save_model(self, request: HttpRequest, obj: SupplierPolicy, form: Any, change: bool) -> None:
        """What a person typed is not overwritten by the shop's own figures."""
        obj.source = SupplierPolicy.Source.PERSON
        super().save_model(request, obj, form, change)

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(self.import_page)
        return [path("import/", view, name="retail_ai_supplierpolicy_import"), *super().get_urls()]

    def import_page(self, request: HttpRequest) -> HttpResponse:
        """A CSV file of terms, or the shop's own."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request), "title": _("Import supplier terms"), "opts": self.opts,
            "columns": COLUMNS,
        }  # fmt: skip
        if request.method == "POST":
            try:
                report = self._import(request)
            except InvalidInput as error:
                messages.error(request, str(error))
                return HttpResponseRedirect(reverse("admin:retail_ai_supplierpolicy_import"))
            context |= {
                "report": report,
                "problems": report.problems[:SHOWN_PROBLEMS],
                "more": max(0, len(report.problems) - SHOWN_PROBLEMS),
            }
        return TemplateResponse(request, "retail_ai/inventory/import_terms.html", context)

    def _import(self, request: HttpRequest) -> Any:
        if "from_shop" in request.POST:
            return import_from_shop()
        file: Any = request.FILES.get("file")
        if file is None:
            raise InvalidInput(_("Choose a file."))
        return import_file(file.read())

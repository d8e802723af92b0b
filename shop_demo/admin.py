"""The shop's own administration. retail_ai adds its actions to the product list through one mixin."""

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from retail_ai.stores.admin import RetailAIProductAdminMixin
from shop_demo.checkout import cancel_order
from shop_demo.models import (
    Department,
    HelpPage,
    Order,
    OrderLine,
    Product,
    Profile,
    RelatedProduct,
    Review,
    StockOut,
    SupplierTerms,
    VisitLog,
)


@admin.register(Department)
class DepartmentAdmin(admin.ModelAdmin):
    list_display = ["name", "name_zh", "parent", "position"]
    list_editable = ["position"]
    list_filter = ["parent"]
    list_select_related = ["parent"]
    search_fields = ["name", "name_zh", "slug"]
    prepopulated_fields = {"slug": ["name"]}


class TopDepartmentFilter(admin.SimpleListFilter):
    """The departments at the top, each with all below it: an import may bring hundreds of small ones."""

    title = _("department")
    parameter_name = "in"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(d.slug, d.local_name) for d in Department.objects.filter(parent=None)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Product]) -> QuerySet[Product]:
        if not self.value():
            return queryset
        own, below = Q(department__slug=self.value()), Q(department__parent__slug=self.value())
        return queryset.filter(own | below)


class RelatedProductInline(admin.TabularInline):
    """The shop's own picks; what the app wrote is shown, and written anew by it."""

    model = RelatedProduct
    fk_name = "product"
    fields = ["kind", "related", "position", "is_automatic"]
    readonly_fields = ["is_automatic"]
    autocomplete_fields = ["related"]
    extra = 0


@admin.register(Product)
class ProductAdmin(RetailAIProductAdminMixin, admin.ModelAdmin):
    list_display = ["title", "sku", "brand", "department", "price", "stock", "is_active"]
    list_filter = ["is_active", TopDepartmentFilter, "source"]
    list_select_related = ["department__parent"]
    search_fields = ["title", "sku", "brand"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["department"]
    inlines = [RelatedProductInline]
    actions = ["hide", "show"]
    list_per_page = 50
    show_full_result_count = False

    @admin.action(description=_("Hide products"), permissions=["change"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        self._say(request, queryset.update(is_active=False))

    @admin.action(description=_("Show products"), permissions=["change"])
    def show(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        self._say(request, queryset.update(is_active=True))

    def _say(self, request: HttpRequest, n: int) -> None:
        text = ngettext("%(n)d product changed.", "%(n)d products changed.", n) % {"n": n}
        self.message_user(request, text, messages.SUCCESS)


class OrderLineInline(admin.TabularInline):
    model = OrderLine
    extra = 0
    autocomplete_fields = ["product"]


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["number", "placed_at", "name", "email", "status", "total", "is_simulated"]
    list_filter = ["status", "source", "is_simulated"]
    search_fields = ["number", "email", "name"]
    date_hierarchy = "placed_at"
    raw_id_fields = ["user"]
    readonly_fields = ["number", "placed_at", "delivery", "total", "is_simulated", "source"]
    inlines = [OrderLineInline]
    actions = ["ship", "cancel_and_restock"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description=_("Mark as shipped"), permissions=["change"])
    def ship(self, request: HttpRequest, queryset: QuerySet[Order]) -> None:
        n = queryset.filter(status=Order.Status.PLACED).update(status=Order.Status.SHIPPED)
        self._say(request, n)

    @admin.action(description=_("Cancel and put back into stock"), permissions=["change"])
    def cancel_and_restock(self, request: HttpRequest, queryset: QuerySet[Order]) -> None:
        self._say(request, sum(cancel_order(order=order) for order in queryset))

    def _say(self, request: HttpRequest, n: int) -> None:
        text = ngettext("%(n)d order changed.", "%(n)d orders changed.", n) % {"n": n}
        self.message_user(request, text, messages.SUCCESS if n else messages.WARNING)


@admin.register(RelatedProduct)
class RelatedProductAdmin(admin.ModelAdmin):
    list_display = ["product", "kind", "related", "position", "is_automatic"]
    list_filter = ["kind", "is_automatic"]
    list_select_related = ["product", "related"]
    search_fields = ["product__title", "related__title"]
    autocomplete_fields = ["product", "related"]
    readonly_fields = ["is_automatic"]
    show_full_result_count = False


@admin.register(OrderLine)
class OrderLineAdmin(admin.ModelAdmin):
    list_display = ["order", "title", "quantity", "unit_price"]
    list_select_related = ["order"]
    search_fields = ["title", "order__number"]
    raw_id_fields = ["order", "product"]
    show_full_result_count = False


@admin.register(Profile)
class ProfileAdmin(admin.ModelAdmin):
    list_display = ["user", "language", "wants_news", "is_simulated"]
    list_filter = ["language", "wants_news", "is_simulated"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__email"]
    raw_id_fields = ["user"]


@admin.register(Review)
class ReviewAdmin(admin.ModelAdmin):
    list_display = ["product", "rating", "user", "created_at", "is_simulated"]
    list_filter = ["rating", "is_simulated"]
    list_select_related = ["product", "user"]
    search_fields = ["text", "product__title"]
    raw_id_fields = ["product", "user"]


@admin.register(HelpPage)
class HelpPageAdmin(admin.ModelAdmin):
    list_display = ["title", "kind", "language", "position"]
    list_filter = ["kind", "language"]
    search_fields = ["title", "body"]
    prepopulated_fields = {"slug": ["title"]}


@admin.register(VisitLog)
class VisitLogAdmin(admin.ModelAdmin):
    list_display = ["occurred_at", "kind", "product", "query", "is_simulated"]
    list_filter = ["kind", "is_simulated"]
    list_select_related = ["product"]
    raw_id_fields = ["product", "user"]
    show_full_result_count = False


@admin.register(SupplierTerms)
class SupplierTermsAdmin(admin.ModelAdmin):
    list_display = ["product", "supplier", "cost", "lead_time_days", "minimum_order", "pack_size"]
    list_select_related = ["product"]
    list_filter = ["supplier"]
    raw_id_fields = ["product"]
    search_fields = ["product__title", "product__sku", "supplier", "article"]


@admin.register(StockOut)
class StockOutAdmin(admin.ModelAdmin):
    list_display = ["product", "first_day", "last_day"]
    list_select_related = ["product"]
    raw_id_fields = ["product"]

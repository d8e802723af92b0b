from django.contrib import admin
from oscar.apps.catalogue.admin import *  # noqa: F403
from oscar.apps.catalogue.admin import ProductAdmin as OscarProductAdmin
from oscar.core.loading import get_model

Product = get_model("catalogue", "Product")
admin.site.unregister(Product)


@admin.register(Product)
class ProductAdmin(OscarProductAdmin):
    actions = ["hide"]

    @admin.action(description="Hide")
    def hide(self, request, queryset):
        queryset.update(is_public=False)

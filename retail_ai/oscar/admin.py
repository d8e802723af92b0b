"""Gives the product admin that the shop registered, Oscar's or its own, the app's actions and links."""

from django.contrib import admin
from oscar.core.loading import get_model

from retail_ai.oscar.dashboard import add_bulk_actions
from retail_ai.stores.admin import RetailAIProductAdminMixin

Product = get_model("catalogue", "Product")


def extend_product_admin() -> None:
    """A project that extended its product's admin itself, or has none, is left as it is."""
    registered = admin.site._registry.get(Product)
    if registered is None or isinstance(registered, RetailAIProductAdminMixin):
        return
    own = type(registered)
    admin.site.unregister(Product)
    admin.site.register(Product, type(own.__name__, (RetailAIProductAdminMixin, own), {}))


extend_product_admin()
add_bulk_actions()

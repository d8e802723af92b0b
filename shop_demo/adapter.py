"""All that retail_ai must know of the demo shop."""

from retail_ai.stores import StoreAdapter


class DemoStore(StoreAdapter):
    """The demo shop's field names and what differs from the defaults."""

    sku_field = "sku"
    brand_field = "brand"
    stock_field = "stock"
    visible_field = "is_active"
    category_field = "department__name"
    attributes_field = "attributes"
    select_related = ("department__parent",)

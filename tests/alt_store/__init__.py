"""A second shop, unlike the demo: UUID keys, a product from a later migration, other field names, own users."""

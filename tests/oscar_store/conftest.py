"""Oscar's own tests run in its own process only: test_store_contracts.py starts it."""

from django.conf import settings

collect_ignore = [] if settings.RETAIL_AI_PRODUCT_MODEL == "catalogue.Product" else ["own"]

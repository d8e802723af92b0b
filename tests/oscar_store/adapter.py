"""All that the third shop says beyond Oscar's own: whom it may mail."""

from retail_ai.stores.oscar import OscarStore


class NewsletterStore(OscarStore):
    may_contact = {"groups__name": "Newsletter"}

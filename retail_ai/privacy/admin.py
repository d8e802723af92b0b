"""Consents in the admin: to look up, not to change."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from retail_ai.lists import ReadOnlyAdmin
from retail_ai.privacy.models import Consent
from retail_ai.stores.users import user_search_fields


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    """Who allowed what, and when."""

    list_display = ("occurred_at", "customer", "visitor", "purpose", "granted", "source")
    list_filter = ("purpose", "granted", "source")
    search_fields = ("visitor", *(f"customer__{name}" for name in user_search_fields()))
    list_select_related = ("customer",)
    empty_text = _("Nobody has said yes or no yet. Shoppers do so on the privacy page and by unsubscribing.")
    date_hierarchy = "occurred_at"

"""Whether what mails show still holds: each product can be bought now, at the price that is told. Reads only."""

from typing import Any

from django.db.models import F, Func, JSONField, QuerySet
from django.db.models.fields.json import KT
from django.utils import translation

from retail_ai.campaigns.models import CampaignProduct, CampaignRecipient
from retail_ai.engine.facts import Offer
from retail_ai.money import format_money
from retail_ai.recommendations.sensitive import sensitive_among
from retail_ai.stores import get_store

Shown = tuple[str, str, str]


def outdated(recipients: QuerySet[CampaignRecipient]) -> set[Shown]:
    """(language, product, price told), as ``shown_by`` gives them, of what these mails show and that holds no more."""
    item = Func(F("items"), function="jsonb_array_elements", output_field=JSONField())
    rows = recipients.order_by().annotate(item=item).annotate(product=KT("item__product"), price=KT("item__price"))
    shown = set(rows.values_list("language", "product", "price").distinct())
    to_python: Any = CampaignProduct._meta.get_field("product").target_field.to_python
    keys = [to_python(product) for product in {product for _language, product, _price in shown}]
    sensitive = sensitive_among(keys)
    offers = {str(key): offer for key, offer in get_store().offers(keys).items() if key not in sensitive}
    return {row for row in shown if not _holds(row, offers.get(row[1]))}


def shown_by(recipient: CampaignRecipient) -> set[Shown]:
    """What one mail shows."""
    return {(recipient.language, item["product"], item["price"]) for item in recipient.items}


def _holds(shown: Shown, offer: Offer | None) -> bool:
    language, _product, price = shown
    with translation.override(language):
        return offer is not None and offer.sellable and format_money(offer.price) == price

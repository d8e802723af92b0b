"""Writes one customer's mail: their products with reasons, in their language, as text and as escaped HTML."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from retail_ai.campaigns.links import absolute, unsubscribe_url
from retail_ai.campaigns.models import Campaign, CampaignRecipient
from retail_ai.campaigns.templates import fill, in_active_language
from retail_ai.engine.facts import Contact, Offer
from retail_ai.inventory.availability import undeliverable
from retail_ai.money import format_money
from retail_ai.recommendations.selectors import recommend
from retail_ai.recommendations.sensitive import without_sensitive_products
from retail_ai.stores import get_store

MAX_NAME = CampaignRecipient._meta.get_field("name").max_length


def write_mail(campaign: Campaign, contact: Contact, *, featured: Sequence[Any] = ()) -> CampaignRecipient | None:
    """An unsaved recipient with subject, text and HTML; None when there is nothing to suggest to this customer."""
    language = campaign.language or contact.language
    customer: Any = contact.customer
    with translation.override(language):
        items = _items(campaign, contact, featured, language)
        if not items:
            return None
        recipient = CampaignRecipient(
            campaign=campaign,
            customer_id=customer,
            email=contact.email,
            name=contact.name[:MAX_NAME],
            language=language,
            items=items,
        )
        compose(recipient)
    return recipient


def compose(recipient: CampaignRecipient) -> None:
    """Fill in subject, text and HTML from the campaign's words and the recipient's products."""
    values = {"name": recipient.name.strip() or _("dear customer"), "count": len(recipient.items)}
    recipient.subject = " ".join(fill(in_active_language(recipient.campaign.subject), **values).split())[:250]
    context = {
        "body": fill(in_active_language(recipient.campaign.body), **values),
        "items": recipient.items,
        "language": recipient.language,
        "subject": recipient.subject,
        "unsubscribe": unsubscribe_url(recipient),
    }
    recipient.text = render_to_string("retail_ai/campaigns/mail.txt", context)
    recipient.html = render_to_string("retail_ai/campaigns/mail.html", context)


def _items(campaign: Campaign, contact: Contact, featured: Sequence[Any], language: str) -> list[dict[str, str]]:
    """Featured products first, then what suits this customer, up to the campaign's number."""
    chosen = [(product, _("Picked by our team")) for product in without_sensitive_products(featured)][
        : campaign.products_each
    ]
    shown = {product.pk for product, _reason in chosen}
    if len(chosen) < campaign.products_each:
        customer = get_user_model()(pk=str(contact.customer))
        more = recommend(
            slate="for_you", customer=customer, limit=campaign.products_each + len(chosen), language=language,
            in_mail=True,
        )  # fmt: skip
        gone = undeliverable(item.product.pk for item in more)
        chosen += [(item.product, item.reason) for item in more if item.product.pk not in shown | gone]
    chosen = chosen[: campaign.products_each]
    offers = get_store().offers([product.pk for product, _reason in chosen])
    return [_item(product, reason, offers[product.pk]) for product, reason in chosen if product.pk in offers]


def _item(product: Any, reason: str, offer: Offer) -> dict[str, str]:
    store = get_store()
    return {
        "product": str(product.pk),
        "title": store.title(product),
        "reason": reason,
        "url": absolute(store.product_url(product)),
        "image": absolute(store.image_url(product)),
        "price": format_money(offer.price),
    }

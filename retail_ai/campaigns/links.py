"""Links in mails: absolute ones to the shop, and the signed one by which a customer unsubscribes."""

from typing import Any
from urllib.parse import urljoin

from django.core import signing
from django.urls import reverse

from retail_ai.campaigns.models import CampaignRecipient
from retail_ai.conf import conf

SALT = "retail_ai.unsubscribe"


def absolute(path: str) -> str:
    """The path under RETAIL_AI["SITE_URL"]; an empty one stays empty."""
    return urljoin(str(conf.SITE_URL).rstrip("/") + "/", path) if path else ""


def unsubscribe_url(recipient: CampaignRecipient) -> str:
    """Works for this customer for ever: an old mail must still let one leave. Without a customer it is nobody's."""
    customer = None if recipient.customer_id is None else str(recipient.customer_id)
    data = {"customer": customer, "campaign": recipient.campaign_id}
    token = signing.Signer(salt=SALT).sign_object(data)
    return absolute(reverse("retail_ai:unsubscribe", args=[token]))


def read_token(token: str) -> dict[str, Any]:
    """What the token was made from. Raises signing.BadSignature for one that we did not make."""
    data: dict[str, Any] = signing.Signer(salt=SALT).unsign_object(token)
    return data

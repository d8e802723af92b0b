"""The shop's own e-mails. Only the order confirmation; offers are retail_ai's campaigns."""

import logging

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from shop_demo.models import Order

logger = logging.getLogger(__name__)


def send_confirmation(order: Order) -> None:
    """Write to the buyer in the language of the page. An order stands even when its mail cannot be sent."""
    text = render_to_string("shop/mail/confirmation.txt", {"order": order, "lines": order.lines.all()})
    subject = _("Your order %(number)s") % {"number": order.number}
    try:
        send_mail(subject, text, None, [order.email])
    except OSError:
        logger.exception("confirmation of %s was not sent", order.number)

"""The mail with new stock alerts to the staff who asked for it, and the sentence that an alert is told in."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import get_connection, send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from retail_ai.conf import conf
from retail_ai.inventory.models import AlertSubscription, StockAlert
from retail_ai.stores.users import email_of

logger = logging.getLogger(__name__)
PERMISSION = "retail_ai.view_stockalert"
SHOWN = 30


def subscribe(*, user: Any, language: str = "") -> bool:
    """Send this member of staff the digest; False when it was so already."""
    _row, new = AlertSubscription.objects.get_or_create(user=user, defaults={"language": language})
    return new


def unsubscribe(*, user: Any) -> bool:
    """No more digests; False when there were none."""
    return bool(AlertSubscription.objects.filter(user=user).delete()[0])


def send_digest() -> dict[str, int]:
    """Mail the alerts that nobody was mailed of yet; how many mails went out and failed. With no new alert or no
    subscriber nothing is sent. Who lost the permission or the address is passed over. Two at once send one digest."""
    people = _readers()
    keys = _claim() if people else []
    if not keys:
        return {"sent": 0, "failed": 0}
    shown = StockAlert.objects.filter(pk__in=keys).select_related("product", "order")
    alerts, sent = list(shown.order_by("kind", "-at_stake", "pk")[:SHOWN]), 0
    connection = get_connection()
    for user, language in people:
        try:
            with translation.override(language or settings.LANGUAGE_CODE):
                subject, text = write_digest(alerts, len(keys))
                send_mail(subject, text, None, [email_of(user)], connection=connection)
            sent += 1
        except OSError:  # smtplib's errors are; the next one may yet go out
            logger.exception("The stock digest could not be sent to user %s", user.pk)
    if not sent:
        StockAlert.objects.filter(pk__in=keys).update(mailed_at=None)
    return {"sent": sent, "failed": len(people) - sent}


def _claim() -> list[int]:
    """Keys of the new alerts, from now on noted as mailed: whoever asks at the same moment waits, and finds none."""
    with transaction.atomic():
        new = StockAlert.objects.select_for_update().filter(state=StockAlert.State.OPEN, mailed_at=None)
        keys = list(new.order_by("pk").values_list("pk", flat=True))
        StockAlert.objects.filter(pk__in=keys).update(mailed_at=timezone.now())
    return keys


def write_digest(alerts: list[StockAlert], count: int) -> tuple[str, str]:
    """(subject, text) in the language that is active."""
    subject = ngettext("%(n)d new stock alert", "%(n)d new stock alerts", count) % {"n": count}
    lines = [f"- {alert.get_kind_display()}: {subject_of(alert)}. {sentence(alert)}" for alert in alerts]
    if count > len(alerts):
        lines.append(_("… and %(n)d more.") % {"n": count - len(alerts)})
    page = conf.SITE_URL.rstrip("/") + reverse("admin:retail_ai_stockalert_changelist")
    return subject, "\n".join([*lines, "", page, _("You asked for this mail; the page above is where to end it.")])


def subject_of(alert: StockAlert) -> str:
    """What an alert is about: a product, an order, or all forecasts."""
    return str(alert.product or alert.order or _("Forecasts"))


def sentence(alert: StockAlert) -> str:
    """An alert's figures as a sentence, in the language that is active."""
    figures: dict[str, Any] = {
        "rate": 0, "cover": 0, "on_order": 0, "sold": 0, "expected": 0, "low": 0, "high": 0, "value": 0, "days": 0,
        "supplier": "", "error": "", "since": "", **alert.figures,
    }  # fmt: skip
    write = SENTENCES.get((alert.kind, figures.get("reason"))) or SENTENCES[alert.kind, None]
    return write() % figures


def _readers() -> list[tuple[Any, str]]:
    """(user, language) of subscribers who may see alerts and have an address."""
    rows = AlertSubscription.objects.filter(user__is_active=True).select_related("user").order_by("pk")
    return [(row.user, row.language) for row in rows if row.user.has_perm(PERMISSION) and email_of(row.user)]


SENTENCES: dict[tuple[str, str | None], Callable[[], str]] = {
    (StockAlert.Kind.LOW, None): lambda: _("Sells %(rate)s a week; lasts %(cover)s days, less than a delivery takes."),
    (StockAlert.Kind.OUT, None): lambda: _("Sells %(rate)s a week; %(on_order)s on their way."),
    (StockAlert.Kind.SPIKE, None): lambda: _("Sold %(sold)s last week; expected %(expected)s, at most %(high)s."),
    (StockAlert.Kind.DROP, None): lambda: _("Sold %(sold)s last week; expected %(expected)s, at least %(low)s."),
    (StockAlert.Kind.BROKEN, None): lambda: _(
        "In the back-test its error is %(value)s times that of simply repeating last week."
    ),
    (StockAlert.Kind.BROKEN, "exact"): lambda: _(
        "In the back-test simply repeating last week was almost exact; its error is %(value)s of a usual change from"
        " week to week."
    ),
    (StockAlert.Kind.BROKEN, "bias"): lambda: _(
        "Its errors of the last weeks all lean to one side (tracking signal %(value)s)."
    ),
    (StockAlert.Kind.STALE, None): lambda: _("The last forecast is of %(since)s. Is the nightly task running?"),
    (StockAlert.Kind.STALE, "failed"): lambda: _("The last forecast failed: %(error)s"),
    (StockAlert.Kind.LATE, None): lambda: _("%(days)s days late. %(supplier)s"),
}

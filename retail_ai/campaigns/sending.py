"""Sends a recipient's mail at most once, even when the worker is killed or the line drops in the middle.

A recipient is claimed on a database connection of its own, whose commit does not wait for the job's transaction. A
worker that dies between claim and answer leaves the claim behind: the mail may have gone out, so it is reported as
unknown and not sent again. So is one whose mail server went silent before it said yes or no.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from smtplib import SMTPException, SMTPServerDisconnected

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.utils import timezone

from retail_ai.campaigns.audience import mailable
from retail_ai.campaigns.links import unsubscribe_url
from retail_ai.campaigns.models import CampaignRecipient
from retail_ai.campaigns.outdated import outdated, shown_by

State = CampaignRecipient.State
_TABLE = CampaignRecipient._meta.db_table


class Ledger:
    """Claims and results of sending, each committed at once."""

    def __init__(self, link: object) -> None:
        self._link = link

    def claim(self, recipient: int) -> bool:
        """True for exactly one caller, and only for a mail that was surely not sent before."""
        return self._run(
            "SET state = %s, claimed_at = %s, reason = '' WHERE id = %s AND state IN (%s, %s)",
            [State.SENDING, timezone.now(), recipient, State.READY, State.FAILED],
        )

    def settle(self, recipient: int, state: str, reason: str = "") -> bool:
        """Write what became of a claimed mail."""
        sent_at = timezone.now() if state == State.SENT else None
        return self._run(
            "SET state = %s, reason = %s, sent_at = %s WHERE id = %s AND state = %s",
            [state, reason[:300], sent_at, recipient, State.SENDING],
        )

    def _run(self, sql: str, params: list[object]) -> bool:
        with self._link.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f'UPDATE "{_TABLE}" {sql}', params)
            return bool(cursor.rowcount)


@contextmanager
def open_ledger() -> Iterator[Ledger]:
    """A ledger on a connection of its own."""
    link = connection.copy()
    try:
        yield Ledger(link)
    finally:
        link.close()


def send_all(recipients: list[int]) -> dict[int, str]:
    """Send to each who is still to be sent to; the state each one came to, by id."""
    rows = CampaignRecipient.objects.in_bulk(recipients)
    allowed = {contact.customer: contact.email for contact in mailable(row.customer_id for row in rows.values())}
    untrue = outdated(CampaignRecipient.objects.filter(pk__in=rows))
    with open_ledger() as ledger, get_connection() as mail:
        return {
            key: _send_one(ledger, row, mail, allowed.get(row.customer_id, ""), bool(untrue & shown_by(row)))
            for key, row in rows.items()
        }


def message_to(recipient: CampaignRecipient, *, to: str | None = None) -> EmailMultiAlternatives:
    """The mail, with the headers by which mail programs offer to unsubscribe (RFC 8058)."""
    message = EmailMultiAlternatives(recipient.subject, recipient.text, to=[to or recipient.email])
    message.attach_alternative(recipient.html, "text/html")
    message.extra_headers = {
        "List-Unsubscribe": f"<{unsubscribe_url(recipient)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return message


def _send_one(ledger: Ledger, row: CampaignRecipient, mail: BaseEmailBackend, email: str, is_outdated: bool) -> str:
    if row.state in (State.SENT, State.SKIPPED, State.UNKNOWN, State.HELD):
        return row.state
    if row.state == State.SENDING:
        ledger.settle(row.pk, State.UNKNOWN, "The worker stopped while sending: it may or may not have gone out.")
        return State.UNKNOWN
    if not ledger.claim(row.pk):
        return State.UNKNOWN
    if not email:
        outcome = str(State.SKIPPED), "May not be mailed any more."
    elif is_outdated:
        outcome = str(State.SKIPPED), "A product in it cannot be bought any more, or its price has changed."
    else:
        outcome = _deliver(row, mail, email)
    ledger.settle(row.pk, *outcome)
    return outcome[0]


def _deliver(row: CampaignRecipient, mail: BaseEmailBackend, email: str) -> tuple[str, str]:
    try:
        message = message_to(row, to=email)
        message.connection = mail
        mail.open()  # anew where the line has dropped
    except Exception as error:
        return State.FAILED, _why(error, email)
    try:
        return (State.SENT, "") if message.send() else (State.FAILED, "The mail backend took nothing.")
    except Exception as error:
        with suppress(Exception):
            mail.close()
        return (State.UNKNOWN if _is_unsure(error) else State.FAILED), _why(error, email)


def _is_unsure(error: Exception) -> bool:
    """Whether the line failed, rather than the server said no: then the mail may have gone out all the same."""
    if isinstance(error, SMTPException):
        return isinstance(error, SMTPServerDisconnected)
    return isinstance(error, OSError)


def _why(error: Exception, email: str) -> str:
    """What went wrong, without the address: it is told in reports that outlive the recipient."""
    return f"{type(error).__name__}: {error}".replace(email, "<…>")

"""Writes of consent, and the two things a person may demand: all that is kept of them, and that it be deleted."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.db import transaction

from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.registry import ROOMS
from retail_ai.privacy.models import Consent
from retail_ai.privacy.registry import keepers


def record_consent(
    *, purpose: str, granted: bool, customer: Any = None, visitor: str = "", source: str = ""
) -> Consent:
    """Note a yes or no. Earlier rows stay, as proof of what was said when. Raises InvalidInput."""
    if purpose not in Consent.Purpose.values:
        raise InvalidInput(f"No purpose {purpose!r}; known: {', '.join(Consent.Purpose.values)}")
    if customer is None and not visitor:
        raise InvalidInput("neither customer nor visitor")
    who = {"customer_id": getattr(customer, "pk", customer)} if customer is not None else {"visitor": visitor[:40]}
    return Consent.objects.create(purpose=purpose, granted=granted, source=source[:80], **who)


def adopt_consents(*, visitor: str, customer: Any) -> int:
    """What a visitor said holds for the customer they turn out to be, where it is the newer word; rows added."""
    said = Consent.objects.filter(visitor=visitor, customer=None).order_by("purpose", "-occurred_at", "-pk")
    added = 0
    for row in said.distinct("purpose"):
        newer = Consent.objects.filter(customer=customer, purpose=row.purpose, occurred_at__gte=row.occurred_at)
        if not newer.exists():
            Consent.objects.create(
                customer=customer,
                purpose=row.purpose,
                granted=row.granted,
                source=row.source,
                occurred_at=row.occurred_at,
            )
            added += 1
    return added


def export_customer(*, customer: Any) -> dict[str, Any]:
    """All that the app keeps of a customer, by room, ready for JSON. The shop's own tables are the shop's to give."""
    load_keepers()
    return {name: keeper.export(customer) for name, keeper in keepers().items()}


@transaction.atomic
def erase_customer(*, customer: Any) -> dict[str, int]:
    """Delete or blank all that the app keeps of a customer; rows touched, by room. Safe to do twice."""
    load_keepers()
    return {name: keeper.erase(customer) for name, keeper in keepers().items()}


def load_keepers() -> None:
    """Import each room's ``personal_data`` module, which registers what that room keeps of people."""
    for room in ROOMS:
        path = f"retail_ai.{room}.personal_data"
        if find_spec(path):
            import_module(path)

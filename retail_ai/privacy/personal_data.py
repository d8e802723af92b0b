"""What this room keeps of people: their consents, which stay when the rest is erased, as proof of a withdrawal."""

from typing import Any

from retail_ai.privacy.models import Consent
from retail_ai.privacy.registry import Keeper, Person, register_keeper, rows_keeper

FIELDS = ("purpose", "granted", "source", "occurred_at")
_rows = rows_keeper(lambda person: person.rows(Consent), FIELDS)


def _keep(person: Person) -> int:
    return 0


def _adopt(visitor: str, customer: Any) -> int:
    """What a visitor said holds for the customer, where it is the newer word. The visitor's rows stay, as proof."""
    said = Consent.objects.filter(visitor=visitor, customer=None).order_by("purpose", "-occurred_at", "-pk")
    newer = [row for row in said.distinct("purpose") if not _has_newer(customer, row)]
    for row in newer:
        row.pk, row.customer, row.visitor = None, customer, ""
    return len(Consent.objects.bulk_create(newer))


def _has_newer(customer: Any, row: Consent) -> bool:
    known = Consent.objects.filter(customer=customer, purpose=row.purpose)
    return known.filter(occurred_at__gte=row.occurred_at).exists()


register_keeper("consents", Keeper(_rows.export, _keep, _adopt))

"""What this room keeps of people: which variants they met."""

from typing import Any

from django.db.models import QuerySet

from retail_ai.experiments.models import Exposure
from retail_ai.privacy.registry import Person, register_keeper, rows_keeper

FIELDS = ("experiment__key", "variant", "occurred_at")


def _rows(person: Person) -> QuerySet[Exposure]:
    if person.customer is not None:
        return Exposure.objects.filter(customer=person.customer)
    return Exposure.objects.filter(unit=f"v:{person.visitor}", customer=None)


def _adopt(visitor: str, customer: Any) -> int:
    return _rows(Person(visitor=visitor)).update(customer=customer)


register_keeper("experiments", rows_keeper(_rows, FIELDS, _adopt))

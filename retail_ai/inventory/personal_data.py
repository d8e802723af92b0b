"""What this room keeps of people: that a member of staff asked for the digest of stock alerts."""

from typing import Any

from django.db.models import QuerySet

from retail_ai.inventory.models import AlertSubscription
from retail_ai.privacy.registry import Person, register_keeper, rows_keeper


def _rows(person: Person) -> QuerySet[Any]:
    if person.customer is None:
        return AlertSubscription.objects.none()
    return AlertSubscription.objects.filter(user=person.customer)


register_keeper("stock_alerts", rows_keeper(_rows, ("language", "created_at")))

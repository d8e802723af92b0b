"""What this room keeps of people: their consents, which stay when the rest is erased, as proof of a withdrawal."""

from typing import Any

from retail_ai.privacy.models import Consent
from retail_ai.privacy.registry import Keeper, register_keeper, rows_keeper

_rows = rows_keeper(
    lambda customer: Consent.objects.filter(customer=customer), ("purpose", "granted", "source", "occurred_at")
)


def _keep(customer: Any) -> int:
    return 0


register_keeper("consents", Keeper(_rows.export, _keep))

"""When a product was saved, its texts are compared with its facts. One receiver, nothing else."""

from collections.abc import Sequence
from typing import Any

from retail_ai.signals import products_indexed


def connect() -> None:
    """Listen to the index, which hears of saved products within seconds."""
    products_indexed.connect(_compare, dispatch_uid="retail_ai.descriptions.compare")


def _compare(*, keys: Sequence[Any], **_: Any) -> None:
    from retail_ai.descriptions.stale import flag_stale
    from retail_ai.stores import get_store

    flag_stale(products=get_store().products().filter(pk__in=keys))

"""Boost rules for products that another room wants shown more, such as those that lie too long."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from retail_ai.recommendations.models import SlateRule

DAYS, FACTOR = 30, 1.5


@transaction.atomic
def boost_products(*, products: Iterable[Any], created_by: Any = None) -> int:
    """A boost on every slate for ``DAYS`` days; of a product that is boosted already the end moves on. How many
    products."""
    keys, now = list(products), timezone.now()
    until = now + timedelta(days=DAYS)
    rules = SlateRule.objects.filter(action=SlateRule.Action.BOOST, product__in=keys, slate="", on_category="")
    running = rules.filter(is_active=True, ends_at__gt=now)
    boosted = set(running.values_list("product", flat=True))
    running.update(ends_at=until)
    SlateRule.objects.bulk_create(
        SlateRule(
            action=SlateRule.Action.BOOST, product_id=key, factor=FACTOR, starts_at=now, ends_at=until,
            note=_("shown more for a month"), created_by=created_by,
        )
        for key in keys if key not in boosted
    )  # fmt: skip
    return len(keys)

"""Writes of recommendations that a door calls: start training, hide a product, note what was shown."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from retail_ai.events.models import Event
from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.jobs.services import create_job
from retail_ai.recommendations.jobs import STEPS
from retail_ai.recommendations.models import HiddenProduct
from retail_ai.recommendations.selectors import Recommendation


def start_train_job(*, started_by: Any = None, full: bool = False) -> Job:
    """A queued training job; the caller enqueues it. ``full``: read the shop's whole history again."""
    return create_job(
        kind="recommendations.train",
        title=_("Train recommendations"),
        keys=STEPS,
        started_by=started_by,
        params={"full": True} if full else {},
    )


def hide_product(*, product: Any, customer: Any = None, visitor: str = "") -> bool:
    """Never suggest a product to this person again; False when it was hidden already."""
    return HiddenProduct.objects.get_or_create(product=product, **_person(customer, visitor))[1]


def unhide_product(*, product: Any, customer: Any = None, visitor: str = "") -> bool:
    """Take back ``hide_product``; False when it was not hidden."""
    return bool(HiddenProduct.objects.filter(product=product, **_person(customer, visitor)).delete()[0])


def record_impressions(
    *, slate: str, shown: Sequence[Recommendation], customer: Any = None, visitor: str = ""
) -> None:
    """Note what was shown, in one insert."""
    if customer is None and not visitor:
        return
    Event.objects.bulk_create(
        Event(
            kind=Event.Kind.IMPRESSION,
            customer=customer,
            visitor=visitor[:40],
            product_id=item.product.pk,
            slate=slate[:40],
            position=place,
            source="widget",
        )
        for place, item in enumerate(shown)
    )


def _person(customer: Any, visitor: str) -> dict[str, Any]:
    if customer is not None:
        return {"customer": customer}
    if not visitor:
        raise InvalidInput("neither customer nor visitor")
    return {"customer": None, "visitor": visitor[:40]}

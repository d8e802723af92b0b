"""Writes of recommendations that a door calls: start training, hide a product, stop using what was done with one."""

from typing import Any

from django.utils.translation import gettext as _

from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.jobs.services import create_job
from retail_ai.recommendations.jobs import STEPS
from retail_ai.recommendations.models import CustomerTaste, HiddenProduct, UnusedProduct


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
    _forget_taste(customer)
    return HiddenProduct.objects.get_or_create(product=product, **_person(customer, visitor))[1]


def unhide_product(*, product: Any, customer: Any = None, visitor: str = "") -> bool:
    """Take back ``hide_product``; False when it was not hidden."""
    return bool(HiddenProduct.objects.filter(product=product, **_person(customer, visitor)).delete()[0])


def stop_using(*, product: Any, customer: Any = None, visitor: str = "") -> bool:
    """Use no view or purchase of a product for this person's suggestions; False when that was so already."""
    _forget_taste(customer)
    return UnusedProduct.objects.get_or_create(product=product, **_person(customer, visitor))[1]


def use_again(*, product: Any, customer: Any = None, visitor: str = "") -> bool:
    """Take back ``stop_using``; False when it was used."""
    return bool(UnusedProduct.objects.filter(product=product, **_person(customer, visitor)).delete()[0])


def _forget_taste(customer: Any) -> None:
    """The stored taste holds what may not be used any more; the nightly run makes a new one without it."""
    if customer is not None:
        CustomerTaste.objects.filter(customer=customer).delete()


def _person(customer: Any, visitor: str) -> dict[str, Any]:
    if customer is not None:
        return {"customer": customer}
    if not visitor:
        raise InvalidInput("neither customer nor visitor")
    return {"customer": None, "visitor": visitor[:40]}

"""Writes of consent, and the two things a person may demand: all that is kept of them, and that it be deleted."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import SET_NULL, ForeignKey

from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.registry import ROOMS
from retail_ai.privacy.models import Consent
from retail_ai.privacy.registry import Person, keepers


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


@transaction.atomic
def adopt_visitor(*, visitor: str, customer: Any) -> dict[str, int]:
    """Make what is kept of a visitor that of the customer they turn out to be; rows, by room."""
    load_keepers()
    return {name: keeper.adopt(visitor, customer) for name, keeper in keepers().items()} if visitor else {}


def export_customer(*, customer: Any) -> dict[str, Any]:
    """All that the app keeps of a customer, by room, ready for JSON. The shop's own tables are the shop's to give."""
    return _export(Person(customer=customer))


def export_visitor(*, visitor: str) -> dict[str, Any]:
    """All that the app keeps of someone who is not signed in, by room, ready for JSON."""
    return _export(Person(visitor=visitor))


@transaction.atomic
def erase_customer(*, customer: Any) -> dict[str, int]:
    """Delete or blank all that the app keeps of a customer; rows touched, by room. Safe to do twice.

    Consents stay, as proof of what was said. What this person did as staff stays, without their name.
    """
    return {**_erase(Person(customer=customer)), "work_as_staff": _forget_who_worked(customer)}


@transaction.atomic
def erase_visitor(*, visitor: str) -> dict[str, int]:
    """Delete all that the app keeps of someone who is not signed in; rows touched, by room. Safe to do twice."""
    return _erase(Person(visitor=visitor))


def load_keepers() -> None:
    """Import each room's ``personal_data`` module, which registers what that room keeps of people."""
    for room in ROOMS:
        path = f"retail_ai.{room}.personal_data"
        if find_spec(path):
            import_module(path)


def _export(person: Person) -> dict[str, Any]:
    load_keepers()
    return {name: keeper.export(person) for name, keeper in keepers().items()}


def _erase(person: Person) -> dict[str, int]:
    load_keepers()
    return {name: keeper.erase(person) for name, keeper in keepers().items()}


def _forget_who_worked(user: Any) -> int:
    """Blank each reference that would also be blanked if the login itself were deleted; rows touched."""
    user_model = get_user_model()
    return sum(
        model._default_manager.filter(**{field.name: user}).update(**{field.name: None})
        for model in apps.get_app_config("retail_ai").get_models()
        if not model._meta.proxy
        for field in model._meta.fields
        if isinstance(field, ForeignKey)
        and field.related_model is user_model
        and field.remote_field.on_delete is SET_NULL
    )

"""A thing that waits for the owner, as the overview shows it. Each room names its own in its ``waiting.py``."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the owner's overview: what waits, how many, and the page where it is dealt with.

    ``urgent``: it costs sales or keeps a customer waiting until someone looks.
    """

    text: str
    count: int
    link: str
    urgent: bool = False


def may_see(user: Any, model: type[Model]) -> bool:
    """Whether the user may open the model's list in the admin."""
    return any(user.has_perm(f"retail_ai.{verb}_{model._meta.model_name}") for verb in ("view", "change"))


def list_of(model: type[Model], **narrowed_by: str) -> str:
    """The address of the model's list in the admin, narrowed by its filters."""
    address = reverse(f"admin:retail_ai_{model._meta.model_name}_changelist")
    return f"{address}?{urlencode(narrowed_by)}" if narrowed_by else address

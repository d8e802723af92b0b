"""Reads of consent: who may be tracked, who may be mailed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from retail_ai.conf import conf
from retail_ai.privacy.models import Consent

_CACHED = "_retail_ai_may_track"


def consent_of(*, purpose: str, customer: Any = None, visitor: str = "") -> bool | None:
    """The newest yes or no of a customer (or else of a visitor); None when nothing was ever said."""
    rows = Consent.objects.filter(purpose=purpose)
    if customer is not None:
        rows = rows.filter(customer=customer)
    elif visitor:
        rows = rows.filter(visitor=visitor, customer=None)
    else:
        return None
    return rows.order_by("-occurred_at", "-pk").values_list("granted", flat=True).first()


def may_personalise(*, customer: Any = None, visitor: str = "") -> bool:
    """Whether what this person did may be used for suggestions."""
    said = consent_of(purpose=Consent.Purpose.TRACKING, customer=customer, visitor=visitor)
    return bool(conf.TRACK_BY_DEFAULT) if said is None else said


def may_track(request: HttpRequest) -> bool:
    """Whether what the person behind this request does may be recorded. Their browser's opt-out signal counts."""
    cached: bool | None = getattr(request, _CACHED, None)
    if cached is None:
        cached = _may_track(request)
        setattr(request, _CACHED, cached)
    return cached


def _may_track(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    customer = user if user is not None and user.is_authenticated else None
    session = getattr(request, "session", None)
    visitor = session.get("retail_ai_visitor", "") if session is not None else ""
    said = consent_of(purpose=Consent.Purpose.TRACKING, customer=customer, visitor=visitor)
    if said is not None:
        return said
    return bool(conf.TRACK_BY_DEFAULT) and request.headers.get("Sec-GPC") != "1"


def withdrawn(customers: Iterable[Any], purpose: str = Consent.Purpose.MARKETING) -> set[Any]:
    """Of these customers' keys, those whose newest word on the purpose is no."""
    newest = (
        Consent.objects.filter(customer__in=list(customers), purpose=purpose)
        .order_by("customer", "-occurred_at", "-pk")
        .distinct("customer")
        .values_list("customer_id", "granted")
    )
    return {customer for customer, granted in newest if not granted}


def may_market(customer: Any) -> bool:
    """Whether a customer has not withdrawn from marketing here. The shop's own say is ``adapter.contacts()``."""
    return not withdrawn([getattr(customer, "pk", customer)])


@dataclass(frozen=True, slots=True)
class Declined:
    """Those whose newest word on tracking is no."""

    customers: list[Any]
    visitors: list[str]


def who_declined_tracking() -> Declined:
    """Customers and visitors whose events must not be learned from."""
    rows = Consent.objects.filter(purpose=Consent.Purpose.TRACKING)
    newest = ("-occurred_at", "-pk")
    customers = rows.exclude(customer=None).order_by("customer", *newest).distinct("customer")
    visitors = rows.filter(customer=None).order_by("visitor", *newest).distinct("visitor")
    return Declined(
        customers=[key for key, granted in customers.values_list("customer_id", "granted") if not granted],
        visitors=[key for key, granted in visitors.values_list("visitor", "granted") if not granted],
    )

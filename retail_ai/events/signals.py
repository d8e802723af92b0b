"""When a visitor signs in, what is kept of them belongs to the customer. One receiver, nothing else."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest


def connect() -> None:
    """Listen to sign-ins."""
    user_logged_in.connect(_merge, dispatch_uid="retail_ai.events.merge_visitor")


def _merge(*, request: HttpRequest | None, user: Any, **_: Any) -> None:
    from retail_ai.events.tracking import visitor_key
    from retail_ai.privacy.services import adopt_visitor

    if request is not None and (visitor := visitor_key(request, create=False)):
        adopt_visitor(visitor=visitor, customer=user)

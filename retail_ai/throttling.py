"""How often one person may call an endpoint: the rates stand in RETAIL_AI["THROTTLE_RATES"]. It stores nothing itself.

Counts live in Django's default cache. In production that must be one that all web processes share.
"""

from typing import Any

from rest_framework.throttling import SimpleRateThrottle

from retail_ai.conf import conf


class Throttle(SimpleRateThrottle):
    """So many requests of one kind from a customer, else from a session, else from an address."""

    def __init__(self) -> None:
        self.rate = conf.THROTTLE_RATES.get(self.scope)
        self.num_requests, self.duration = self.parse_rate(self.rate)

    def get_cache_key(self, request: Any, view: Any) -> str:
        if request.user.is_authenticated:
            who = f"user-{request.user.pk}"
        else:
            session = getattr(request, "session", None)
            # An empty session may be one that the client made up; reading it tells.
            who = (session is not None and session.keys() and session.session_key) or self.get_ident(request)
        return f"retail_ai_throttle_{self.scope}_{who}"


def throttle(scope: str) -> type[Throttle]:
    """The throttle class of a key of THROTTLE_RATES, for a view's ``throttle_classes``."""
    return type(f"{scope.title()}Throttle", (Throttle,), {"scope": scope})

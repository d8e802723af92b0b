"""How often one person may search through the API."""

from typing import Any

from rest_framework.throttling import SimpleRateThrottle


class SearchThrottle(SimpleRateThrottle):
    """120 searches a minute from one customer or address; typing ahead counts."""

    scope = "retail_ai_search"
    THROTTLE_RATES = {"retail_ai_search": "120/min"}

    def get_cache_key(self, request: Any, view: Any) -> str:
        who = f"user-{request.user.pk}" if request.user.is_authenticated else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": who}

"""How often one person may write to the assistant."""

from typing import Any

from rest_framework.throttling import SimpleRateThrottle


class AssistantThrottle(SimpleRateThrottle):
    """20 messages a minute from one customer, session or address."""

    scope = "retail_ai_assistant"
    THROTTLE_RATES = {"retail_ai_assistant": "20/min"}

    def get_cache_key(self, request: Any, view: Any) -> str:
        user = request.user
        who = f"user-{user.pk}" if user.is_authenticated else request.session.session_key or self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": who}

"""What the assistant says: a frozen value that the tools return and the services store. It decides nothing."""

from dataclasses import dataclass, field
from typing import Any

from retail_ai.assistant.models import Message

Outcome = Message.Outcome


@dataclass(frozen=True, slots=True)
class Reply:
    """``text`` is the assistant's own words or a passage's sentences. ``sources`` are {title, url}, ``products``
    {key, reason}, ``orders`` numbers of the asker's own orders: prices, stock and status are asked at each view."""

    text: str
    tool: str
    outcome: str = Outcome.ANSWERED
    sources: list[dict[str, str]] = field(default_factory=list)
    products: list[dict[str, Any]] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)

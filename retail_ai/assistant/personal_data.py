"""What this room keeps of people: their conversations, word for word."""

from typing import Any

from retail_ai.assistant.models import Conversation
from retail_ai.privacy.registry import Keeper, Person, plain, register_keeper

FIELDS = ("role", "text", "language", "sources", "products", "orders", "created_at")


def _export(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "state": talk.state,
            "started": plain(talk.created_at),
            "messages": [
                {name: plain(value) for name, value in row.items()}
                for row in talk.messages.order_by("pk").values(*FIELDS)
            ],
        }
        for talk in person.rows(Conversation).order_by("pk")
    ]


def _adopt(visitor: str, customer: Any) -> int:
    return Person(visitor=visitor).rows(Conversation).update(customer=customer, visitor="")


register_keeper("conversations", Keeper(_export, lambda person: person.rows(Conversation).delete()[0], _adopt))

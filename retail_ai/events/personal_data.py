"""What this room keeps of people: their events."""

from retail_ai.events.models import Event
from retail_ai.events.services import merge_visitor
from retail_ai.privacy.registry import register_keeper, rows_keeper

FIELDS = ("kind", "product_id", "query", "quantity", "unit_price", "order", "slate", "occurred_at", "source")

register_keeper(
    "events",
    rows_keeper(
        lambda person: person.rows(Event),
        FIELDS,
        adopt=lambda visitor, customer: merge_visitor(visitor=visitor, customer=customer),
    ),
)

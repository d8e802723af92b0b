"""What this room keeps of people: which variants they met."""

from retail_ai.experiments.models import Exposure
from retail_ai.privacy.registry import register_keeper, rows_keeper

register_keeper(
    "experiments",
    rows_keeper(
        lambda customer: Exposure.objects.filter(customer=customer), ("experiment__key", "variant", "occurred_at")
    ),
)

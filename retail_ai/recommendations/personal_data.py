"""What this room keeps of people: a taste vector and the products they hid."""

from typing import Any

from retail_ai.privacy.registry import Keeper, register_keeper, rows_keeper
from retail_ai.recommendations.models import CustomerTaste, HiddenProduct


def _export_taste(customer: Any) -> list[dict[str, Any]]:
    return [
        {
            "embedder": taste.embedder,
            "vector": [float(number) for number in taste.vector],
            "based_on": taste.based_on,
            "updated_at": taste.updated_at.isoformat(),
        }
        for taste in CustomerTaste.objects.filter(customer=customer)
    ]


def _erase_taste(customer: Any) -> int:
    return CustomerTaste.objects.filter(customer=customer).delete()[0]


register_keeper("taste", Keeper(_export_taste, _erase_taste))
register_keeper(
    "hidden_products",
    rows_keeper(lambda customer: HiddenProduct.objects.filter(customer=customer), ("product_id", "created_at")),
)

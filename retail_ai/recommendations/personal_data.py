"""What this room keeps of people: a taste vector and the products they hid."""

from typing import Any

from retail_ai.privacy.registry import Keeper, Person, register_keeper, rows_keeper
from retail_ai.recommendations.models import CustomerTaste, HiddenProduct


def _export_taste(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "embedder": taste.embedder,
            "vector": [float(number) for number in taste.vector],
            "based_on": taste.based_on,
            "updated_at": taste.updated_at.isoformat(),
        }
        for taste in person.rows(CustomerTaste)
    ]


def _adopt_hidden(visitor: str, customer: Any) -> int:
    theirs = Person(visitor=visitor).rows(HiddenProduct)
    theirs.filter(product__in=HiddenProduct.objects.filter(customer=customer).values("product")).delete()
    return theirs.update(customer=customer, visitor="")


register_keeper("taste", Keeper(_export_taste, lambda person: person.rows(CustomerTaste).delete()[0]))
register_keeper(
    "hidden_products",
    rows_keeper(lambda person: person.rows(HiddenProduct), ("product_id", "created_at"), _adopt_hidden),
)

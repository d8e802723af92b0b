"""What this room keeps of people: a taste vector, the products they hid, and those they do not want used."""

from collections.abc import Callable
from typing import Any

from retail_ai.privacy.registry import Keeper, Person, register_keeper, rows_keeper
from retail_ai.recommendations.models import CustomerTaste, HiddenProduct, UnusedProduct


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


def _adopt(model: Any) -> Callable[[str, Any], int]:
    """A visitor's rows become the customer's, but for those that the customer has already."""

    def adopt(visitor: str, customer: Any) -> int:
        theirs = Person(visitor=visitor).rows(model)
        theirs.filter(product__in=model.objects.filter(customer=customer).values("product")).delete()
        return theirs.update(customer=customer, visitor="")

    return adopt


register_keeper("taste", Keeper(_export_taste, lambda person: person.rows(CustomerTaste).delete()[0]))
for name, model in (("hidden_products", HiddenProduct), ("unused_products", UnusedProduct)):
    register_keeper(
        name,
        rows_keeper(lambda person, model=model: person.rows(model), ("product_id", "created_at"), _adopt(model)),  # type: ignore[misc]
    )

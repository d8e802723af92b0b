"""The shop's own related products: what people picked, and what the app wrote beside it."""

from django.db import transaction

from shop_demo.models import Product, RelatedProduct

SHOWN = 6


@transaction.atomic
def write_related(product: Product, kind: str, related: list[Product]) -> int:
    """Put the app's rows of one kind in place of its earlier ones; the shop's own picks are not touched."""
    rows = RelatedProduct.objects.filter(product=product, kind=kind)
    rows.filter(is_automatic=True).delete()
    picked = set(rows.values_list("related_id", flat=True))
    made = [
        RelatedProduct(product=product, related=other, kind=kind, position=place, is_automatic=True)
        for place, other in enumerate(related)
        if other.pk not in picked and other.pk != product.pk
    ]
    return len(RelatedProduct.objects.bulk_create(made))


def goes_with(product: Product) -> list[Product]:
    """What can be bought now of the products kept as going with it, the shop's own picks first."""
    rows = product.related.filter(kind=RelatedProduct.Kind.TOGETHER, related__is_active=True, related__stock__gt=0)
    return [row.related for row in rows.select_related("related__department__parent")[:SHOWN]]

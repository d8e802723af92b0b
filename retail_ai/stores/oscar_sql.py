"""What is asked of a Django-oscar shop's tables in SQL: price, stock, brand, shelf, picture. It makes no rows.

Each product is one row with its children; of a product's stock records the first counts, as with Oscar's own strategy.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    DecimalField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Left, Length
from oscar.core.loading import get_model

ROOT = Coalesce("product__parent_id", "product_id")
COMPARED = 20
# A penny of rounding is no difference.
TOLERANCE = Decimal("0.011")


def annotated(products: QuerySet[Any], store: Any) -> QuerySet[Any]:
    """The products with what stands in other tables; a query selects only what it names."""
    own, childrens = _records(store).filter(product=OuterRef("pk")), _of_children(store)
    first = childrens.order_by("-product__date_created", "product_id").values("paid")[:1]
    brand = _rows("catalogue", "ProductAttributeValue").filter(
        product=OuterRef("pk"), attribute__code=store.brand_attribute
    ).annotate(name=Coalesce("value_option__option", "value_text", output_field=TextField()))  # fmt: skip
    rows: QuerySet[Any] = products.annotate(
        retail_ai_price=Coalesce(Subquery(own.values("paid")[:1]), Subquery(first)),
        retail_ai_stock=_stock(own, childrens),
        retail_ai_brand=Subquery(brand.values("name")[:1]),
        retail_ai_category=Subquery(_shelves().values("category__name")[:1]),
        retail_ai_shelf=Subquery(_shelves().values("category__path")[:1]),
        retail_ai_image=Subquery(
            _rows("catalogue", "ProductImage").filter(product=OuterRef("pk"))
            .order_by("display_order", "pk").values("original")[:1]
        ),
    )  # fmt: skip
    with_path: QuerySet[Any] = rows.annotate(retail_ai_path=_path())
    return with_path


def keys_in_stock(store: Any) -> QuerySet[Any]:
    """Keys of products of which at least one kind can be bought now; those with a price."""
    records = _records(store).exclude(product__parent__isnull=False, product__is_public=False)
    return records.filter(Q(left__gt=0) | Q(tracks=False), price__isnull=False).values(root=ROOT)


def keys_in_categories(names: Iterable[str]) -> QuerySet[Any]:
    """Keys of products in the categories of these names or below them."""
    named = Q()
    for name in names:
        named |= Q(name__iexact=name)
    above = _rows("catalogue", "Category").filter(named, path=Left(OuterRef("category__path"), Length("path")))
    return _rows("catalogue", "ProductCategory").filter(Exists(above)).order_by().values("product")


def keys_stating(name: str, value: str) -> QuerySet[Any]:
    """Keys of products that, or a child of which, state this value of an attribute (its code or name)."""
    said = Q(value_text__iexact=value) | Q(value_option__option__iexact=value)
    said |= Q(value_multi_option__option__iexact=value) | Q(value_richtext__iexact=value)
    try:
        said |= Q(value_float=float(value)) | (Q(value_integer=int(value)) if value.isdecimal() else Q())
    except ValueError:
        if value.lower() in ("yes", "no"):
            said |= Q(value_boolean=value.lower() == "yes")
    values = _rows("catalogue", "ProductAttributeValue").filter(said)
    return (
        values.filter(Q(attribute__code__iexact=name) | Q(attribute__name__iexact=name)).order_by().values(root=ROOT)
    )


def image_storage() -> Any:
    return get_model("catalogue", "ProductImage")._meta.get_field("original").storage


def differences(store: Any, strategy: Any) -> Iterator[str]:
    """Where the shop's own strategy says another price, or another answer to whether it can be bought."""
    shown = list(store.visible().order_by("-pk")[:COMPARED])
    sellable = set(store.sellable().filter(pk__in=[product.pk for product in shown]).values_list("pk", flat=True))
    for product in shown:
        theirs = (strategy.fetch_for_parent if product.is_parent else strategy.fetch_for_product)(product)
        paid, ours = _paid(theirs.price), store.price(product)
        name = f"Product {product.pk}"
        if (paid is None) != (ours is None) or (ours and abs(ours.amount - paid) > TOLERANCE):
            yield f"{name} costs {paid} by your strategy and {ours and ours.amount} here: set record_price."
        elif paid is not None and theirs.availability.is_available_to_buy != (product.pk in sellable):
            yield f"Your strategy and sellable() disagree on whether {name} can be bought: override sellable()."


def _paid(price: Any) -> Decimal | None:
    if not price.exists:
        return None
    return Decimal(price.incl_tax if price.is_tax_known else price.excl_tax)


def _rows(app: str, model: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = get_model(app, model)._default_manager.all()
    return rows


def _records(store: Any) -> QuerySet[Any]:
    """The stock record of each product (and child) that counts, with what is ``left`` and what is ``paid``."""
    records = _rows("partner", "StockRecord").order_by()
    earlier = records.filter(product=OuterRef("product"), pk__lt=OuterRef("pk"))
    counting: QuerySet[Any] = records.filter(~Exists(earlier)).annotate(
        paid=Case(When(price__isnull=False, then=store.record_price), output_field=DecimalField()),
        left=Coalesce("num_in_stock", 0) - Coalesce("num_allocated", 0),
        tracks=Coalesce("product__parent__product_class__track_stock", "product__product_class__track_stock"),
    )
    return counting


def _of_children(store: Any) -> QuerySet[Any]:
    return _records(store).filter(product__parent=OuterRef("pk"), product__is_public=True)


def _stock(own: QuerySet[Any], childrens: QuerySet[Any]) -> Case:
    """Pieces left, of all children; NULL where the shop does not count them, 0 without a stock record."""
    total = childrens.filter(left__gt=0).values("product__parent").annotate(all=Sum("left")).values("all")
    counted = Coalesce(Subquery(own.values("left")[:1]), Subquery(total), 0)
    return Case(When(product_class__track_stock=False, then=Value(None)), default=counted, output_field=IntegerField())


def _shelves() -> QuerySet[Any]:
    """A product's categories that shoppers see, the most particular first."""
    shelves = _rows("catalogue", "ProductCategory").filter(
        product=OuterRef("pk"), category__is_public=True, category__ancestors_are_public=True
    )
    return shelves.order_by("-category__depth", "category__path")


def _path() -> ArraySubquery:
    """Names from the root category down to the product's own; a category's path starts with those above it."""
    above = _rows("catalogue", "Category").filter(path=Left(OuterRef("retail_ai_shelf"), Length("path")))
    return ArraySubquery(above.order_by("depth").values("name"))

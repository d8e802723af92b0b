"""What is on purchase orders that are not sent yet: one draft a supplier and currency, filled by accepted advice or by
hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from retail_ai.exceptions import InvalidInput
from retail_ai.inventory.models import PurchaseOrder, PurchaseOrderLine, ReorderSuggestion
from retail_ai.inventory.purchasing import check_units, expect, locked, reopen_advice
from retail_ai.inventory.terms import buying
from retail_ai.stores import get_store

State = PurchaseOrder.State


@transaction.atomic
def add_to_draft(rows: Sequence[ReorderSuggestion], *, by: Any = None) -> list[PurchaseOrder]:
    """Put accepted suggestions on their suppliers' drafts; the drafts. A cancelled order on which one stood before
    no longer has it."""
    terms = buying([row.product_id for row in rows])
    PurchaseOrderLine.objects.filter(suggestion__in=rows).update(suggestion=None)
    orders: dict[tuple[Any, str], PurchaseOrder] = {}
    for row in rows:
        supplier: Any = row.supplier_id
        key = (row.supplier_id, row.currency)
        if key not in orders:
            orders[key], _new = PurchaseOrder.objects.select_for_update(of=("self",)).get_or_create(
                supplier_id=supplier, currency=row.currency, state=State.DRAFT, defaults={"created_by": by}
            )
        line, new = PurchaseOrderLine.objects.get_or_create(
            order=orders[key],
            product_id=row.product_id,
            defaults={
                "quantity": row.quantity, "unit_cost": row.unit_cost, "suggestion": row,
                "article": terms[row.product_id].article,
            },
        )  # fmt: skip
        if not new:
            _join(line, row)
    for order in orders.values():
        expect(order)
    return list(orders.values())


def _join(line: PurchaseOrderLine, row: ReorderSuggestion) -> None:
    """More of a product that is on the draft already: its suggestion becomes one with the one accepted before, so that
    it is known as long as the line is, whether that is taken back, ordered or cancelled. The newer cost
    is the line's."""
    before, total = line.suggestion, line.quantity + row.quantity
    check_units(line, total)
    line.quantity, line.suggestion = total, row
    line.unit_cost = line.unit_cost if row.unit_cost is None else row.unit_cost
    line.save(update_fields=["quantity", "suggestion", "unit_cost"])
    row.resize(total)
    row.save(update_fields=["quantity", "cost"])
    if before is not None:
        before.delete()


@transaction.atomic
def take_from_draft(row: ReorderSuggestion) -> bool:
    """Take an accepted suggestion off its draft; False when it has been ordered already. What was put on the line
    beyond it stays there by itself."""
    drafts = PurchaseOrder.objects.filter(state=State.DRAFT, currency=row.currency, supplier=row.supplier_id)
    list(drafts.select_for_update(of=("self",)))
    lines = PurchaseOrderLine.objects.select_for_update(of=("self",)).filter(product_id=row.product_id)
    if lines.filter(suggestion=row).exclude(order__state=State.DRAFT).exists():
        return False
    line = lines.filter(
        order__state=State.DRAFT, order__currency=row.currency, order__supplier=row.supplier_id
    ).first()
    if line is None:
        return True
    line.quantity -= min(line.quantity, row.quantity)
    if not line.quantity:
        line.delete()
    else:
        line.suggestion = None if line.suggestion_id == row.pk else line.suggestion
        line.save(update_fields=["quantity", "suggestion"])
    PurchaseOrder.objects.filter(pk=line.order_id, lines=None).delete()
    return True


@transaction.atomic
def change_lines(*, order: PurchaseOrder, quantities: Mapping[int, int]) -> int:
    """Set quantities of a draft by line; 0 takes the line off. How many lines changed. Raises InvalidInput for a
    quantity that cannot be, by product, or an order that is no draft; nothing is then changed."""
    order = locked(order, State.DRAFT)
    changed = 0
    for line in order.lines.select_related("product"):
        wanted = quantities.get(line.pk, line.quantity)
        check_units(line, wanted)
        if wanted == line.quantity:
            continue
        changed += 1
        if wanted:
            line.quantity = wanted
            line.save(update_fields=["quantity"])
        else:
            reopen_advice([line])
            line.delete()
    return changed


@transaction.atomic
def add_line(*, order: PurchaseOrder, sku: str, quantity: int) -> PurchaseOrderLine:
    """Put a product on a draft that nothing advised, by the shop's number. Raises InvalidInput for an unknown one."""
    order, store = locked(order, State.DRAFT), get_store()
    product = store.products().filter(**{store.sku_field or "pk": sku.strip()}).first() if sku.strip() else None
    if product is None:
        raise InvalidInput(_("There is no product with the number “%(sku)s”.") % {"sku": sku.strip()[:60]})
    how = buying([product.pk])[product.pk]
    line = order.lines.filter(product_id=product.pk).first() or PurchaseOrderLine(
        order=order, product=product, quantity=0, article=how.article,
        unit_cost=how.unit_cost if how.currency == (order.currency or how.currency) else None,
    )  # fmt: skip
    if quantity < 1:
        raise InvalidInput(_("Order at least one."))
    check_units(line, line.quantity + quantity)
    line.quantity += quantity
    line.save()
    return line

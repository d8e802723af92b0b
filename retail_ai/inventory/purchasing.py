"""Purchase orders from draft to received; each step may be taken back. What is on a draft: purchase_drafts.py."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from retail_ai.exceptions import InvalidInput
from retail_ai.inventory.models import PurchaseEvent, PurchaseOrder, PurchaseOrderLine, ReorderSuggestion
from retail_ai.inventory.selectors import due_after
from retail_ai.inventory.terms import buying
from retail_ai.stores import get_store

State, Kind = PurchaseOrder.State, PurchaseEvent.Kind
MOST_UNITS = 10_000_000


@transaction.atomic
def mark_ordered(
    *, order: PurchaseOrder, by: Any = None, expected_on: date | None = None, kind: str = Kind.ORDERED
) -> PurchaseOrder:
    """The order went out. Without a day, it is expected after the longest lead time of its products."""
    order = locked(order, State.DRAFT)
    if not order.lines.exists():
        raise InvalidInput(_("There is nothing on this order."))
    if expected_on is not None and expected_on < timezone.localdate():
        raise InvalidInput(_("It cannot be expected before today."))
    order.ordered_at = timezone.now()
    expect(order, expected_on)
    return _step(order, kind, State.ORDERED, by=by)


@transaction.atomic
def receive(*, order: PurchaseOrder, units: Mapping[int, int], by: Any = None) -> PurchaseOrder:
    """Units that came, by line. Raises InvalidInput for what cannot be; nothing is then booked."""
    order = locked(order, State.ORDERED, State.PARTLY)
    lines = {line.pk: line for line in order.lines.select_related("product")}
    came = {pk: count for pk, count in units.items() if count and pk in lines}
    if not came:
        raise InvalidInput(_("Say how many came."))
    for pk, count in came.items():
        check_units(lines[pk], count)
    _book(lines, came, +1)
    done = all(line.received >= line.quantity for line in lines.values())
    return _step(order, Kind.RECEIVED, State.RECEIVED if done else State.PARTLY, by=by, units=came)


@transaction.atomic
def receive_all(*, order: PurchaseOrder, by: Any = None) -> PurchaseOrder:
    """All that is still open came."""
    order = locked(order, State.ORDERED, State.PARTLY)
    return receive(order=order, units={line.pk: line.open_units for line in order.lines.all()}, by=by)


@transaction.atomic
def cancel(*, order: PurchaseOrder, by: Any = None) -> PurchaseOrder:
    """Nothing of it comes; its products are advised on again. Once a part has come, the rest is closed instead."""
    order = locked(order, State.DRAFT, State.ORDERED, State.PARTLY)
    if order.state == State.PARTLY:
        return _step(order, Kind.CLOSED, State.RECEIVED, by=by)
    reopen_advice(order.lines.all())
    return _step(order, Kind.CANCELLED, State.CANCELLED, by=by)


@transaction.atomic
def undo(*, order: PurchaseOrder) -> PurchaseEvent:
    """Take the last step back. Raises InvalidInput where there is none, or where a new draft has taken its place."""
    order = locked(order)
    event = order.events.filter(undone_at=None).first()
    if event is None:
        raise InvalidInput(_("There is no step to take back."))
    drafts = PurchaseOrder.objects.filter(state=State.DRAFT, supplier=order.supplier_id, currency=order.currency)
    if event.before == State.DRAFT and drafts.exclude(pk=order.pk).exists():
        raise InvalidInput(_("There is a newer draft for this supplier; order or cancel that one first."))
    if event.kind == Kind.RECEIVED:
        lines = {line.pk: line for line in order.lines.all()}
        _book(lines, {int(pk): count for pk, count in event.units.items() if int(pk) in lines}, -1)
    if event.kind == Kind.CANCELLED:
        _accept_advice(order.lines.all())
    order.state = event.before
    if order.state == State.DRAFT:
        order.ordered_at = None
    order.save(update_fields=["state", "ordered_at"])
    event.undone_at = timezone.now()
    event.save(update_fields=["undone_at"])
    return event


def locked(order: PurchaseOrder, *states: str) -> PurchaseOrder:
    found = PurchaseOrder.objects.select_for_update(of=("self",)).select_related("supplier").get(pk=order.pk)
    if states and found.state not in states:
        raise InvalidInput(_("The order is %(state)s.") % {"state": found.get_state_display()})
    return found


def _step(order: PurchaseOrder, kind: str, to: str, *, by: Any, units: Any = None) -> PurchaseOrder:
    PurchaseEvent.objects.create(
        order=order, kind=kind, before=order.state, by=by, units={str(k): v for k, v in (units or {}).items()}
    )
    order.state = to
    order.save(update_fields=["state", "ordered_at", "expected_on"])
    return order


def expect(order: PurchaseOrder, day: date | None = None) -> None:
    keys = list(order.lines.values_list("product_id", flat=True))
    days = max((how.terms.lead_time for how in buying(keys).values()), default=0.0)
    order.expected_on = day or due_after(days)
    order.save(update_fields=["expected_on"])


def check_units(line: PurchaseOrderLine, count: int) -> None:
    if not 0 <= count <= MOST_UNITS:
        raise InvalidInput(
            _("%(product)s: write a whole number from 0 to %(most)d.") % {"product": line.product, "most": MOST_UNITS}
        )


def _book(lines: Mapping[int, PurchaseOrderLine], units: Mapping[int, int], sign: int) -> None:
    for pk, count in units.items():
        lines[pk].received = max(0, lines[pk].received + sign * count)
    PurchaseOrderLine.objects.bulk_update([lines[pk] for pk in units], ["received"])
    get_store().book_in({lines[pk].product_id: sign * count for pk, count in units.items()})


def reopen_advice(lines: Any) -> None:
    """The suggestions behind these lines are open again. Where a newer one is open, which counted on what now does
    not come, it takes over the units."""
    behind = {line.product_id: line for line in lines if line.suggestion_id}
    newer = ReorderSuggestion.objects.filter(product_id__in=list(behind), state=ReorderSuggestion.State.OPEN)
    for row in newer.select_for_update(of=("self",)):
        line = behind.pop(row.product_id)
        row.resize(min(MOST_UNITS, row.quantity + line.quantity))
        row.save(update_fields=["quantity", "cost"])
        ReorderSuggestion.objects.filter(pk=line.suggestion_id).delete()
    ReorderSuggestion.objects.filter(pk__in=[line.suggestion_id for line in behind.values()]).update(
        state=ReorderSuggestion.State.OPEN, decided_at=None, decided_by=None, due_on=None
    )


def _accept_advice(lines: Any) -> None:
    products = [line.product_id for line in lines]
    mine = [line.suggestion_id for line in lines if line.suggestion_id]
    open_now = ReorderSuggestion.objects.filter(product_id__in=products, state=ReorderSuggestion.State.OPEN)
    open_now.exclude(pk__in=mine).delete()
    ReorderSuggestion.objects.filter(pk__in=mine).update(
        state=ReorderSuggestion.State.ACCEPTED, decided_at=timezone.now()
    )

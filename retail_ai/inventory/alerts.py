"""Stock alerts: found anew after each forecast, opened, closed by themselves, snoozed and dismissed by people."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from retail_ai.exceptions import InvalidInput
from retail_ai.inventory.alert_rules import Found, findings
from retail_ai.inventory.models import StockAlert

State = StockAlert.State
SNOOZE_DAYS = 7


@transaction.atomic
def check_alerts(*, today: date | None = None) -> dict[str, int]:
    """Bring the alerts up to date; how many are new and how many are over. What people dismissed stays so until it
    ends; when it comes again later, it is an alert again."""
    today, now = today or timezone.localdate(), timezone.now()
    found = {one.key: one for one in findings(today)}
    rows = {
        (row.kind, row.product_id, row.order_id): row for row in StockAlert.objects.select_for_update(of=("self",))
    }
    new = [_new(one) for key, one in found.items() if key not in rows]
    StockAlert.objects.bulk_create(new, ignore_conflicts=True)
    reopened = 0
    changed = []
    for key, row in rows.items():
        if key in found:
            reopened += _seen(row, found[key], now, today)
            changed.append(row)
        elif row.state != State.OVER:
            row.state, row.snoozed_until = State.OVER, None
            changed.append(row)
    fields = ["state", "figures", "at_stake", "last_seen", "first_seen", "snoozed_until", "mailed_at"]
    StockAlert.objects.bulk_update(changed, fields, batch_size=1000)
    over = sum(row.state == State.OVER for row in changed)
    return {"new": len(new) + reopened, "over": over}


def set_aside(*, alerts: Iterable[int], by: Any, until: date | None = None, dismiss: bool = False) -> list[int]:
    """Snooze alerts for a week, or until a day, or dismiss them; the keys of those that were open or snoozed."""
    today = timezone.localdate()
    if until is not None and until <= today:
        raise InvalidInput(_("Snooze until a day to come."))
    rows = StockAlert.objects.filter(pk__in=list(alerts), state__in=[State.OPEN, State.SNOOZED])
    keys = list(rows.values_list("pk", flat=True))
    StockAlert.objects.filter(pk__in=keys).update(
        state=State.DISMISSED if dismiss else State.SNOOZED,
        snoozed_until=None if dismiss else until or today + timedelta(days=SNOOZE_DAYS),
        decided_by=by,
    )
    return keys


def reopen_alerts(*, alerts: Sequence[int]) -> int:
    """Take snoozing and dismissing back; how many are open again."""
    rows = StockAlert.objects.filter(pk__in=list(alerts), state__in=[State.SNOOZED, State.DISMISSED])
    return rows.update(state=State.OPEN, snoozed_until=None, decided_by=None)


def _new(one: Found) -> StockAlert:
    return StockAlert(
        kind=one.kind, product_id=one.product, order_id=one.order, figures=one.figures, at_stake=one.at_stake
    )


def _seen(row: StockAlert, one: Found, now: Any, today: date) -> int:
    """Note that an alert still stands; 1 where it is news again."""
    row.figures, row.at_stake, row.last_seen = one.figures, one.at_stake, now
    woke = row.state == State.SNOOZED and row.snoozed_until is not None and row.snoozed_until <= today
    if row.state != State.OVER and not woke:
        return 0
    row.state, row.snoozed_until, row.mailed_at, row.first_seen = State.OPEN, None, None, now
    return 1

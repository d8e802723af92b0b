"""``manage.py retail_ai_reorder``: the reorder list in a terminal or as CSV; accept what a budget pays for."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from retail_ai.exceptions import RetailAIError
from retail_ai.inventory.budgets import parse_budget, reason_text, shares
from retail_ai.inventory.models import PurchaseOrder, ReorderSuggestion
from retail_ai.inventory.reorders import decide
from retail_ai.inventory.sheets import reorder_sheet


class Command(BaseCommand):
    help = "List open reorder suggestions; accept them onto the suppliers' draft orders."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--supplier", help="only this supplier's, by name")
        parser.add_argument("--within", type=int, metavar="DAYS", help="only what must be ordered within so many days")
        parser.add_argument("--budget", help="most to spend, in the shop's currency; says what is left out and why")
        parser.add_argument("--accept", action="store_true", help="accept what is listed, as far as the money goes")
        parser.add_argument("--csv", type=Path, metavar="FILE", help="write the list to a file")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = list(_rows(options["supplier"], options["within"]))
        try:
            left = shares(parse_budget(options["budget"]), rows)
            if options["csv"]:
                options["csv"].write_text("\ufeff" + reorder_sheet(rows), encoding="utf-8")
            self._list(rows, left)
            if options["accept"]:
                self._accept({key: share.quantity for key, share in left.items() if share.quantity})
        except (RetailAIError, OSError) as error:
            raise CommandError(str(error)) from error

    def _list(self, rows: list[ReorderSuggestion], left: dict[int, Any]) -> None:
        for row in rows:
            cost = "" if row.cost is None else f"  {row.cost} {row.currency}"
            why = reason_text(left[row.pk]) if left[row.pk].reason else ""
            self.stdout.write(f"{row.order_by}  {row.quantity:>6} × {row.product}{cost}  {why}".rstrip())
        self.stdout.write(f"{len(rows)} open suggestions.")

    def _accept(self, quantities: dict[int, int]) -> None:
        done = decide(
            suggestions=list(quantities), state=ReorderSuggestion.State.ACCEPTED, by=None, quantities=quantities
        )
        drafts = PurchaseOrder.objects.filter(state=PurchaseOrder.State.DRAFT)
        self.stdout.write(f"{len(done)} accepted; drafts: {', '.join(map(str, drafts)) or 'none'}.")


def _rows(supplier: str | None, within: int | None) -> Any:
    from datetime import timedelta

    from django.utils import timezone

    rows = ReorderSuggestion.objects.filter(state=ReorderSuggestion.State.OPEN)
    rows = rows.select_related("product", "supplier").order_by("order_by", "pk")
    if supplier:
        rows = rows.filter(supplier__name__iexact=supplier)
    if within is not None:
        rows = rows.filter(order_by__lte=timezone.localdate() + timedelta(days=within))
    return rows

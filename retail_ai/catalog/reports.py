"""What shoppers searched for, added up: how often, what was found, what was clicked. Ideas for assortment and copy."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO

from django.db.models import Avg, Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from retail_ai.catalog.search_models import SearchLog
from retail_ai.events.models import Event

DAYS = (7, 30, 90, 365)
MOST_ROWS = 200
VIEWS = {
    "poor": _("Nothing or little found"),
    "unclicked": _("Found, but nothing clicked"),
    "all": _("All searches"),
}
# A search made fewer times says little about what shoppers click.
OFTEN = 3
# First letters that spreadsheets take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One search: how often it was made, without result, poorly answered, with a click; and when last."""

    query: str
    searches: int
    nothing: int
    poor: int
    clicked: int
    found: float
    last: datetime

    @property
    def click_rate(self) -> float:
        """Share of the searches with a click, in percent."""
        return 100 * self.clicked / self.searches if self.searches else 0.0


def search_report(*, days: int = 30, view: str = "poor", limit: int | None = MOST_ROWS) -> list[ReportRow]:
    """Searches of the last ``days``, those made most first; ``view`` is a key of VIEWS."""
    clicks = Event.objects.filter(kind=Event.Kind.CLICK, slate=OuterRef("search"))
    logs = _since(days).annotate(has_click=Exists(clicks))
    rows = logs.order_by().values("folded").annotate(
        searches=Count("pk"), nothing=Count("pk", filter=Q(total=0)), poor=Count("pk", filter=Q(is_poor=True)),
        clicked=Count("pk", filter=Q(has_click=True)), found=Avg("total"), last=Max("event__occurred_at"),
    )  # fmt: skip
    if view == "poor":
        rows = rows.filter(poor__gt=0).order_by("-poor", "-searches", "folded")
    elif view == "unclicked":
        rows = rows.filter(clicked=0, found__gt=0, searches__gte=OFTEN).order_by("-searches", "folded")
    else:
        rows = rows.order_by("-searches", "folded")
    chosen = rows if limit is None else rows[:limit]
    return [
        ReportRow(
            row["folded"], row["searches"], row["nothing"], row["poor"], row["clicked"], row["found"], row["last"]
        )
        for row in chosen
    ]


def totals(days: int) -> dict[str, int]:
    """How many searches there were, how many found nothing, and how many led to a click."""
    clicks = Event.objects.filter(kind=Event.Kind.CLICK, slate=OuterRef("search"))
    return _since(days).annotate(has_click=Exists(clicks)).aggregate(
        searches=Count("pk"), nothing=Count("pk", filter=Q(total=0)), clicked=Count("pk", filter=Q(has_click=True))
    )  # fmt: skip


def _since(days: int) -> QuerySet[SearchLog]:
    return SearchLog.objects.filter(event__occurred_at__gte=timezone.now() - timedelta(days=days))


def as_csv(rows: Iterable[ReportRow]) -> str:
    """The rows as CSV. What a shopper typed cannot become a formula of a spreadsheet."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["search", "searches", "nothing found", "poor", "with a click", "click rate %", "found", "last"])
    for row in rows:
        query = f"'{row.query}" if row.query.startswith(_FORMULA) else row.query
        rate, found = f"{row.click_rate:.1f}", f"{row.found:.0f}"
        writer.writerow([query, row.searches, row.nothing, row.poor, row.clicked, rate, found, row.last.isoformat()])
    return out.getvalue()

"""Counts what came of each slate: shown, clicked, bought after a click, and what that brought. It draws nothing.

A purchase belongs to the last click on that product, by the same person, in the seven days before it. Hits of searches
are clicked too: of those the report of searches tells.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from retail_ai.recommendations.rule_models import SLATE_NAMES

# What a list may be called: a slate, or what stands in for one.
REPORTED = (*SLATE_NAMES, ("new", _("New in the shop")))
WITHIN_DAYS = 7
# More of them from one person on one day than this are no person's.
MOST_A_DAY = 2_000

_EVENTS = """
DROP TABLE IF EXISTS pg_temp.retail_ai_report;
CREATE TEMP TABLE retail_ai_report ON COMMIT DROP AS
SELECT id, kind, slate, product_id, occurred_at, occurred_at::date AS day,
       coalesce(customer_id::text, 'v:' || visitor) AS person
FROM retail_ai_event
WHERE kind IN ('impression', 'click') AND slate = ANY(%s) AND occurred_at >= %s AND occurred_at < %s
"""
_BOTS = """
DELETE FROM retail_ai_report WHERE person IN (
    SELECT person FROM retail_ai_report GROUP BY person, day HAVING count(*) > %s) RETURNING person
"""
_COUNTS = """
SELECT slate, day, count(*) FILTER (WHERE kind = 'impression'), count(*) FILTER (WHERE kind = 'click')
FROM retail_ai_report GROUP BY slate, day ORDER BY slate, day
"""
_SALES = """
SELECT slate, day, count(*), coalesce(sum(quantity * unit_price), 0), count(*) FILTER (WHERE unit_price IS NULL)
FROM (
    SELECT DISTINCT ON (p.id) c.slate, c.day, p.quantity, p.unit_price
    FROM retail_ai_report c JOIN retail_ai_event p ON p.kind = 'purchase' AND p.product_id = c.product_id
        AND coalesce(p.customer_id::text, 'v:' || p.visitor) = c.person
        AND p.occurred_at BETWEEN c.occurred_at AND c.occurred_at + make_interval(days => %s)
    WHERE c.kind = 'click' ORDER BY p.id, c.occurred_at DESC
) AS sales GROUP BY slate, day
"""


@dataclass(slots=True)
class Figures:
    """Sums of one slate over some days, or of one day. ``unpriced``: purchases whose price was not recorded."""

    shown: int = 0
    clicked: int = 0
    bought: int = 0
    revenue: Decimal = Decimal(0)
    unpriced: int = 0

    @property
    def rate(self) -> float | None:
        """Clicks for each impression; None where nothing was shown."""
        return self.clicked / self.shown if self.shown else None

    def add(self, other: "Figures") -> None:
        for name in ("shown", "clicked", "bought", "revenue", "unpriced"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class Report:
    """``days``: by slate, then by day. ``bots``: people left out as no people, and their events."""

    first: date
    last: date
    days: dict[str, dict[date, Figures]] = field(default_factory=dict)
    bots: int = 0
    bot_events: int = 0

    def total(self, slate: str) -> Figures:
        """The slate's sums over all days."""
        figures = Figures()
        for day in self.days.get(slate, {}).values():
            figures.add(day)
        return figures

    def series(self, slate: str) -> list[tuple[date, Figures]]:
        """Every day of the span, those without events too."""
        known, count = self.days.get(slate, {}), (self.last - self.first).days + 1
        days = [self.first + timedelta(days=number) for number in range(count)]
        return [(day, known.get(day, Figures())) for day in days]


def slate_report(first: date, last: date) -> Report:
    """What came of the slates shown from ``first`` to ``last``, both included. Days are those of UTC."""
    from django.db import transaction

    report = Report(first, last)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_EVENTS, [[name for name, _title in REPORTED], first, last + timedelta(days=1)])
        cursor.execute(_BOTS, [MOST_A_DAY])
        people = [person for (person,) in cursor.fetchall()]
        report.bots, report.bot_events = len(set(people)), len(people)
        cursor.execute(_COUNTS)
        for slate, day, shown, clicked in cursor.fetchall():
            _figures(report, slate, day).add(Figures(shown=shown, clicked=clicked))
        cursor.execute(_SALES, [WITHIN_DAYS])
        for slate, day, bought, revenue, unpriced in cursor.fetchall():
            _figures(report, slate, day).add(Figures(bought=bought, revenue=revenue, unpriced=unpriced))
    return report


def _figures(report: Report, slate: str, day: Any) -> Figures:
    return report.days.setdefault(slate, {}).setdefault(day, Figures())

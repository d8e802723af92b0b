"""The admin's page of what came of the slates: a table of sums, a plot a slate, over days that the owner picks."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from retail_ai.engine.facts import Money
from retail_ai.money import format_money
from retail_ai.recommendations.report import REPORTED, Report, slate_report
from retail_ai.recommendations.report_plot import days_plot
from retail_ai.stores import get_store

USUAL, LONGEST = timedelta(days=27), timedelta(days=366)


def report_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The page; ``context``: what the admin's own pages need."""
    first, last, problem = _span(request.GET)
    report = slate_report(first, last)
    names = dict(REPORTED)
    rows = [_row(report, slate, str(names.get(slate, slate))) for slate in sorted(report.days)]
    return TemplateResponse(
        request,
        "admin/retail_ai/slaterule/report.html",
        {**context, "title": _("What came of the slates"), "report": report, "rows": rows, "problem": problem},
    )


def _row(report: Report, slate: str, name: str) -> dict[str, Any]:
    total, days = report.total(slate), report.series(slate)
    return {
        "name": name,
        "total": total,
        "rate": _percent(total.rate),
        "revenue": format_money(Money(total.revenue, get_store().currency)),
        "plot": days_plot(name, days),
        "days": [(day, figures, _percent(figures.rate)) for day, figures in days if figures.shown or figures.clicked],
    }


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{100 * rate:.1f} %"


def _span(given: Mapping[str, str]) -> tuple[date, date, str]:
    """First and last day as the form has them, and what is wrong with them: then the usual days are shown."""
    today = timezone.now().date()
    usual = (today - USUAL, today)
    try:
        first = date.fromisoformat(given["from"]) if given.get("from") else usual[0]
        last = date.fromisoformat(given["to"]) if given.get("to") else usual[1]
    except ValueError:
        return *usual, _("Type days as 2026-01-31.")
    if not first <= last:
        return *usual, _("The first day must not be after the last.")
    if last - first > LONGEST:
        return *usual, _("Choose a year at the most.")
    return first, last, ""

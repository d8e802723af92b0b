"""Says a comparison in words and draws it, for the campaign's page. It computes nothing."""

from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from retail_ai.campaigns.comparison import Comparison
from retail_ai.engine.facts import Money
from retail_ai.engine.incrementality import Arm, Effect, rate_interval
from retail_ai.money import format_money
from retail_ai.stores import get_store

WIDTH, BAR, LEFT, RIGHT = 620, 34, 150, 130


def said(result: Comparison) -> list[str]:
    """The verdict first, then what it rests on and until when it is open."""
    return [_verdict(result), *_so_far(result), *_revenue(result)]


def _verdict(result: Comparison) -> str:
    extra = result.extra_buyers
    values = {"low": _whole(abs(extra.low)), "high": _whole(abs(extra.high)), "extra": _whole(abs(extra.difference))}
    if result.rate.low > 0:
        return _("The mail brought buyers: about %(extra)s more than without it (%(low)s to %(high)s).") % values
    if result.rate.high < 0:
        values |= {"low": values["high"], "high": values["low"]}
        return _("The mail cost buyers: about %(extra)s fewer than without it (%(low)s to %(high)s).") % values
    if not result.is_over:
        return _("It is too early to tell whether the mail changed anything.")
    text = _("It cannot be told whether the mail changed anything.")
    people = result.mailed.people + result.held.people
    if result.needed is None or result.needed <= people:
        return text
    needed = {"needed": _whole(result.needed), "people": _whole(people)}
    more = _(
        "To see half again as many buyers, this share held out needs some %(needed)s people; here were %(people)s."
    )
    return f"{text} {more % needed}"


def _so_far(result: Comparison) -> list[str]:
    if result.is_over:
        return []
    day = date_format(localtime(result.until), "SHORT_DATETIME_FORMAT")
    return [_("Purchases count until %(day)s, so these figures still change.") % {"day": day}]


def _revenue(result: Comparison) -> list[str]:
    extra = result.extra_revenue
    if extra is None:
        return [_("Too few bought to tell what the mail brought in money.")]
    values = {"extra": _money(extra.difference), "low": _money(extra.low), "high": _money(extra.high)}
    return [_("In money: %(extra)s with what was mailed in all (%(low)s to %(high)s).") % values]


def rows(result: Comparison) -> list[tuple[str, str, str, str, str]]:
    """Name, people, buyers, rate with its interval, and spent by each, of both arms; then their difference."""
    rate, spending = result.rate, result.spending
    return [
        _arm_row(_("mailed"), result.mailed),
        _arm_row(_("held out"), result.held),
        (_("difference"), "", "", f"{_points(rate.difference)} ({_points(rate.low)} … {_points(rate.high)})",
         _money_effect(spending)),
    ]  # fmt: skip


def _arm_row(name: str, arm: Arm) -> tuple[str, str, str, str, str]:
    low, high = rate_interval(arm)
    rate = f"{_percent(arm.rate)} ({_percent(low)} … {_percent(high)})"
    return name, _whole(arm.people), _whole(arm.buyers), rate, _money(arm.spent_each)


def plot(result: Comparison) -> SafeString:
    """Both rates as bars with their 95 % intervals."""
    arms = [(_("mailed"), result.mailed, "model"), (_("held out"), result.held, "popularity")]
    largest = max(rate_interval(arm)[1] for _name, arm, _class in arms)
    scale = (WIDTH - LEFT - RIGHT) / max(largest, 1e-9)
    bars = [_bar(place * BAR, name, arm, kind, scale) for place, (name, arm, kind) in enumerate(arms)]
    words = "; ".join(f"{name} {_percent(arm.rate)}" for name, arm, _class in arms)
    return format_html(
        '<div class="retail-ai-scroll" tabindex="0"><svg role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}"'
        ' class="retail-ai-plot">{}</svg></div>',
        f"{_('Share that bought')}: {words}", WIDTH, 2 * BAR, WIDTH,
        format_html_join("", "{}", ((one,) for one in bars)),
    )  # fmt: skip


def _bar(top: int, name: str, arm: Arm, kind: str, scale: float) -> SafeString:
    low, high = (round(LEFT + scale * edge, 1) for edge in rate_interval(arm))
    middle = top + BAR / 2
    return format_html(
        '<text x="0" y="{}" class="label">{}</text><rect x="{}" y="{}" width="{}" height="{}" class="{}"/>'
        '<path class="interval" d="M{} {}H{}M{} {}v8M{} {}v8"/><text x="{}" y="{}" class="value">{}</text>',
        middle + 5, name, LEFT, top + 5, round(scale * arm.rate, 1), BAR - 10, kind,
        low, middle, high, low, middle - 4, high, middle - 4, WIDTH - RIGHT + 8, middle + 5, _percent(arm.rate),
    )  # fmt: skip


def _percent(value: float) -> str:
    return f"{number_format(round(100 * value, 1) + 0.0, 1)} %"


def _points(value: float) -> str:
    return ("+" if value > 0 else "") + _percent(value)


def _whole(value: float) -> str:
    return number_format(round(value), 0, force_grouping=True)


def _money(value: float) -> str:
    return format_money(Money(Decimal(str(round(value, 2))), get_store().currency))


def _money_effect(effect: Effect | None) -> str:
    if effect is None:
        return "–"
    return f"{_money(effect.difference)} ({_money(effect.low)} … {_money(effect.high)})"

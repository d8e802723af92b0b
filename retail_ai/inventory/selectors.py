"""Reads of the inventory room: newest forecasts, suppliers' terms, what is on order, what is advised."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from retail_ai.conf import conf
from retail_ai.engine.facts import ProductKey
from retail_ai.engine.replenishment import Advice, Terms, advise
from retail_ai.inventory.models import Forecast, ReorderSuggestion, SupplierPolicy
from retail_ai.stores import get_store


def latest_forecasts(keys: Iterable[ProductKey] | None = None) -> QuerySet[Forecast]:
    """The newest forecast of each product."""
    newest = Forecast.objects.order_by("product_id", "-run_id").distinct("product_id")
    if keys is not None:
        newest = newest.filter(product_id__in=list(keys))
    return Forecast.objects.filter(pk__in=newest.values("pk")).select_related("product", "run")


def terms_of(keys: Iterable[ProductKey]) -> dict[ProductKey, SupplierPolicy]:
    """The supplier's terms by product: its own, else the default row, else the settings'."""
    keys = list(keys)
    rows = list(SupplierPolicy.objects.filter(Q(product_id__in=keys) | Q(product=None)))
    own: dict[Any, SupplierPolicy] = {row.product_id: row for row in rows}
    default = own.get(None) or SupplierPolicy(
        lead_time_days=conf.LEAD_TIME_DAYS, service_level=conf.SERVICE_LEVEL, minimum_order=1, pack_size=1
    )
    return {key: own.get(key, default) for key in keys}


def on_order(keys: Iterable[ProductKey], today: date | None = None) -> dict[ProductKey, int]:
    """Units ordered and not due yet."""
    rows = (
        ReorderSuggestion.objects.filter(
            product_id__in=list(keys),
            state=ReorderSuggestion.State.ACCEPTED,
            due_on__gte=today or timezone.localdate(),
        )
        .values("product_id")
        .annotate(units=Sum("quantity"))
    )
    return {row["product_id"]: row["units"] for row in rows}


def as_terms(policy: SupplierPolicy) -> Terms:
    """A supplier's terms as the engine wants them."""
    return Terms(
        lead_time=policy.lead_time_days,
        lead_time_sd=policy.lead_time_sd,
        minimum_order=policy.minimum_order,
        pack_size=policy.pack_size,
        service_level=policy.service_level,
        review=policy.review_days,
    )


def advice_for(forecasts: Iterable[Forecast]) -> dict[ProductKey, Advice]:
    """What to do now about each forecast's product; products whose stock the shop does not count are left out."""
    by_key = {forecast.product_id: forecast for forecast in forecasts}
    offers, terms, coming = get_store().offers(by_key), terms_of(by_key), on_order(by_key)
    return {
        key: advise(
            weekly=forecast.mean,
            weekly_sd=forecast.sigma,
            stock=offers[key].stock or 0,
            on_order=coming.get(key, 0),
            terms=as_terms(terms[key]),
        )
        for key, forecast in by_key.items()
        if key in offers and offers[key].stock is not None
    }


def advice_line(advice: Advice, today: date | None = None) -> str:
    """One sentence for people: "Sells 3.2 a week; 12 days of cover; order 40 by 3 Dec"."""
    parts = [_("Sells %(rate)s a week") % {"rate": formats.number_format(advice.weekly_demand, 1)}]
    if advice.days_of_cover is not None:
        parts.append(_("%(days)d days of cover") % {"days": advice.days_of_cover})
    by = advice.order_by(today or timezone.localdate())
    if by is not None and advice.quantity:
        day = formats.date_format(by, "j M" if by.year == timezone.localdate().year else "j M Y")
        parts.append(_("order %(quantity)d by %(day)s") % {"quantity": advice.quantity, "day": day})
    return "; ".join(parts)


def product_search_fields() -> tuple[str, ...]:
    """Lookups for an admin's search box: the shop's own title and SKU."""
    store = get_store()
    return tuple(f"product__{name}" for name in (store.title_field, store.sku_field) if name)

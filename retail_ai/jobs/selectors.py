"""Reads of the jobs room: jobs nobody works on, failed items with their products, and a job as plain values."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.locks import jobs_in_work
from retail_ai.jobs.models import Job, JobFailure
from retail_ai.jobs.registry import get_kind
from retail_ai.stores import get_store


def abandoned_jobs(silent_since: datetime) -> list[int]:
    """Ids of unfinished jobs without a sign of life since then and with no chunk in work, oldest first.

    A worker at work holds a lock that can be seen, so that a long chunk is not taken for a dead worker.
    """
    silent = Job.objects.filter(state__in=Job.UNFINISHED, created_at__lte=silent_since).filter(
        Q(heartbeat_at__lte=silent_since) | Q(heartbeat_at=None)
    )
    in_work = jobs_in_work()
    return [pk for pk in silent.order_by("pk").values_list("pk", flat=True) if pk % 2**31 not in in_work]


def with_products(job: Job, failures: Iterable[JobFailure]) -> list[tuple[JobFailure, str, str]]:
    """Each failure with the title and admin URL of its product; both empty where its key names no product."""
    rows = list(failures)
    products = _products(job, [row.key for row in rows])
    return [(row, str(products[row.key]), _admin_url(products[row.key])) if row.key in products else (row, "", "")
            for row in rows]  # fmt: skip


def _products(job: Job, keys: list[str]) -> dict[str, Any]:
    try:
        if not get_kind(job.kind).keys_are_products:
            return {}
    except InvalidInput:  # a kind that is no longer there
        return {}
    store = get_store()
    known = [key for key in keys if _fits(store.product_model._meta.pk, key)]
    return {str(product.pk): product for product in store.products().filter(pk__in=known)}


def _fits(field: Any, key: str) -> bool:
    try:
        field.to_python(key)
    except (ValidationError, ValueError):
        return False
    return True


def _admin_url(product: Any) -> str:
    meta = product._meta
    try:
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[quote(product.pk)])
    except NoReverseMatch:
        return ""

"""Writes of the descriptions room: start a drafting job. It enqueues nothing; the door does."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.jobs.services import create_job

DEFAULT_FIELDS = ("description", "short_description", "seo_title", "meta_description")


def start_draft_job(
    *,
    products: Iterable[Any],
    started_by: Any = None,
    fields: Sequence[str] = DEFAULT_FIELDS,
    languages: Sequence[str] = ("en",),
    generator: str = "default",
    tone: str = "plain",
) -> Job:
    """A queued job that drafts texts for the products (a queryset, or products or keys). The caller enqueues it.

    Raises InvalidInput for an unknown field or no field.
    """
    from retail_ai.descriptions.models import TextField

    if not fields or set(fields) - set(TextField.values):
        raise InvalidInput(f"fields must be some of {', '.join(TextField.values)}; got {list(fields)}")
    keys = _keys(products)
    return create_job(
        kind="descriptions.draft",
        title=_("Write descriptions for %(count)d products") % {"count": len(keys)},
        keys=keys,
        started_by=started_by,
        params={"fields": list(fields), "languages": list(languages), "generator": generator, "tone": tone},
    )


def _keys(products: Iterable[Any]) -> list[str]:
    if isinstance(products, QuerySet):
        return [str(key) for key in products.order_by("pk").values_list("pk", flat=True)]
    return [str(getattr(product, "pk", product)) for product in products]

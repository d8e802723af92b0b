"""Marks texts whose product's facts changed since they were written, and unmarks those whose facts came back."""

from typing import Any

from django.db.models import QuerySet

from retail_ai.catalog.selectors import facts_of
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.snapshots import facts_hash
from retail_ai.stores import get_store

AT_ONCE = 500
_WATCHED = (Draft.State.DRAFT, Draft.State.PUBLISHED, Draft.State.STALE)


def flag_stale(*, products: QuerySet[Any] | None = None) -> int:
    """Mark published and waiting drafts whose product's facts have changed since; the number of drafts marked."""
    drafts = Draft.objects.filter(state__in=_WATCHED)
    if products is not None:
        drafts = drafts.filter(product__in=products)
    keys = list(drafts.order_by("product").values_list("product", flat=True).distinct())
    return sum(_flag(drafts, keys[start : start + AT_ONCE]) for start in range(0, len(keys), AT_ONCE))


def _flag(drafts: QuerySet[Draft], keys: list[Any]) -> int:
    now = {key: facts_hash(facts) for key, facts in facts_of(get_store().products().filter(pk__in=keys)).items()}
    changed, back = [], []
    for draft in drafts.filter(product__in=keys).only("pk", "product_id", "state", "facts_hash", "published_at"):
        current: str | None = now.get(draft.product_id)
        if current is None:
            continue
        same = draft.facts_hash == current
        if not same and draft.state != Draft.State.STALE:
            changed.append(draft.pk)
        elif same and draft.state == Draft.State.STALE and draft.published_at:
            back.append(draft.pk)
    for draft in Draft.objects.filter(pk__in=back):
        _back_in_step(draft)
    return Draft.objects.filter(pk__in=changed).update(state=Draft.State.STALE)


def _back_in_step(draft: Draft) -> None:
    """The facts are what they were: the live text is right again, unless another took its place meanwhile."""
    same = Draft.objects.filter(product=draft.product_id, field=draft.field, language=draft.language)
    if not same.filter(state=Draft.State.PUBLISHED).exists():
        Draft.objects.filter(pk=draft.pk).update(state=Draft.State.PUBLISHED)

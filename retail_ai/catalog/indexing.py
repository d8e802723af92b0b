"""Brings products' entries and vectors up to date: reads facts in bulk, and redoes only what changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import timezone
from pgvector import SparseVector

from retail_ai.catalog.distance import key_type
from retail_ai.catalog.models import CatalogEntry, ProductVector, VectorSpace
from retail_ai.catalog.selectors import facts_of
from retail_ai.catalog.spaces import embedder_of
from retail_ai.catalog.vocabulary import write_facets
from retail_ai.engine.content import text_to_embed, text_to_read
from retail_ai.engine.facts import ProductFacts
from retail_ai.engine.terms import SLOTS, slot, weigh
from retail_ai.engine.text import fold
from retail_ai.exceptions import BackendUnavailable
from retail_ai.stores import get_store

# Part of every facts hash: raise it when texts or terms are made in another way, and all entries are made anew.
RECIPE = "3"
_ENTRY_FIELDS = ("facts_hash", "text_hash", "text", "title", "sku", "language", "terms", "weights", "indexed_at")


@dataclass(slots=True)
class _Item:
    """A product at work. ``text_hash`` is known from the entry where its facts are as they were."""

    facts: ProductFacts
    facts_hash: str
    text_hash: str = ""

    @property
    def text(self) -> str:
        return text_to_embed(self.facts)


@transaction.atomic
def index_keys(*, keys: Sequence[Any], space: VectorSpace, full: bool = False) -> Counter[str]:
    """Index the products with these primary keys; remove those that the shop no longer has.

    Counts: ``described`` entries written, ``embedded`` vectors written, ``unchanged``, ``removed``.
    """
    items = _read(keys)
    removed = _remove([key for key in keys if key not in items])
    fresh, stale = _compare(items, space, full=full)
    _write_entries(fresh)
    _write_vectors(stale, space)
    if fresh or stale:
        # A product deleted meanwhile fails here, where the job can leave it out, and not when all is committed.
        connections[DEFAULT_DB_ALIAS].check_constraints()
    return Counter(
        described=len(fresh),
        embedded=len(stale),
        unchanged=len(items) - len({item.facts.key for item in (*fresh, *stale)}),
        removed=removed,
    )


def _read(keys: Sequence[Any]) -> dict[Any, _Item]:
    products = get_store().products().filter(pk__in=list(keys)).order_by("pk")
    return {key: _Item(facts, _hash(_digest(facts))) for key, facts in facts_of(products).items()}


def _digest(facts: ProductFacts) -> str:
    """All that texts and terms are made of, in one string; a tenth of the time that repr() takes."""
    parts = [RECIPE, facts.title, facts.sku, facts.description, *facts.category, "", facts.brand, str(facts.price)]
    for attribute in facts.attributes:
        parts += (attribute.name, attribute.value, attribute.unit)
    return "\x1f".join([*parts, facts.review_gist, facts.language])


def _hash(text: str) -> str:
    return blake2b(text.encode(errors="replace"), digest_size=16).hexdigest()


def _compare(items: dict[Any, _Item], space: VectorSpace, *, full: bool) -> tuple[list[_Item], list[_Item]]:
    """Those whose facts are not as their entry has them, and those whose vector is of another text or lacks."""
    known = {} if full else _known(list(items), space)
    fresh, stale = [], []
    for key, item in items.items():
        facts_hash, text_hash, content_hash = known.get(key, ("", "", None))
        is_fresh = item.facts_hash != facts_hash
        item.text_hash = _hash(item.text) if is_fresh else text_hash
        if is_fresh:
            fresh.append(item)
        if item.text_hash != content_hash:
            stale.append(item)
    return fresh, stale


def _known(keys: list[Any], space: VectorSpace) -> dict[Any, tuple[str, str, str | None]]:
    """Hashes of facts, of text and of the vector's text, by product; one parameter for all keys, for speed."""
    sql = (
        "SELECT e.product_id, e.facts_hash, e.text_hash, v.content_hash FROM retail_ai_catalogentry e"  # noqa: S608
        " LEFT JOIN retail_ai_productvector v ON v.product_id = e.product_id AND v.space_id = %s"
        f" WHERE e.product_id = ANY(%s::{key_type()}[])"
    )
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, [space.pk, keys])
        return {key: tuple(hashes) for key, *hashes in cursor.fetchall()}


def _remove(gone: list[Any]) -> int:
    if not gone:
        return 0
    ProductVector.objects.filter(product_id__in=gone).delete()
    return CatalogEntry.objects.filter(pk__in=gone).delete()[0]


def _write_entries(items: list[_Item]) -> None:
    now = timezone.now()
    rows = [_entry(item, now) for item in items]
    write_facets([item.facts for item in items])
    CatalogEntry.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["product"], update_fields=_ENTRY_FIELDS
    )


def _entry(item: _Item, now: Any) -> CatalogEntry:
    facts, weights = item.facts, weigh(item.facts)
    by_slot = {slot(term): weight for term, weight in weights.items()}
    return CatalogEntry(
        pk=cast(Any, facts.key),
        facts_hash=item.facts_hash,
        text_hash=item.text_hash,
        text=text_to_read(facts).replace("\x00", " "),
        title=fold(facts.title)[:1_000],
        sku=fold(facts.sku)[:200],
        language=facts.language[:10],
        terms=sorted(weights),
        weights=SparseVector(by_slot, SLOTS),
        indexed_at=now,
    )


def _write_vectors(items: list[_Item], space: VectorSpace) -> None:
    if not items:
        return
    embedder = embedder_of(space)
    if embedder is None:
        raise BackendUnavailable(f"No embedder in RETAIL_AI['EMBEDDERS'] has the identity '{space.identity}'.")
    vectors = embedder.embed([item.text for item in items])
    rows = [
        ProductVector(product_id=cast(Any, item.facts.key), space=space, content_hash=item.text_hash, embedding=vector)
        for item, vector in zip(items, vectors, strict=True)
    ]
    ProductVector.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["space", "product"],
        update_fields=["content_hash", "embedding"],
    )

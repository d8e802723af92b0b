"""Brings products' entries and vectors up to date: reads facts in bulk, and redoes only what changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import timezone

from retail_ai.catalog.distance import key_type
from retail_ai.catalog.models import CatalogEntry, ProductVector, VectorSpace
from retail_ai.catalog.postings import delete_postings, read_usual_length, write_postings
from retail_ai.catalog.selectors import facts_of
from retail_ai.catalog.spaces import embedder_of
from retail_ai.catalog.vocabulary import write_facets
from retail_ai.engine.content import full_text_to_embed, text_to_embed, text_to_read
from retail_ai.engine.facts import ProductFacts
from retail_ai.engine.terms import Weighed, type_of, weigh
from retail_ai.engine.text import fold
from retail_ai.exceptions import BackendUnavailable
from retail_ai.stores import get_store

# Part of every facts hash: raise it when texts or terms are made in another way, and all entries are made anew.
RECIPE = "4"
FULL = VectorSpace.Text.FULL
_ENTRY_FIELDS = (
    "facts_hash", "text_hash", "full_hash", "text", "title", "sku", "language", "terms", "shelf", "brand", "length",
    "indexed_at",
)  # fmt: skip


@dataclass(slots=True)
class _Item:
    """A product at work. ``text_hash`` is known from the entry where its facts are as they were."""

    facts: ProductFacts
    facts_hash: str
    text_hash: str = ""
    full_hash: str = ""

    def text(self, space: VectorSpace) -> str:
        return full_text_to_embed(self.facts) if space.text == FULL else text_to_embed(self.facts)

    def hash_for(self, space: VectorSpace) -> str:
        return self.full_hash if space.text == FULL else self.text_hash


@transaction.atomic
def index_keys(*, keys: Sequence[Any], spaces: Sequence[VectorSpace], full: bool = False) -> Counter[str]:
    """Index the products with these primary keys in these spaces; remove those that the shop no longer has.

    Counts: ``described`` entries written, ``embedded`` vectors written, ``unchanged``, ``removed``.
    """
    usual_length = read_usual_length()
    items = _read(keys, usual_length)
    removed = _remove([key for key in keys if key not in items])
    fresh = _find_fresh(items, full=full)
    _write_entries(fresh, usual_length)
    touched, embedded = {item.facts.key for item in fresh}, 0
    for space in spaces:
        stale = _find_stale(items, space, full=full)
        _write_vectors(stale, space)
        touched |= {item.facts.key for item in stale}
        embedded += len(stale)
    if touched:
        # A product deleted meanwhile fails here, where the job can leave it out, and not when all is committed.
        connections[DEFAULT_DB_ALIAS].check_constraints()
    return Counter(described=len(fresh), embedded=embedded, unchanged=len(items) - len(touched), removed=removed)


def _read(keys: Sequence[Any], usual_length: float) -> dict[Any, _Item]:
    products = get_store().products().filter(pk__in=list(keys)).order_by("pk")
    # Words are weighed against a usual length: with another one, all are weighed anew.
    recipe = f"{RECIPE}/{usual_length:.6g}"
    return {key: _Item(facts, _hash(f"{recipe}\x1f{_digest(facts)}")) for key, facts in facts_of(products).items()}


def _digest(facts: ProductFacts) -> str:
    """All that texts and terms are made of, in one string; a tenth of the time that repr() takes."""
    parts = [facts.title, facts.sku, facts.description, *facts.category, "", facts.brand, str(facts.price)]
    for attribute in facts.attributes:
        parts += (attribute.name, attribute.value, attribute.unit)
    return "\x1f".join([*parts, facts.review_gist, facts.language])


def _hash(text: str) -> str:
    return blake2b(text.encode(errors="replace"), digest_size=16).hexdigest()


def _find_fresh(items: dict[Any, _Item], *, full: bool) -> list[_Item]:
    """Those whose facts are not as their entry has them; the others are given their entry's hashes of texts."""
    known = {} if full else _known(list(items))
    fresh = []
    for key, item in items.items():
        facts_hash, item.text_hash, item.full_hash = known.get(key, ("", "", ""))
        if item.facts_hash != facts_hash:
            item.text_hash = _hash(text_to_embed(item.facts))
            item.full_hash = _hash(full_text_to_embed(item.facts))
            fresh.append(item)
    return fresh


def _known(keys: list[Any]) -> dict[Any, tuple[str, str, str]]:
    """Hashes of facts and texts by product; one parameter for all keys, for speed."""
    sql = (
        "SELECT product_id, facts_hash, text_hash, full_hash FROM retail_ai_catalogentry"  # noqa: S608
        f" WHERE product_id = ANY(%s::{key_type()}[])"
    )
    return {key: tuple(hashes) for key, *hashes in _rows(sql, [keys])}


def _find_stale(items: dict[Any, _Item], space: VectorSpace, *, full: bool) -> list[_Item]:
    """Those whose vector in a space is of another text or lacks."""
    sql = (
        "SELECT product_id, content_hash FROM retail_ai_productvector"  # noqa: S608
        f" WHERE space_id = %s AND product_id = ANY(%s::{key_type()}[])"
    )
    known = {} if full else dict(_rows(sql, [space.pk, list(items)]))
    return [item for key, item in items.items() if item.hash_for(space) != known.get(key)]


def _rows(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _remove(gone: list[Any]) -> int:
    if not gone:
        return 0
    ProductVector.objects.filter(product_id__in=gone).delete()
    delete_postings(gone)
    return CatalogEntry.objects.filter(pk__in=gone).delete()[0]


def _write_entries(items: list[_Item], usual_length: float) -> None:
    if not items:
        return
    now = timezone.now()
    weighed = {item.facts.key: weigh(item.facts) for item in items}
    rows = [_entry(item, weighed[item.facts.key], now) for item in items]
    write_facets([item.facts for item in items])
    CatalogEntry.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["product"], update_fields=_ENTRY_FIELDS
    )
    write_postings(weighed, usual_length=usual_length)


def _entry(item: _Item, weighed: Weighed, now: Any) -> CatalogEntry:
    facts = item.facts
    return CatalogEntry(
        pk=cast(Any, facts.key),
        facts_hash=item.facts_hash,
        text_hash=item.text_hash,
        full_hash=item.full_hash,
        text=text_to_read(facts).replace("\x00", " "),
        title=fold(facts.title)[:1_000],
        sku=fold(facts.sku)[:200],
        language=facts.language[:10],
        terms=sorted(weighed.plain),
        shelf=" > ".join(type_of(facts)).replace("\x00", " ")[:1_000],
        brand=fold(facts.brand)[:200],
        length=weighed.length,
        indexed_at=now,
    )


def _write_vectors(items: list[_Item], space: VectorSpace) -> None:
    if not items:
        return
    embedder = embedder_of(space)
    if embedder is None:
        raise BackendUnavailable(f"No embedder in RETAIL_AI['EMBEDDERS'] has the identity '{space.identity}'.")
    vectors = embedder.embed_documents([item.text(space) for item in items])
    rows = [
        ProductVector(
            product_id=cast(Any, item.facts.key), space=space, content_hash=item.hash_for(space), embedding=vector
        )
        for item, vector in zip(items, vectors, strict=True)
    ]
    ProductVector.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["space", "product"],
        update_fields=["content_hash", "embedding"],
    )

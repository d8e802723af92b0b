"""The index of the shop's own passages: kept in step with the adapter, embedded once a sentence, read from memory.

A passage that the shop changed or took away is never quoted: the index is checked against the shop before it is used.
"""

import hashlib
import time
from collections import defaultdict
from collections.abc import Iterable
from threading import Lock

import numpy as np
from django.db import connection, transaction

from retail_ai.assistant.models import PassageVector
from retail_ai.backends import get_embedder
from retail_ai.engine.answers import IndexedPassage, split_sentences
from retail_ai.engine.facts import Passage
from retail_ai.stores import get_store

# How old a check may be. Reading a few hundred passages takes milliseconds.
CHECK_SECONDS = 10
LOCK_KEY = 0x0A15515
_lock = Lock()
_cache: tuple[str, float, list[IndexedPassage]] = ("", 0.0, [])


def indexed_passages() -> list[IndexedPassage]:
    """All passages of the shop as they stand now, with their vectors."""
    global _cache
    with _lock:
        stamp, checked, passages = _cache
        if stamp and time.monotonic() - checked < CHECK_SECONDS:
            return passages
        wanted = {(p.id, p.language): p for p in get_store().passages() if p.text.strip()}
        now = _stamp(wanted.values())
        if now != stamp:
            index_passages()
            passages = _load()
        _cache = (now, time.monotonic(), passages)
        return passages


def forget() -> None:
    """Drop what is in memory, so that the next question reads anew."""
    global _cache
    _cache = ("", 0.0, [])


@transaction.atomic
def index_passages() -> dict[str, int]:
    """Bring the index in step: embed what is new or changed, delete what is gone. Counts of each."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_KEY])
    embedder = get_embedder().identity
    wanted = {(p.id, p.language): p for p in get_store().passages() if p.text.strip()}
    rows = PassageVector.objects.filter(embedder=embedder)
    known = {(p, lang): digest for p, lang, digest in rows.values_list("passage", "language", "content_hash")}
    changed = [passage for key, passage in wanted.items() if known.get(key) != hash_of(passage)]
    gone = [key for key in known if key not in wanted]
    for key in [*gone, *((p.id, p.language) for p in changed)]:
        rows.filter(passage=key[0], language=key[1]).delete()
    PassageVector.objects.bulk_create(_rows(changed, embedder), batch_size=500)
    return {"indexed": len(changed), "unchanged": len(wanted) - len(changed), "deleted": len(gone)}


def hash_of(passage: Passage) -> str:
    """Changes when what is embedded or shown changes."""
    text = "\x1f".join((passage.title, passage.text, passage.url))
    return hashlib.sha256(text.encode()).hexdigest()


def _stamp(passages: Iterable[Passage]) -> str:
    whole = hashlib.sha256(get_embedder().identity.encode())
    for passage in sorted(passages, key=lambda p: (p.id, p.language)):
        whole.update(f"{passage.id}\x1f{passage.language}\x1f{hash_of(passage)}".encode())
    return whole.hexdigest()


def _rows(passages: list[Passage], embedder: str) -> list[PassageVector]:
    parts = [(p, i, text) for p in passages for i, text in enumerate([p.title, *split_sentences(p.text)])]
    vectors = get_embedder().embed([text for _passage, _position, text in parts])
    return [
        PassageVector(
            passage=passage.id,
            language=passage.language,
            title=passage.title[:300],
            text=text if position else "",
            url=passage.url,
            embedder=embedder,
            content_hash=hash_of(passage),
            position=position,
            vector=vector,
        )
        for (passage, position, text), vector in zip(parts, vectors, strict=True)
    ]


def _load() -> list[IndexedPassage]:
    groups: dict[tuple[str, str], list[PassageVector]] = defaultdict(list)
    for row in PassageVector.objects.filter(embedder=get_embedder().identity).order_by("position"):
        groups[row.passage, row.language].append(row)
    return [
        IndexedPassage(
            id=passage,
            language=language,
            title=rows[0].title,
            sentences=tuple(row.text for row in rows[1:]),
            vectors=np.array([row.vector for row in rows], dtype=np.float32),
            url=rows[0].url,
        )
        for (passage, language), rows in groups.items()
    ]

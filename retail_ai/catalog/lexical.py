"""Finds products by words: BM25 in SQL over the stored term weights, rarity as the catalogue has it now."""

import math
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from pgvector import SparseVector

from retail_ai.catalog.distance import subquery
from retail_ai.catalog.models import CatalogEntry, Term
from retail_ai.engine.terms import SLOTS, slot
from retail_ai.engine.text import fold, query_tokens, slips

# Query words beyond this many add time and no sense.
MAX_WORDS = 32
# How alike (share of common letter triples) known words are that are looked at for a mistyped one.
ALIKE = 0.3

# A shorter word is a slip away from too many others ("read" from "ready").
SHORTEST = 5


@dataclass(frozen=True, slots=True)
class Words:
    """A query's words with their rarity among ``entries`` entries, and which known word stands for which unknown."""

    rarity: dict[str, float]
    mended: dict[str, str]
    entries: int

    @property
    def vector(self) -> str:
        """pgvector's text form; its inner product with an entry's weights is the BM25 score."""
        return str(SparseVector({slot(word): value for word, value in self.rarity.items()}, SLOTS).to_text())


def read_words(query: str, *, mend: bool = True) -> Words:
    """The words of a query. To ``mend``, an unknown word that is not too short is taken for the likest known one."""
    words = query_tokens(query)[:MAX_WORDS]
    counts = _counts(words)
    unknown = [word for word in words if word not in counts and len(word) >= SHORTEST] if mend else []
    mended = {word: known for word in unknown[:4] if (known := _likest(word))}
    counts.update(_counts(list(mended.values())))
    total = max(CatalogEntry.objects.count(), 1)
    return Words({mended.get(w, w): _rarity(counts.get(mended.get(w, w), 0), total) for w in words}, mended, total)


def _counts(words: list[str]) -> dict[str, int]:
    return dict(Term.objects.filter(pk__in=words).values_list("term", "entries"))


def _rarity(entries: int, total: int) -> float:
    return math.log1p(max(0.0, total - entries + 0.5) / (entries + 0.5))


def _likest(word: str) -> str | None:
    if CatalogEntry.objects.filter(terms__contains=[word]).exists():
        return None
    alike = Term.objects.filter(term__trigram_similar=word).annotate(alike=TrigramSimilarity("term", word))
    known = alike.filter(alike__gte=ALIKE).order_by("-alike", "-entries").values_list("term", flat=True)[:10]
    # A longer word may hold two slips; more than that, or another first letter, is another word ("washing" is not
    # "warming", "linen" not the German "einen").
    allowed = 1 if len(word) < 8 else 2
    return next((term for term in known if term[0] == word[0] and slips(word, term) <= allowed), None)


@dataclass(frozen=True, slots=True)
class Matches:
    """The best matches by score, how many match in all, and the spread of scores over the whole catalogue."""

    scores: dict[Any, float]
    total: int
    spread: float


def match_words(words: Words, products: QuerySet[Any], limit: int) -> Matches:
    """Products with any of the words, best first."""
    if not words.rarity:
        return Matches({}, 0, 1.0)
    allowed, params = subquery(products)
    sql = (
        "SELECT product_id, score, count(*) OVER (), sum(score) OVER (), sum(score * score) OVER () FROM ("  # noqa: S608
        "SELECT product_id, -(weights <#> %s::sparsevec) AS score FROM retail_ai_catalogentry"
        f" WHERE terms && %s::text[] AND product_id IN ({allowed})) matched ORDER BY score DESC, product_id LIMIT %s"
    )
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, [words.vector, list(words.rarity), *params, limit])
        rows = cursor.fetchall()
    if not rows:
        return Matches({}, 0, 1.0)
    _, _, total, sum_, squares = rows[0]
    everything = max(words.entries, total)
    variance = squares / everything - (sum_ / everything) ** 2
    return Matches({row[0]: row[1] for row in rows}, total, math.sqrt(max(variance, 1e-6)))


def find_exact(query: str, products: QuerySet[Any]) -> list[Any]:
    """Keys of products whose SKU or whole title is the query."""
    text = fold(query)
    same = CatalogEntry.objects.filter(sku=text) | CatalogEntry.objects.filter(title=text)
    return list(same.filter(product__in=products.order_by().values("pk")).values_list("pk", flat=True)[:20])

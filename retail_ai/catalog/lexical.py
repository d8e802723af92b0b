"""A query's words: how rare each is, which known word stands for one mistyped or half typed, and the SQL that finds
products by them. The rest of a search's SQL is in ``statement``."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from retail_ai.engine.text import query_words, slips

# Query words beyond this many add time and no sense.
MAX_WORDS = 32
# How alike (share of common letter triples) known words are that are looked at for a mistyped one.
ALIKE = 0.3
# A shorter word is a slip away from too many others ("read" from "ready"); a shorter start completes to anything.
SHORTEST, SHORTEST_START = 5, 3
# Postings that a search reads whole, rarest words first; of words beyond that only the first candidates' are read.
MOST_POSTINGS = 60_000
# Best by words that are looked at before the shop's filter is asked of every match.
FIRST = 1_000


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query, the entries that hold it, and known words like it or beginning with it, likest first."""

    term: str
    entries: int
    alike: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the catalogue knows of a query's words: the words in order, its size and its mean length in words."""

    words: tuple[Word, ...]
    entries: int
    mean_length: float


def words_of(text: str) -> list[str]:
    """The distinct words of a query that are searched for."""
    return query_words(text)[:MAX_WORDS]


def vocabulary_statement(terms: str, numbers: str, count: str) -> str:
    """SQL that tells what is known of the words: (term, entries, alike, begun, all entries, mean length) of each.
    ``terms``, ``numbers``, ``count``: SQL of the words, of their numbers, and of how many there are."""
    return (
        "SELECT a.term, COALESCE(t.entries, 0), l.alike, b.begun, s.entries, s.mean_length"
        f" FROM unnest({terms}, {numbers}) WITH ORDINALITY a (term, number, place)"
        " LEFT JOIN retail_ai_termstatistics s ON true LEFT JOIN retail_ai_term t ON t.term = a.term"
        " LEFT JOIN LATERAL (SELECT array_agg(term) AS alike FROM (SELECT k.term FROM retail_ai_term k"
        f" WHERE k.term % a.term AND similarity(k.term, a.term) >= {ALIKE}"
        " ORDER BY similarity(k.term, a.term) DESC, k.entries DESC LIMIT 10) k) l"
        f" ON t.term IS NULL AND length(a.term) >= {SHORTEST}"
        " AND NOT EXISTS (SELECT FROM retail_ai_posting p WHERE p.term = a.number)"
        " LEFT JOIN LATERAL (SELECT array_agg(term) AS begun FROM (SELECT k.term FROM retail_ai_term k"
        " WHERE k.term LIKE a.term || '%' ORDER BY k.entries DESC LIMIT 3) k) b"
        f" ON t.term IS NULL AND length(a.term) >= {SHORTEST_START} AND a.place = {count} ORDER BY a.place"
    )


def read_vocabulary(rows: Sequence[tuple[Any, ...]]) -> Vocabulary:
    """What ``vocabulary_statement`` found."""
    words = tuple(Word(row[0], row[1], tuple(row[2] or ()), tuple(row[3] or ())) for row in rows)
    return Vocabulary(words, (rows[0][4] if rows else 0) or 1, (rows[0][5] if rows else 0) or 1.0)


def mend(vocabulary: Vocabulary) -> dict[str, str]:
    """For unknown words, the known one that is meant: half typed, or a slip or two away."""
    mended = {word.term: known for word in vocabulary.words if (known := _meant(word))}
    return dict(list(mended.items())[:4])


def _meant(word: Word) -> str | None:
    if word.begun:
        return word.begun[0]
    # A longer word may hold two slips; more than that, or another first letter, is another word ("washing" is not
    # "warming", "linen" not the German "einen").
    allowed = 1 if len(word.term) < 8 else 2
    return next((k for k in word.alike if k[0] == word.term[0] and slips(word.term, k) <= allowed), None)


# The query's words with their rarity, as BM25 has it; ``within`` says whether all their postings are read. Rarities
# are float8: a numeric would be turned into one again for each posting, which takes longer than reading it.
ASKED = (
    "asked AS MATERIALIZED (SELECT number, place, rarity,"
    f" sum(entries) OVER (ORDER BY rarity DESC, place) <= {MOST_POSTINGS} OR max(rarity) OVER () = rarity AS within"
    " FROM (SELECT a.number, a.place, COALESCE(t.entries, 0) AS entries,"
    " ln(1 + greatest(0, s.entries - COALESCE(t.entries, 0) + 0.5::float8) / (COALESCE(t.entries, 0) + 0.5::float8))"
    " AS rarity FROM unnest({terms}, {numbers}) WITH ORDINALITY a (term, number, place)"
    " CROSS JOIN retail_ai_termstatistics s LEFT JOIN retail_ai_term t ON t.term = a.term) a)"
)
# Products by words: the first are tried on the filter; only where too few of them pass, all matches are.
BY_WORDS = (
    "matched AS MATERIALIZED (SELECT product_id, sum(rarity * weight) AS score"
    " FROM asked JOIN retail_ai_posting p ON p.term = asked.number WHERE within GROUP BY product_id),"
    f" first AS MATERIALIZED (SELECT * FROM matched ORDER BY score DESC, product_id LIMIT {FIRST}),"
    " kept AS MATERIALIZED (SELECT product_id FROM first WHERE product_id IN ({allowed})"
    " ORDER BY score DESC, product_id LIMIT {limit}),"
    " others AS (SELECT product_id FROM matched WHERE product_id IN ({allowed})"
    f" AND (SELECT count(*) FROM first) = {FIRST} AND (SELECT count(*) FROM kept) < {{limit}}"
    " ORDER BY score DESC, product_id LIMIT {limit}),"
    " by_words AS (SELECT product_id FROM kept UNION ALL SELECT product_id FROM others)"
)
# What a candidate ``c`` says of the query, as arrays side by side. It looks up its own words: joined with all postings
# of a common word it would take the longer the larger the shop.
SAID = (
    "SELECT array_agg(a.place::int4) AS places, array_agg(p.weight) AS weights,"
    " array_agg(p.frequency::int4) AS frequencies, array_agg(p.counts) AS counts"
    " FROM asked a JOIN retail_ai_posting p ON p.term = a.number AND p.product_id = c.product_id"
)

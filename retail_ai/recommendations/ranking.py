"""From scored candidates to what is shown: the owner's rules, variety, the shop's own rows, a true reason each."""

from collections.abc import Callable, Iterable
from typing import Any

from retail_ai.conf import conf
from retail_ai.engine.variety import spread
from retail_ai.recommendations.boosted import boosted
from retail_ai.recommendations.reasons import of_words
from retail_ai.recommendations.rules import apply_rules
from retail_ai.recommendations.sensitive import without_sensitive
from retail_ai.recommendations.serving import ask_again
from retail_ai.recommendations.shop_rows import rows_by_key
from retail_ai.recommendations.sql import Row
from retail_ai.recommendations.state_sql import Text
from retail_ai.recommendations.wishes import WORDS, Candidate, Cause, Part, Recommendation, Teller, Wish
from retail_ai.stores import get_store


def rows_of(wish: Wish, rest: Callable[[Wish], Text | None]) -> list[Row]:
    """What a slate's statement finds, unless it was found with the past already."""
    if wish.found is not None:
        return wish.found
    text = rest(wish)
    return ask_again(wish.past, text) if text is not None else []


def find(wish: Wish, rest: Callable[[Wish], Text | None]) -> list[Candidate]:
    """The best candidates of a search, best first."""
    return [
        Candidate(pk, brand or "", score, list(map(Part._make, zip(*told, strict=True))), {}, boost)
        for pk, brand, score, *told, boost in rows_of(wish, rest)
    ]


def show(wish: Wish, candidates: list[Candidate], tell: Teller, *, shown_as: str = "") -> list[Recommendation]:
    """The candidates that are shown, at most ``wish.limit``, with their rows and reasons."""
    candidates = without_sensitive(wish, apply_rules(wish, boosted(candidates)))
    if not candidates:
        return []
    chosen = spread(
        candidates, limit=wish.limit, most=most_of_a_brand(wish.limit), brand=lambda item: item.brand,
        kept=lambda item: "pinned" in item.facts,
    )  # fmt: skip
    rows = products_of(wish, chosen)
    titles = _Titles(rows)
    return [
        _recommendation(rows[item.pk], item, tell, titles, shown_as) for item in chosen if item.pk in rows
    ]  # fmt: skip


def most_of_a_brand(limit: int) -> int:
    """How many of one brand a slate of ``limit`` may hold while there are others."""
    return max(1, round(limit * float(conf.MOST_OF_A_BRAND)))


def products_of(wish: Wish, chosen: Iterable[Candidate]) -> dict[Any, Any]:
    """The shop's rows of the candidates and of the products that their reasons name, by key; those that were not read
    with the candidates in one go."""
    keys = {item.pk for item in chosen}
    keys |= {part.cause for item in chosen for part in item.parts if part.kind not in WORDS}
    given = {wish.product.pk: wish.product} if wish.product is not None else {}
    missing = keys - given.keys()
    return {**given, **rows_by_key(missing, wish.rows)}


class _Titles(dict[Any, str]):
    """Titles of products by key, made when asked for."""

    def __init__(self, rows: dict[Any, Any]) -> None:
        super().__init__()
        self._rows = rows

    def __missing__(self, key: Any) -> str:
        row = self._rows.get(key)
        self[key] = title = get_store().title(row) if row is not None else ""
        return title


def _recommendation(row: Any, item: Candidate, tell: Teller, titles: dict[Any, str], shown_as: str) -> Recommendation:
    """Parts whose cause is gone from the shop are not told."""
    causes = []
    for part in item.parts:
        names_product = part.kind not in WORDS
        # What is shown is there; of another cause the title tells.
        if not names_product or part.cause == item.pk or titles[part.cause]:
            text = of_words(part) if part.kind == "pin" else tell(item, part, titles)
            share = part.amount / item.score if item.score else 0.0
            causes.append(Cause(text, share, part.cause if names_product else None))
    return Recommendation(row, item.score, causes[0].text if causes else "", shown_as, tuple(causes))

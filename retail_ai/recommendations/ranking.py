"""From scored candidates to what is shown: the owner's rules, variety, the shop's own rows, a true reason each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from retail_ai.conf import conf
from retail_ai.engine.variety import spread
from retail_ai.recommendations.history import Past, Serving
from retail_ai.recommendations.reasons import of_words
from retail_ai.recommendations.searched import Found
from retail_ai.recommendations.serving import ask_again
from retail_ai.recommendations.shop_rows import rows_by_key
from retail_ai.recommendations.sql import Row
from retail_ai.recommendations.state_sql import Text
from retail_ai.stores import get_store


class Part(NamedTuple):
    """One thing that a score is made of: how (``kind``), because of what (a product's key or words), and how much."""

    kind: str
    cause: Any
    amount: float
    support: int = 0


@dataclass(slots=True)
class Candidate:
    """A product that may be shown. ``parts``: the strongest first. ``facts``: what its reason needs besides.

    ``boost``: what other rooms multiply its score with; None where they have not been asked.
    """

    pk: Any
    brand: str
    shelf: str
    score: float
    parts: list[Part] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    boost: float | None = None


class Cause(NamedTuple):
    """A part as it is told to a shopper. ``product``: the key that "don't use this" takes; None for words."""

    text: str
    share: float
    product: Any = None


class Recommendation(NamedTuple):
    """A product to show, its score within its slate, and why it is shown, in the shopper's language.

    ``shown_as``: the slate that stepped in for want of anything of the one asked for; empty otherwise.
    ``causes``: what gave most of the score, with its share of it.
    """

    product: Any
    score: float
    reason: str
    shown_as: str = ""
    causes: tuple[Cause, ...] = ()

    @property
    def is_popular(self) -> bool:
        """It is shown because many wanted it, for want of anything known of this shopper."""
        return self.shown_as == "popular"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a slate is made from. ``found``: what the slate's own statement found, where it was asked with the past;
    ``rows``: the shop's rows of those it read along; ``hits``: what the shop's search found for ``text``."""

    limit: int
    past: Past = field(default_factory=Past)
    serving: Serving = field(default_factory=Serving)
    found: list[Row] | None = None
    rows: Mapping[Any, Row] = field(default_factory=dict)
    slate: str = ""
    product: Any = None
    customer: Any = None
    visitor: str = ""
    cart: tuple[Any, ...] = ()
    category: str = ""
    text: str = ""
    hits: tuple[Found, ...] = ()
    in_mail: bool = False

    @property
    def pool(self) -> int:
        """Candidates to choose from: enough for rules and variety to have a choice."""
        return max(32, 3 * self.limit)

    def blocked(self, *more: Any) -> list[Any]:
        """Keys of products that must not be shown: hidden, owned, and ``more``."""
        return list({*self.past.hidden, *self.past.bought, *more})


Teller = Callable[[Candidate, Part, dict[Any, str]], str]


def rows_of(wish: Wish, rest: Callable[[Wish], Text | None]) -> list[Row]:
    """What a slate's statement finds, unless it was found with the past already."""
    if wish.found is not None:
        return wish.found
    text = rest(wish)
    return ask_again(wish.past, text) if text is not None else []


def find(wish: Wish, rest: Callable[[Wish], Text | None]) -> list[Candidate]:
    """The best candidates of a search, best first."""
    return [
        Candidate(pk, brand or "", shelf or "", score, list(map(Part._make, zip(*told, strict=True))), {}, boost)
        for pk, brand, shelf, score, *told, boost in rows_of(wish, rest)
    ]


def show(wish: Wish, candidates: list[Candidate], tell: Teller, *, shown_as: str = "") -> list[Recommendation]:
    """The candidates that are shown, at most ``wish.limit``, with their rows and reasons."""
    from retail_ai.recommendations.boosted import boosted
    from retail_ai.recommendations.rules import apply_rules
    from retail_ai.recommendations.sensitive import without_sensitive

    candidates = without_sensitive(wish, apply_rules(wish, boosted(candidates)))
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


# Kinds of parts whose cause is words or nothing, not a product.
WORDS = frozenset({"search", "match", "popular", "trend", "new", "pin", "taste"})


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
    parts = [part for part in item.parts if part.kind in WORDS or titles[part.cause]]
    told = [(part, of_words(part) if part.kind == "pin" else tell(item, part, titles)) for part in parts]
    causes = tuple(
        Cause(text, part.amount / item.score if item.score else 0.0, None if part.kind in WORDS else part.cause)
        for part, text in told
    )
    return Recommendation(row, item.score, told[0][1] if told else "", shown_as, causes)

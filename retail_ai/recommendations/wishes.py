"""What a slate is made from and of: a wish, candidates with the parts of their scores, recommendations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from retail_ai.recommendations.history import Past, Serving
from retail_ai.recommendations.searched import Found
from retail_ai.recommendations.sql import Row
from retail_ai.recommendations.state_sql import Person

# Kinds of parts whose cause is words or nothing, not a product.
WORDS = frozenset({"search", "match", "popular", "trend", "new", "pin", "taste"})


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


@dataclass(slots=True)
class Wish:
    """What a slate is made from. ``person``: whose past is read. ``found``: what the slate's own statement found, if
    it was asked with the past; ``rows``: the shop's rows of those it read along; ``hits``: what the shop's search
    found for ``text``."""

    limit: int
    person: Person
    past: Past = field(default_factory=Past)
    serving: Serving = field(default_factory=Serving)
    found: list[Row] | None = None
    rows: Mapping[Any, Row] = field(default_factory=dict)
    slate: str = ""
    product: Any = None
    cart: tuple[Any, ...] = ()
    category: str = ""
    text: str = ""
    hits: tuple[Found, ...] = ()
    in_mail: bool = False

    @property
    def pool(self) -> int:
        """Candidates to choose from: enough for rules and variety to have a choice."""
        return max(32, 3 * self.limit)

    def under(self, serving: Serving) -> "Wish":
        """This wish, for that release and vector space in service."""
        self.serving = serving
        return self

    def blocked(self, *more: Any) -> list[Any]:
        """Keys of products that must not be shown: hidden, owned, and ``more``."""
        return list({*self.past.hidden, *self.past.bought, *more})


Teller = Callable[[Candidate, Part, dict[Any, str]], str]

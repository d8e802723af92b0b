"""The simulated customers: names, languages and tastes. Their tastes stay the same over the whole history."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

import numpy as np

from shop_demo.simulation.market import Market
from shop_demo.simulation.world import DATA, Bools, Floats, Ints, day_weights, read_groups

FACTORS = 6  # hidden traits that customers and goods share, beyond what the catalogue says


@dataclass(slots=True)
class People:
    """Arrays over customers (and kinds or goods)."""

    names: list[tuple[str, str]]
    usernames: list[str]
    chinese: Bools
    wants_news: Bools
    joined: Ints  # day of the history on which they first come
    activity: Floats  # relative number of orders
    kind_taste: Floats  # (people, kinds)
    good_taste: Floats  # (people, goods) weight within a kind

    def __len__(self) -> int:
        return len(self.names)


def meet_people(count: int, market: Market, first: date, rng: np.random.Generator) -> People:
    """Draw ``count`` customers with tastes for the goods of ``market``."""
    chinese = rng.random(count) < 0.18
    names = [_name(bool(c), rng) for c in chinese]
    weights = day_weights(first, market.days)
    joined = rng.choice(market.days, count, p=weights / weights.sum())
    joined[rng.random(count) < 0.65] = 0
    return People(
        names=names,
        usernames=[f"{_ascii(given)}.{_ascii(family)}.{n:04d}" for n, (given, family) in enumerate(names, 1)],
        chinese=chinese,
        wants_news=rng.random(count) < 0.45,
        joined=np.asarray(joined),
        activity=rng.gamma(0.9, 1.0, count) + 0.05,
        kind_taste=_kind_taste(count, market, rng),
        good_taste=_good_taste(count, market, rng),
    )


def _kind_taste(count: int, market: Market, rng: np.random.Generator) -> Floats:
    """Each person belongs to one to three groups, looks at their departments seven times as often, and has moods."""
    share = np.array([k.share for k in market.kinds])
    taste = share * np.exp(rng.normal(0, 0.5, (count, len(share))))
    slugs = [k.slug for k in market.kinds]
    groups = read_groups()
    chances = np.array([g[1] for g in groups])
    own = rng.choice(len(groups), count, p=chances / chances.sum())
    for n, (_, chance, kinds) in enumerate(groups):
        member = (own == n) | (rng.random(count) < chance * 0.6)
        taste[np.ix_(member, [slugs.index(k) for k in kinds])] *= 7
        if n in (5, 6):  # who has no dog or cat hardly buys for one
            taste[np.ix_(~member, [slugs.index(kinds[0])])] *= 0.06
    return np.asarray(taste)


def _good_taste(count: int, market: Market, rng: np.random.Generator) -> Floats:
    """Popularity, liking of brands, a price level of one's own, and hidden traits."""
    goods = market.goods
    brands = sorted({g.brand for g in goods})
    brand_of = np.array([brands.index(g.brand) for g in goods])
    liking = rng.normal(0, 0.7, (count, len(brands)))[:, brand_of]
    level = rng.normal(0, 0.9, (count, 1))
    traits = rng.normal(0, 1, (count, FACTORS)) @ rng.normal(0, 1, (FACTORS, len(goods))) * (0.9 / FACTORS**0.5)
    return np.asarray(np.exp(market.popularity + liking - 0.5 * (_relative_price(market) - level) ** 2 + traits))


def _relative_price(market: Market) -> Floats:
    """Log price of each good, standardised within its kind."""
    log = np.log([g.price for g in market.goods])
    result = np.zeros(len(log))
    for part in market.slices:
        if part.stop > part.start:
            spread = log[part].std() or 1.0
            result[part] = (log[part] - log[part].mean()) / spread
    return result


def _read_names() -> dict[str, list[str]]:
    lines = (DATA / "names.txt").read_text(encoding="utf-8").splitlines()
    return {head: words.split() for head, _, words in (line.partition(": ") for line in lines if ": " in line)}


NAMES = _read_names()


def _name(chinese: bool, rng: np.random.Generator) -> tuple[str, str]:
    language = "zh" if chinese else "en"
    given, family = NAMES[f"given {language}"], NAMES[f"family {language}"]
    return given[rng.integers(len(given))], family[rng.integers(len(family))]


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]", "", plain.lower())

"""Who buys what when: first purchases out of taste and season, then what follows from them. It writes nothing."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from shop_demo.simulation.market import Market
from shop_demo.simulation.people import People
from shop_demo.simulation.world import Floats, Ints, day_weights, kind_seasons

FIRST_SHARE = 0.65  # of all orders: those that follow from no earlier one
SAME_BASKET = 0.6  # of companions: bought together; the others come days later
AGAIN = 0.6  # chance that something used up is bought again, and that it is the very same product
SAME_AGAIN = 0.75
EXTRA = 0.6  # further lines in the basket, as a share of those that have a reason


@dataclass(slots=True)
class Lines:
    """Order lines as equally long arrays; ``basket`` numbers the orders."""

    person: Ints
    day: Ints
    good: Ints
    basket: Ints
    quantity: Ints

    def __len__(self) -> int:
        return len(self.person)


def shop(people: People, market: Market, first: date, orders: int, rng: np.random.Generator) -> Lines:
    """About ``orders`` orders; none on a day on which the product could not be bought."""
    person, day = _first_visits(people, market, first, round(orders * FIRST_SHARE), rng)
    kind = kinds_wanted(people, market, first, person, day, rng)
    main = _wave(person, day, pick(people, market, person, day, kind, rng), np.arange(len(person)))
    together, later = _companions(people, market, main, fitting(market), rng)
    waves = [main, together, _new_baskets(later, [main])]
    wave = _join(waves)
    while len(wave[0]):  # each round buys again what ran out of the last one
        wave = _new_baskets(_again(people, market, wave, rng), waves)
        waves.append(wave)
    waves.append(_extras(people, market, first, _join(waves), rng))
    return _tidy(_join(waves), market, rng)


def pick(people: People, market: Market, person: Ints, day: Ints, kind: Ints, rng: np.random.Generator) -> Ints:
    """One good of the wanted kind for each (person, day), by taste, price and what is on sale; −1 where nothing is."""
    chosen = np.full(len(person), -1)
    for number, part in enumerate(market.slices):
        rows = np.flatnonzero(kind == number)
        if len(rows) == 0 or part.stop == part.start:
            continue
        weight = people.good_taste[person[rows], part] * market.pull[day[rows], part] * market.on_sale[day[rows], part]
        total = weight.cumsum(axis=1)
        drawn = (total < rng.random((len(rows), 1)) * total[:, -1:]).sum(axis=1)
        chosen[rows] = np.where(total[:, -1] > 0, part.start + drawn, -1)
    return chosen


def fitting(market: Market) -> dict[int, list[int]]:
    """Goods that are made for another one (``compatible with``), by the good they fit."""
    made_for = [
        (n, g.attributes["compatible with"]) for n, g in enumerate(market.goods) if "compatible with" in g.attributes
    ]
    fits: dict[int, list[int]] = {}
    for number, good in enumerate(market.goods):
        own = [n for n, model in made_for if good.title.startswith(model + " ") and _capacity_next(good.title, model)]
        if own:
            fits[number] = own
    return fits


def _capacity_next(title: str, model: str) -> bool:
    """A case for the "iPhone 13" fits the "iPhone 13 128 GB", not the "iPhone 13 mini 128 GB"."""
    return title[len(model) + 1 :][:1].isdigit()


Wave = tuple[Ints, Ints, Ints, Ints]  # person, day, good, basket


def _wave(person: Ints, day: Ints, good: Ints, basket: Ints) -> Wave:
    found = good >= 0
    return person[found], day[found], good[found], basket[found]


def _join(waves: list[Wave]) -> Wave:
    person, day, good, basket = (np.concatenate([w[n] for w in waves]) for n in range(4))
    return person, day, good, basket


def _first_visits(
    people: People, market: Market, first: date, count: int, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    weights = day_weights(first, market.days)
    person = rng.choice(len(people), 4 * count + 50, p=people.activity / people.activity.sum())
    day = rng.choice(market.days, len(person), p=weights / weights.sum())
    known = np.flatnonzero(people.joined[person] <= day)[:count]
    return person[known], day[known]


def kinds_wanted(
    people: People, market: Market, first: date, person: Ints, day: Ints, rng: np.random.Generator
) -> Ints:
    offers = np.stack(
        [
            market.pull[:, part].mean(axis=1) if part.stop > part.start else np.zeros(market.days)
            for part in market.slices
        ],
        axis=1,
    )
    weight = people.kind_taste[person] * (kind_seasons(market.kinds, first, market.days) * offers)[day]
    total = weight.cumsum(axis=1)
    return np.asarray((total < rng.random((len(person), 1)) * total[:, -1:]).sum(axis=1))


def _extras(people: People, market: Market, first: date, wave: Wave, rng: np.random.Generator) -> Wave:
    """Things that land in a basket because one is there anyway."""
    rows = rng.permutation(len(wave[0]))[: round(EXTRA * len(wave[0]))]
    person, day, _, basket = (values[rows] for values in wave)
    kind = kinds_wanted(people, market, first, person, day, rng)
    return _wave(person, day, pick(people, market, person, day, kind, rng), basket)


def _companions(
    people: People, market: Market, wave: Wave, fits: dict[int, list[int]], rng: np.random.Generator
) -> tuple[Wave, Wave]:
    """What is bought with the wave's goods: in the same basket, and three to thirty days later."""
    person, day, good, basket = wave
    slugs = [k.slug for k in market.kinds]
    rows, wanted = [], []
    for number, kind in enumerate(market.kinds):
        own = np.flatnonzero(market.kind_of[good] == number)
        for slug, chance in kind.companions.items():
            taken = own[rng.random(len(own)) < chance]
            rows.append(taken)
            wanted.append(np.full(len(taken), slugs.index(slug)))
    row, kind_wanted = np.concatenate(rows), np.concatenate(wanted)
    when = day[row] + np.where(rng.random(len(row)) < SAME_BASKET, 0, rng.integers(3, 31, len(row)))
    row, kind_wanted, when = (values[when < market.days] for values in (row, kind_wanted, when))
    found = pick(people, market, person[row], when, kind_wanted, rng)
    _prefer_fitting(found, good[row], kind_wanted == slugs.index("phone-cases"), when, fits, market, rng)
    same = when == day[row]
    all_of = (person[row], when, found, basket[row])
    return _wave(*(v[same] for v in all_of)), _wave(*(v[~same] for v in all_of))


def _prefer_fitting(
    found: Ints,
    main: Ints,
    is_case: np.ndarray,
    when: Ints,
    fits: dict[int, list[int]],
    market: Market,
    rng: np.random.Generator,
) -> None:
    """With a phone goes a case made for that phone, or none at all."""
    for n in np.flatnonzero(is_case):
        options = [g for g in fits.get(int(main[n]), []) if market.on_sale[when[n], g]]
        if int(main[n]) in fits or market.goods[main[n]].kind == "smartphones":
            found[n] = rng.choice(options) if options else -1


def _again(people: People, market: Market, wave: Wave, rng: np.random.Generator) -> Wave:
    """Consumables that run out are bought again, most often the very same one."""
    person, day, good, basket = wave
    repeat = np.array([k.repeat for k in market.kinds])[market.kind_of[good]]
    rows = np.flatnonzero((repeat > 0) & (rng.random(len(good)) < AGAIN))
    when = day[rows] + np.maximum(4, rng.lognormal(np.log(repeat[rows]), 0.25)).astype(int)
    rows, when = rows[when < market.days], when[when < market.days]
    other = pick(people, market, person[rows], when, market.kind_of[good[rows]], rng)
    same = (rng.random(len(rows)) < SAME_AGAIN) & market.on_sale[when, good[rows]]
    return _wave(person[rows], when, np.where(same, good[rows], other), basket[rows])


def _new_baskets(wave: Wave, earlier: list[Wave]) -> Wave:
    """Orders placed on their own, numbered on; what one person buys on one day goes into one basket."""
    person, day, good, _ = wave
    start = 1 + max((int(w[3].max()) for w in earlier if len(w[3])), default=-1)
    _, number = np.unique(np.stack([person, day]), axis=1, return_inverse=True)
    return person, day, good, start + number.reshape(-1)


def _tidy(lines: Wave, market: Market, rng: np.random.Generator) -> Lines:
    """One line a product and basket, in time order, with quantities: more of what is cheap."""
    person, day, good, basket = lines
    _, keep = np.unique(basket.astype(np.int64) * len(market.goods) + good, return_index=True)
    keep = keep[np.argsort(day[keep], kind="stable")]
    price: Floats = market.price[day[keep], good[keep]]
    quantity = 1 + rng.poisson(np.select([price < 6, price < 15, price < 30], [0.8, 0.35, 0.12], 0.02))
    return Lines(person[keep], day[keep], good[keep], basket[keep], quantity)

"""Reviews that fit the product's kind and the stars they give. The sentences stand in data/phrases.txt."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from shop_demo.simulation.demand import Lines
from shop_demo.simulation.market import Market
from shop_demo.simulation.people import People
from shop_demo.simulation.world import DATA, Bools, Good

LIMITED = re.compile(r"(?:\[(.+?)\] )?(.+)")
Phrases = dict[tuple[str, str], list[str]]  # (department or "any", "en+") → sentences


@dataclass(slots=True)
class Opinion:
    """One review; ``second`` counts from the history's first midnight."""

    person: int
    good: int
    rating: int
    text: str
    second: int


def read_phrases() -> Phrases:
    """Sentences by department and mark; a department's own come with those that fit any."""
    phrases: Phrases = defaultdict(list)
    slugs: list[str] = []
    for line in (DATA / "phrases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            slugs = line[3:].split()
        elif line and not line.startswith("#"):
            mark, sentence = line.split(" ", 1)
            for slug in slugs:
                phrases[slug, mark].append(sentence)
    return phrases


def write_reviews(
    lines: Lines, guest: Bools, people: People, market: Market, count: int, now: int, rng: np.random.Generator
) -> Iterator[Opinion]:
    """Up to ``count`` reviews of bought goods, one a person and good, all before ``now`` (in seconds)."""
    phrases = read_phrases()
    latest = lines.day * 86400 + 6 * 86400
    rows = rng.permutation(np.flatnonzero(~guest[lines.basket] & (latest < now)))
    pairs = lines.person[rows] * len(market.goods) + lines.good[rows]
    rows = rows[np.sort(np.unique(pairs, return_index=True)[1])][:count]
    for row in rows:
        person, good = int(lines.person[row]), int(lines.good[row])
        rating = _rating(people, market, person, good, rng)
        text = compose(phrases, market.goods[good], _noun(market, good), rating, bool(people.chinese[person]), rng)
        second = int(lines.day[row]) * 86400 + int(rng.integers(4 * 86400, 40 * 86400))
        yield Opinion(person, good, rating, text, min(second, now - int(rng.integers(60, 86400))))


def compose(phrases: Phrases, good: Good, noun: str, rating: int, chinese: bool, rng: np.random.Generator) -> str:
    """An opening for the stars, then praise and complaint in the measure that the stars give."""
    language = "zh" if chinese else "en"
    praise, complaint = ((0, 2), (0, 1), (1, 1), (1, 0), (1, 0))[rating - 1]
    praise += int(rating >= 4 and rng.random() < 0.45)
    complaint += int(rating == 4 and rng.random() < 0.4) + int(rating == 2 and rng.random() < 0.5)
    parts = [_draw(phrases["any", f"{language}{rating}"], 1, rng)] if rng.random() < 0.8 else []
    parts.append(_draw(_fitting(phrases, good, f"{language}+", rng), praise, rng))
    parts.append(_draw(_fitting(phrases, good, f"{language}-", rng), complaint, rng))
    if language == "en" and rating >= 4 and rng.random() < 0.2 and (detail := _detail(good)):
        parts.append([detail])
    return ("" if chinese else " ").join(s for part in parts for s in part).replace("{noun}", noun)


def _fitting(phrases: Phrases, good: Good, mark: str, rng: np.random.Generator) -> list[str]:
    """Mostly what is said of this kind of thing and is true of this one, sometimes what fits any."""
    about = f"{good.title} {' '.join(good.attributes.values())}".lower()
    own = []
    for sentence in phrases.get((good.kind, mark), []):
        limit, text = LIMITED.fullmatch(sentence).groups()  # type: ignore[union-attr]
        if limit is None or any(word in about for word in limit.split("|")):
            own.append(text)
    return own if own and rng.random() < 0.88 else own + phrases["any", mark]


def _draw(sentences: list[str], count: int, rng: np.random.Generator) -> list[str]:
    chosen = rng.permutation(len(sentences))[:count]
    return [sentences[n] for n in chosen]


def _detail(good: Good) -> str:
    """A remark on one of the product's own facts."""
    if "colour" in good.attributes:
        return f"The colour ({good.attributes['colour']}) is as shown."
    if "weight" in good.attributes:
        return f"Weighs {good.attributes['weight']}, as stated."
    return ""


def _noun(market: Market, good: int) -> str:
    return market.kinds[market.kind_of[good]].noun


def _rating(people: People, market: Market, person: int, good: int, rng: np.random.Generator) -> int:
    """Good products, bought by people whose taste they meet, get more stars."""
    part = market.slices[int(market.kind_of[good])]
    taste = np.log(people.good_taste[person, part])
    match = (np.log(people.good_taste[person, good]) - taste.mean()) / (taste.std() or 1.0)
    return int(np.clip(round(4.05 + 0.5 * market.quality[good] + 0.2 * match + rng.normal(0, 1.1)), 1, 5))

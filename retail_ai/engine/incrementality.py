"""What a mailing itself brought: who was mailed beside who was held out at random. Numbers in, numbers out.

Everyone who was drawn counts in the arm that the draw put them in, whatever became of their mail (intention to treat):
leaving out those whose mail failed would leave the arms no longer alike.
"""

import math
from dataclasses import dataclass

from scipy.special import ndtri, stdtrit

CONFIDENCE, POWER = 0.95, 0.8
# With fewer buyers than this in an arm the mean of what people spend is one or two orders, and its interval a fiction.
FEWEST_BUYERS = 10


@dataclass(frozen=True, slots=True)
class Arm:
    """``people`` drawn into it, how many of them bought within the time looked at, and what they all spent: its sum
    and the sum of its squares over people, in the shop's currency."""

    people: int
    buyers: int
    spent: float = 0.0
    squares: float = 0.0

    @property
    def rate(self) -> float:
        """Buyers for each person; 0 where there is nobody."""
        return self.buyers / self.people if self.people else 0.0

    @property
    def spent_each(self) -> float:
        """What a person spent on average, buyers or not."""
        return self.spent / self.people if self.people else 0.0


@dataclass(frozen=True, slots=True)
class Effect:
    """A difference, mailed less held out, with its 95 % interval."""

    difference: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out "no difference"."""
        return self.low > 0 or self.high < 0


def rate_interval(arm: Arm) -> tuple[float, float]:
    """Wilson's score interval of a rate (Wilson 1927): within 0 and 1 even for no buyers. Whole range for nobody."""
    if not arm.people:
        return 0.0, 1.0
    n, p, z = arm.people, arm.rate, float(ndtri(0.5 + CONFIDENCE / 2))
    middle, scale = (p + z * z / (2 * n)), 1 + z * z / n
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def rate_effect(mailed: Arm, held: Arm) -> Effect:
    """Difference of two rates by the hybrid score interval (Newcombe, "Interval estimation for the difference between
    independent proportions", 1998, method 10), which holds for small arms and rare purchases."""
    (low_a, high_a), (low_b, high_b), d = rate_interval(mailed), rate_interval(held), mailed.rate - held.rate
    down = math.hypot(mailed.rate - low_a, high_b - held.rate)
    up = math.hypot(high_a - mailed.rate, held.rate - low_b)
    return Effect(d, d - down, d + up)


def spending_effect(mailed: Arm, held: Arm) -> Effect | None:
    """Difference of what a person spends by Welch's interval (1947); None with fewer than FEWEST_BUYERS in an arm."""
    if min(mailed.buyers, held.buyers) < FEWEST_BUYERS:
        return None
    a, b = _variance_of_mean(mailed), _variance_of_mean(held)
    d = mailed.spent_each - held.spent_each
    if a + b <= 0:
        return Effect(d, d, d)
    freedom = (a + b) ** 2 / (a * a / (mailed.people - 1) + b * b / (held.people - 1))
    half = float(stdtrit(freedom, 0.5 + CONFIDENCE / 2)) * math.sqrt(a + b)
    return Effect(d, d - half, d + half)


def _variance_of_mean(arm: Arm) -> float:
    n = arm.people
    return max(0.0, (arm.squares - arm.spent**2 / n) / (n - 1)) / n


def people_needed(rate: float, *, lift: float, held_share: float) -> int | None:
    """How many people, both arms together, a test needs to see ``rate`` grow by the share ``lift`` (0.5: half again)
    four times in five, where ``held_share`` of them are held out (two proportions, normal approximation; Fleiss,
    "Statistical Methods for Rates and Proportions"). None where nobody is held out, or nobody buys."""
    grown = min(1.0, rate * (1 + lift))
    if not (0 < held_share < 1 and 0 < rate < grown):
        return None
    pooled = held_share * rate + (1 - held_share) * grown
    z = float(ndtri(0.5 + CONFIDENCE / 2)) * math.sqrt(pooled * (1 - pooled) * (1 / held_share + 1 / (1 - held_share)))
    z += float(ndtri(POWER)) * math.sqrt(rate * (1 - rate) / held_share + grown * (1 - grown) / (1 - held_share))
    return math.ceil((z / (grown - rate)) ** 2)

"""What a drafting job will take, from what earlier ones took on this shop's machines. It starts nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Sum

from retail_ai.descriptions.models import Draft, TextField
from retail_ai.descriptions.prices import price_of
from retail_ai.engine.facts import Money
from retail_ai.jobs.models import Job

LAST_JOBS = 20
# Until jobs of the shop's own say more: seconds, tokens and tokens read, a text.
_GUESS = {"composer": (0.03, 0.0, 0.0), "default": (0.6, 150.0, 110.0)}
_WRITTEN_FREELY = ("description", "short_description")


@dataclass(frozen=True, slots=True)
class Rate:
    """A text of one field: seconds of work, tokens, tokens of them read, and on how many texts that was measured."""

    seconds: float
    tokens: float
    prompt_tokens: float
    measured: int = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A whole job: seconds on one worker, tokens, money where the generator has a price, and what it is known from."""

    products: int
    texts: int
    seconds: float
    tokens: int
    money: Money | None
    measured: int


def estimate(*, products: int, fields: Sequence[str], languages: int = 1, generator: str = "default") -> Estimate:
    """For that many products with those fields in that many languages."""
    rates = rates_of(generator)
    mine = [rates[field] for field in fields]
    times = products * languages
    return Estimate(
        products=products,
        texts=times * len(fields),
        seconds=round(times * sum(r.seconds for r in mine), 1),
        tokens=round(times * sum(r.tokens for r in mine)),
        money=_money(generator, times * sum(r.tokens for r in mine), times * sum(r.prompt_tokens for r in mine)),
        measured=sum(r.measured for r in mine),
    )


def rates_of(generator: str) -> dict[str, Rate]:
    """By field; measured on the last jobs of this generator, guessed for what none of them wrote."""
    jobs = _last_jobs(generator)
    seen = Draft.objects.filter(job__in=[job.pk for job in jobs]).values("field")
    rows = {
        row["field"]: row
        for row in seen.annotate(
            s=Avg("seconds"), t=Avg("tokens"), p=Avg("prompt_tokens"), n=Count("pk"), total=Sum("seconds")
        )
    }
    # Reading facts, checking and storing are work as well: drafts know the writing only, jobs know the whole.
    extra = (sum(j.seconds for j in jobs) - sum(r["total"] for r in rows.values())) / max(
        1, sum(r["n"] for r in rows.values())
    )
    return {
        field: Rate(row["s"] + max(0.0, extra), row["t"], row["p"], row["n"]) if (row := rows.get(field)) else guess
        for field, guess in _guesses(generator).items()
    }


def cost_of(job: Job) -> Money | None:
    """What a job's tokens cost at the price set now; None for a generator without a price."""
    spent = Draft.objects.filter(job=job).aggregate(t=Sum("tokens"), p=Sum("prompt_tokens"))
    return _money(str(job.params.get("generator", "")), spent["t"] or 0, spent["p"] or 0)


def _money(generator: str, tokens: float, prompt_tokens: float) -> Money | None:
    price = price_of(generator)
    if price is None:
        return None
    read, written, currency = price
    amount = Decimal(str(prompt_tokens)) * read + Decimal(str(max(0, tokens - prompt_tokens))) * written
    return Money(amount / 1_000_000, currency)


def _last_jobs(generator: str) -> list[Job]:
    like: dict[str, Any] = {"kind": "descriptions.draft", "params__generator": generator, "done__gt": 0}
    return list(Job.objects.filter(**like).order_by("-pk")[:LAST_JOBS])


def _guesses(generator: str) -> dict[str, Rate]:
    from_composer, guess = _GUESS["composer"], _GUESS.get(generator, _GUESS["default"])
    return {field: Rate(*(guess if field in _WRITTEN_FREELY else from_composer)) for field in TextField.values}

"""Who was mailed beside who was held out: what both did within a week of the first mail. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, FloatField, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from retail_ai.campaigns.models import Campaign, CampaignRecipient
from retail_ai.campaigns.results import WINDOW
from retail_ai.engine.incrementality import Arm, Effect, people_needed, rate_effect, spending_effect
from retail_ai.events.models import Event

# A mailing that makes half again as many buy is a good one: smaller effects need more people still.
LIFT = 0.5


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both arms from the first mail on, for a week or until now. ``needed``: so many people, both arms together, would
    show half again as many buyers; None where that cannot be said."""

    mailed: Arm
    held: Arm
    until: datetime
    rate: Effect
    spending: Effect | None
    needed: int | None

    @property
    def is_over(self) -> bool:
        """Whether the week is over, and with it the figures."""
        return self.until <= timezone.now()

    @property
    def extra_buyers(self) -> Effect:
        """How many more bought among those mailed than would have without the mail."""
        return _times(self.rate, self.mailed.people)

    @property
    def extra_revenue(self) -> Effect | None:
        """What they spent more than they would have; None with too few buyers to tell."""
        return _times(self.spending, self.mailed.people) if self.spending else None


def comparison_of(campaign: Campaign) -> Comparison | None:
    """None before the first mail, and where nobody was held out. One start for both arms: a mail's own moment would
    give those who were mailed later another week than those who were not mailed at all."""
    begun = campaign.mails.aggregate(first=Min("sent_at"))["first"]
    if begun is None or not campaign.held_out.exists():
        return None
    mailed, held = _arm(campaign.mails, begun), _arm(campaign.held_out, begun)
    share = held.people / (held.people + mailed.people)
    needed = people_needed(held.rate or mailed.rate, lift=LIFT, held_share=share)
    return Comparison(
        mailed, held, begun + WINDOW, rate_effect(mailed, held), spending_effect(mailed, held), needed
    )  # fmt: skip


def _arm(rows: QuerySet[CampaignRecipient], begun: datetime) -> Arm:
    bought = Event.objects.filter(
        customer=OuterRef("customer"), kind=Event.Kind.PURCHASE, occurred_at__gte=begun, occurred_at__lt=begun + WINDOW
    ).order_by()
    spent = bought.values("customer").annotate(sum=Sum(F("quantity") * F("unit_price"), output_field=FloatField()))
    people = rows.order_by().annotate(
        bought=Exists(bought), spent=Coalesce(Subquery(spent.values("sum")), 0.0, output_field=FloatField())
    )
    sums = people.aggregate(
        people=Count("pk"), buyers=Count("pk", filter=Q(bought=True)), all=Sum("spent"),
        squares=Sum(F("spent") * F("spent"), output_field=FloatField()),
    )  # fmt: skip
    return Arm(sums["people"], sums["buyers"], sums["all"] or 0.0, sums["squares"] or 0.0)


def _times(effect: Effect, people: int) -> Effect:
    return Effect(effect.difference * people, effect.low * people, effect.high * people)

"""What came of a campaign, in plain counts."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Q

from retail_ai.campaigns.models import Campaign, CampaignRecipient
from retail_ai.events.models import Event

WINDOW = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Results:
    """``orders``: by people who got the mail, within 7 days after. They might have bought without it too."""

    states: dict[str, int]
    unsubscribed: int
    buyers: int
    orders: int


def results_of(campaign: Campaign) -> Results:
    """Counts as they stand now."""
    recipients = campaign.recipients
    states = dict(recipients.order_by().values_list("state").annotate(n=Count("pk")))
    sent = recipients.filter(state=CampaignRecipient.State.SENT)
    bought = _orders(sent.values_list("customer_id", "sent_at"))
    return Results(
        states={str(CampaignRecipient.State(state).label): count for state, count in states.items()},
        unsubscribed=recipients.filter(~Q(unsubscribed_at=None)).count(),
        buyers=len({customer for customer, _ in bought}),
        orders=len(bought),
    )


def _orders(sent: object) -> set[tuple[object, str]]:
    when = dict(sent)  # type: ignore[call-overload]
    if not when:
        return set()
    events = Event.objects.filter(
        kind=Event.Kind.PURCHASE, customer__in=when, occurred_at__gte=min(when.values())
    ).annotate(buyer=F("customer_id"))
    return {
        (buyer, order)
        for buyer, order, at in events.values_list("buyer", "order", "occurred_at")
        if when[buyer] <= at <= when[buyer] + WINDOW
    }

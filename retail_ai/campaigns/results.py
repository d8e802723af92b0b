"""What came of a campaign, in plain counts."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet

from retail_ai.campaigns.models import Campaign, CampaignRecipient
from retail_ai.events.models import Event

WINDOW = timedelta(days=7)
State = CampaignRecipient.State


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
    orders = _orders(campaign)
    return Results(
        states={str(State(state).label): count for state, count in states.items()},
        unsubscribed=recipients.exclude(unsubscribed_at=None).count(),
        buyers=orders.values("customer").distinct().count(),
        orders=orders.values("customer", "order").distinct().count(),
    )


def _orders(campaign: Campaign) -> QuerySet[Event]:
    """Lines of orders by those who got the mail, within the window after it."""
    moment = OuterRef("occurred_at")
    mailed = campaign.recipients.filter(
        customer=OuterRef("customer"), sent_at__lte=moment, sent_at__gte=moment - WINDOW, state=State.SENT
    )
    since = campaign.approved_at or campaign.created_at
    return Event.objects.filter(Exists(mailed), kind=Event.Kind.PURCHASE, occurred_at__gte=since).order_by()

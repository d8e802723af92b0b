"""Who of a campaign's audience gets no mail, so that its effect can be told. Drawn by hash: preparing again draws the
same customers, and a larger share keeps those of a smaller one."""

from retail_ai.campaigns.models import Campaign, CampaignRecipient
from retail_ai.engine.assignment import assign

HELD, MAILED = "held", "mailed"


def is_held_out(mail: CampaignRecipient) -> bool:
    """Whether this mail, which could be sent, is kept back. Only who would have got one is drawn, on both sides."""
    campaign: Campaign = mail.campaign
    share = campaign.holdout_percent
    return assign(f"campaign:{campaign.pk}", f"c:{mail.customer_id}", {HELD: share, MAILED: 100 - share}) == HELD


def held_row(mail: CampaignRecipient) -> CampaignRecipient:
    """An unsaved row that says that this customer was held out: no address, name, products or words are kept."""
    return CampaignRecipient(
        campaign=mail.campaign,
        customer_id=mail.customer_id,
        language=mail.language,
        state=CampaignRecipient.State.HELD,
    )

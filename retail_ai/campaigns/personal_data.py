"""What this room keeps of people: the mails written to them."""

from retail_ai.campaigns.models import CampaignRecipient
from retail_ai.privacy.registry import register_keeper, rows_keeper

FIELDS = ("campaign__name", "email", "name", "subject", "text", "state", "sent_at", "unsubscribed_at")

register_keeper("mails", rows_keeper(lambda customer: CampaignRecipient.objects.filter(customer=customer), FIELDS))

"""What this room keeps of people: the mails written to them, and that jobs named them."""

from django.db.models import F, Func, Value

from retail_ai.campaigns.models import CampaignRecipient
from retail_ai.jobs.models import JobChunk, JobFailure
from retail_ai.privacy.registry import Keeper, Person, register_keeper, rows_keeper

FIELDS = ("campaign__name", "email", "name", "subject", "text", "state", "sent_at", "unsubscribed_at")
_rows = rows_keeper(lambda person: person.rows(CampaignRecipient), FIELDS)


def _erase(person: Person) -> int:
    """The mails, and what jobs that wrote and sent them still say of this person."""
    if person.customer is None:
        return 0
    mails = [str(key) for key in person.rows(CampaignRecipient).values_list("pk", flat=True)]
    JobFailure.objects.filter(job__kind="campaigns.send", key__in=mails).delete()
    customer = str(person.customer.pk)
    JobFailure.objects.filter(job__kind="campaigns.prepare", key=customer).delete()
    done = JobChunk.objects.filter(job__kind="campaigns.prepare", keys__contains=[customer], finished_at__isnull=False)
    done.update(keys=Func(F("keys"), Value(customer), function="array_remove"))
    return _rows.erase(person)


register_keeper("mails", Keeper(_rows.export, _erase))

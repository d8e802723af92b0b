"""Preparing and sending a campaign as jobs."""

from collections import Counter
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from retail_ai.campaigns.audience import mailable
from retail_ai.campaigns.holding import held_row, is_held_out
from retail_ai.campaigns.models import Campaign, CampaignRecipient
from retail_ai.campaigns.sending import State, send_all
from retail_ai.campaigns.writing import write_mail
from retail_ai.exceptions import InvalidInput
from retail_ai.inventory.availability import deliverable
from retail_ai.jobs.models import Job
from retail_ai.jobs.registry import JobKind, Outcome, register
from retail_ai.stores import get_store


@register
class Prepare(JobKind):
    """Writes each customer's mail. Keys are customers."""

    name = "campaigns.prepare"
    chunk_size = 25

    def handle(self, job: Job, keys: Sequence[str]) -> Outcome:
        campaign = _written_by(job)
        to_python = CampaignRecipient._meta.get_field("customer").target_field.to_python
        featured = deliverable(list(get_store().sellable().filter(pk__in=campaign.featured.values("product"))))
        mails = [write_mail(campaign, contact, featured=featured) for contact in mailable(map(to_python, keys))]
        written = [mail for mail in mails if mail is not None]
        rows = [held_row(mail) if is_held_out(mail) else mail for mail in written]
        CampaignRecipient.objects.bulk_create(rows, ignore_conflicts=True)
        held = sum(row.state == State.HELD for row in rows)
        counts = {"mails written": len(rows) - held, "held out": held, "nothing to suggest": len(mails) - len(written)}
        return Outcome(counts=Counter({**counts, "may not be mailed": len(keys) - len(mails)}))

    def finish(self, job: Job) -> None:
        if _is_newest(job):
            Campaign.objects.filter(pk=job.params["campaign"], state=Campaign.State.PREPARING).update(
                state=Campaign.State.PREPARED
            )


def _written_by(job: Job) -> Campaign:
    """The campaign whose mails the job writes. Raises InvalidInput for a job that is taken up again when they were
    begun anew or approved since: nobody would have reviewed what it adds."""
    campaign = Campaign.objects.get(pk=job.params["campaign"])
    if not _is_newest(job):
        raise InvalidInput(_("The mails of this campaign were prepared anew since."))
    if campaign.state not in (Campaign.State.PREPARING, Campaign.State.PREPARED):
        state = campaign.get_state_display()
        raise InvalidInput(_("It is %(state)s: only a draft can be prepared.") % {"state": state})
    return campaign


def _is_newest(job: Job) -> bool:
    same = Job.objects.filter(kind=job.kind, params__campaign=job.params["campaign"])
    return not same.filter(pk__gt=job.pk).exists()


@register
class Send(JobKind):
    """Sends each recipient's mail once. Keys are recipients."""

    name = "campaigns.send"
    chunk_size = 20

    def handle(self, job: Job, keys: Sequence[str]) -> Outcome:
        came_to = send_all([int(key) for key in keys])
        rows = CampaignRecipient.objects.in_bulk(
            [key for key, state in came_to.items() if state in (State.FAILED, State.UNKNOWN)]
        )
        return Outcome(
            failures={str(key): row.reason or str(row.get_state_display()) for key, row in rows.items()},
            counts=Counter(str(state) for state in came_to.values()),
        )

    def finish(self, job: Job) -> None:
        Campaign.objects.filter(pk=job.params["campaign"], state=Campaign.State.SENDING).update(
            state=Campaign.State.SENT, sent_at=timezone.now()
        )

"""Writes of campaigns: prepare, approve, send, unsubscribe. Only in this order, and sending only once."""

from collections.abc import Iterable
from typing import Any

from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from retail_ai.campaigns.audience import mailable, members
from retail_ai.campaigns.links import unsubscribe_url
from retail_ai.campaigns.models import Campaign, CampaignProduct, CampaignRecipient, Segment
from retail_ai.campaigns.outdated import outdated
from retail_ai.campaigns.sending import message_to
from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.jobs.services import create_job
from retail_ai.privacy.models import Consent
from retail_ai.privacy.selectors import withdrawn
from retail_ai.privacy.services import record_consent
from retail_ai.stores import get_store

State = Campaign.State
EDITABLE = Campaign.EDITABLE
MOST_FEATURED = 50


@transaction.atomic
def start_prepare_job(*, campaign: Campaign | None = None, started_by: Any = None) -> Job:
    """A queued job that writes a draft for each customer of the segment; without a campaign, a first one is made.

    What was prepared before is written anew. Raises InvalidInput once it is approved, or without a segment.
    """
    campaign = campaign or first_campaign(created_by=started_by)
    _move(campaign, _preparable(campaign), State.PREPARING, _("It is %(state)s: only a draft can be prepared."))
    if campaign.segment is None:
        raise InvalidInput(_("Choose a segment first."))
    campaign.recipients.all().delete()
    return create_job(
        kind="campaigns.prepare",
        title=_("Prepare campaign “%(name)s”") % {"name": campaign.name},
        keys=(contact.customer for contact in mailable(members(campaign.segment))),
        started_by=started_by,
        params={"campaign": campaign.pk},
    )


def first_campaign(*, created_by: Any = None) -> Campaign:
    """A draft to all who bought within a year: a place to start from."""
    segment, _new = Segment.objects.get_or_create(name=_("Bought within a year"), defaults={"bought_within_days": 365})
    return Campaign.objects.create(name=_("Chosen for each customer"), segment=segment, created_by=created_by)


@transaction.atomic
def approve_campaign(*, campaign: Campaign, approved_by: Any) -> Campaign:
    """A person stands by the prepared mails. Raises InvalidInput unless there are some."""
    if not campaign.recipients.filter(state=CampaignRecipient.State.READY).exists():
        raise InvalidInput(_("There is no mail to approve: prepare the campaign first."))
    _move(campaign, (State.PREPARED,), State.APPROVED, _("It is %(state)s: only what is ready can be approved."))
    campaign.approved_by, campaign.approved_at = approved_by, timezone.now()
    campaign.save(update_fields=["approved_by", "approved_at"])
    return campaign


@transaction.atomic
def withdraw_approval(*, campaign: Campaign) -> Campaign:
    """Back to review, as long as sending has not begun."""
    _move(campaign, (State.APPROVED,), State.PREPARED, _("It is %(state)s: it cannot be taken back any more."))
    return campaign


@transaction.atomic
def start_send_job(*, campaign: Campaign, started_by: Any = None) -> Job:
    """A queued job that mails every ready recipient once. Raises InvalidInput unless approved, and where what the
    mails show has changed in the shop since."""
    _move(campaign, (State.APPROVED,), State.SENDING, _("It is %(state)s: approve it first."))
    ready = campaign.recipients.filter(state=CampaignRecipient.State.READY)
    if changed := len({product for _language, product, _price in outdated(ready)}):
        raise InvalidInput(_outdated_text(changed))
    return create_job(
        kind="campaigns.send",
        title=_("Send campaign “%(name)s”") % {"name": campaign.name},
        keys=ready.order_by("pk").values_list("pk", flat=True),
        started_by=started_by,
        params={"campaign": campaign.pk},
    )


def send_test(*, recipient: CampaignRecipient, to: str) -> None:
    """This recipient's mail to an address of the shop's own, whose unsubscribe link is nobody's. Counts as nothing."""
    if not to:
        raise InvalidInput(_("Your login has no e-mail address."))
    link, nobodys = unsubscribe_url(recipient), unsubscribe_url(CampaignRecipient(campaign_id=recipient.campaign_id))
    recipient.text, recipient.html = recipient.text.replace(link, nobodys), recipient.html.replace(link, nobodys)
    message = message_to(recipient, to=to)
    message.subject = f"[{_('Test')}] {message.subject}"
    message.extra_headers = {}
    message.connection = get_connection()
    message.send()


@transaction.atomic
def feature_products(*, campaign: Campaign, products: Iterable[Any]) -> int:
    """Add products to what every mail of a draft features; how many were new. Its mails must be prepared again."""
    wanted = list(dict.fromkeys(products))
    if len(wanted) > MOST_FEATURED:
        raise InvalidInput(_("At most %(most)d products can be featured.") % {"most": MOST_FEATURED})
    there = {str(key): key for key in get_store().products().filter(pk__in=wanted).values_list("pk", flat=True)}
    keys = [there[str(key)] for key in wanted if str(key) in there]
    _move(campaign, EDITABLE, State.DRAFT, _("It is %(state)s: it cannot be changed any more."))
    before = campaign.featured.count()
    CampaignProduct.objects.bulk_create(
        (CampaignProduct(campaign=campaign, product_id=key) for key in keys), ignore_conflicts=True
    )
    return campaign.featured.count() - before


@transaction.atomic
def unsubscribe(*, customer: Any, campaign: Any = None) -> bool:
    """No more marketing to a customer; False when that was so already."""
    CampaignRecipient.objects.filter(campaign=campaign, customer=customer, unsubscribed_at=None).update(
        unsubscribed_at=timezone.now()
    )
    if withdrawn([customer]):
        return False
    record_consent(
        purpose=Consent.Purpose.MARKETING,
        granted=False,
        customer=customer,
        source=f"unsubscribed from mail {campaign}",
    )
    return True


def _outdated_text(count: int) -> str:
    return ngettext(
        "%(count)d product in these mails cannot be bought any more or has another price now. "
        "Take the approval back and prepare the mails again.",
        "%(count)d products in these mails cannot be bought any more or have another price now. "
        "Take the approval back and prepare the mails again.",
        count,
    ) % {"count": count}


def _preparable(campaign: Campaign) -> tuple[str, ...]:
    """Preparing may be begun anew when the job that did it was cancelled or failed."""
    jobs = Job.objects.filter(kind="campaigns.prepare", params__campaign=campaign.pk, state__in=Job.UNFINISHED)
    return EDITABLE if jobs.exists() else (*EDITABLE, State.PREPARING)


def _move(campaign: Campaign, allowed: Iterable[str], to: str, refusal: str) -> None:
    """Change a campaign's state from one of ``allowed``, as one statement, so that two clicks cannot both win."""
    if not Campaign.objects.filter(pk=campaign.pk, state__in=list(allowed)).update(state=to):
        campaign.refresh_from_db()
        raise InvalidInput(refusal % {"state": campaign.get_state_display()})
    campaign.state = to

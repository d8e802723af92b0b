"""Tables of campaigns: whom to write to, what to say, and one row for each recipient of each campaign."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from retail_ai.campaigns.templates import DEFAULT_BODY, DEFAULT_SUBJECT, check_placeholders
from retail_ai.conf import conf
from retail_ai.stores.fields import ProductForeignKey

__all__ = ["Campaign", "CampaignProduct", "CampaignRecipient", "Segment", "SegmentProduct"]

# Of ten customers one is left out by default; more than half would be a campaign to few.
USUAL_HOLDOUT, MOST_HELD_OUT = 10, 50


class Segment(models.Model):
    """Customers by what they bought and when. Every given rule must hold; only who may be mailed is ever counted."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    category = models.CharField(
        _("bought in category"), max_length=120, blank=True, help_text=_("A category's name; empty means any.")
    )
    bought_within_days = models.PositiveIntegerField(
        _("bought within days"), null=True, blank=True, help_text=_("Bought something within so many days.")
    )
    lapsed_days = models.PositiveIntegerField(
        _("has not bought for days"), null=True, blank=True, help_text=_("Bought before, but not for so many days.")
    )
    min_orders = models.PositiveIntegerField(_("orders at least"), default=0)
    at_most = models.PositiveIntegerField(
        _("the likeliest so many"), null=True, blank=True,
        help_text=_("Where products are named below: only so many of who would want one of them. Empty means all."),
    )  # fmt: skip
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        app_label = "retail_ai"
        ordering = ["name"]
        verbose_name = _("segment")
        verbose_name_plural = _("segments")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises ValidationError for a sensitive category: nobody is chosen by what they bought there."""
        if self.category.strip().casefold() in {str(name).casefold() for name in conf.SENSITIVE_CATEGORIES}:
            raise ValidationError({"category": _("This category is sensitive: nobody is written to about it.")})


class SegmentProduct(models.Model):
    """A product that a segment's customers would want: they bought what leads to it or is like it, not yet itself."""

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="wanted")
    product = ProductForeignKey(related_name="+", verbose_name=_("product"))

    class Meta:
        app_label = "retail_ai"
        verbose_name = _("product that they would want")
        verbose_name_plural = _("would want one of these products")
        constraints = [models.UniqueConstraint(fields=["segment", "product"], name="retail_ai_segment_product_once")]

    def __str__(self) -> str:
        return str(self.product)


class Campaign(models.Model):
    """One mailing, from draft to sent. Only an approved campaign can be sent, and each recipient gets it once."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PREPARING = "preparing", _("being prepared")
        PREPARED = "prepared", _("ready to review")
        APPROVED = "approved", _("approved")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")

    EDITABLE = (State.DRAFT, State.PREPARED)

    name = models.CharField(_("name"), max_length=120)
    segment = models.ForeignKey(
        Segment, on_delete=models.PROTECT, null=True, blank=True, related_name="campaigns", verbose_name=_("segment")
    )
    subject = models.CharField(_("subject"), max_length=150, default=DEFAULT_SUBJECT, validators=[check_placeholders])
    body = models.TextField(
        _("text"),
        max_length=5000,
        default=DEFAULT_BODY,
        validators=[check_placeholders],
        help_text=_("Plain text. {name} is the customer's name, {count} the number of products shown."),
    )
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("Empty means each customer's own language.")
    )
    products_each = models.PositiveSmallIntegerField(
        _("products in each mail"), default=4, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    holdout_percent = models.PositiveSmallIntegerField(
        _("held out, in percent"), default=USUAL_HOLDOUT, validators=[MaxValueValidator(MOST_HELD_OUT)],
        help_text=_("So many of a hundred customers, drawn at random, get no mail: who buys among them shows what "
                    "the mails changed. 0 means everyone is mailed."),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("created by"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["-pk"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    def __str__(self) -> str:
        return self.name

    @property
    def mails(self) -> "models.QuerySet[CampaignRecipient]":
        """Rows of those who were drawn to be mailed, whatever became of it."""
        return self.recipients.exclude(state=CampaignRecipient.State.HELD).order_by("pk")

    @property
    def held_out(self) -> "models.QuerySet[CampaignRecipient]":
        """Rows of those who were drawn to get no mail."""
        return self.recipients.filter(state=CampaignRecipient.State.HELD).order_by("pk")


class CampaignProduct(models.Model):
    """A product that every mail of a campaign features, where it can be bought."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="featured")
    product = ProductForeignKey(related_name="+")

    class Meta:
        app_label = "retail_ai"
        verbose_name = _("featured product")
        verbose_name_plural = _("featured products")
        constraints = [models.UniqueConstraint(fields=["campaign", "product"], name="retail_ai_campaign_product_once")]

    def __str__(self) -> str:
        return str(self.product)


class CampaignRecipient(models.Model):
    """One customer's mail of one campaign: what it says, and what became of it. Empty for one who is held out."""

    class State(models.TextChoices):
        READY = "ready", _("ready")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        SKIPPED = "skipped", _("skipped")
        UNKNOWN = "unknown", _("unknown")
        HELD = "held", _("held out")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="recipients")
    customer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    items = models.JSONField(_("products"), default=list)
    subject = models.CharField(_("subject"), max_length=250)
    html = models.TextField()
    text = models.TextField()
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.READY)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    claimed_at = models.DateTimeField(_("claimed"), null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    unsubscribed_at = models.DateTimeField(_("unsubscribed"), null=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["pk"]
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        constraints = [models.UniqueConstraint(fields=["campaign", "customer"], name="retail_ai_recipient_once")]

    def __str__(self) -> str:
        return f"{self.email}: {self.state}"

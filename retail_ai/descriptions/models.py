"""Tables of the descriptions room: drafts with their proof, and every version a text ever had. They compute nothing.

A TextVersion is never changed or deleted by the app, so that any earlier text can be put back.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from retail_ai.jobs.models import Job
from retail_ai.stores.fields import ProductForeignKey

__all__ = ["Draft", "TextField", "TextVersion"]


class TextField(models.TextChoices):
    """The kinds of text that are written for a product."""

    DESCRIPTION = "description", _("description")
    SHORT_DESCRIPTION = "short_description", _("short description")
    SEO_TITLE = "seo_title", _("SEO title")
    META_DESCRIPTION = "meta_description", _("meta description")
    BULLETS = "bullets", _("bullet list")
    ALT_TEXT = "alt_text", _("image alt text")


class Draft(models.Model):
    """One text for one field of one product in one language, with the facts it was written from."""

    class State(models.TextChoices):
        DRAFT = "draft", _("waiting for review")
        PUBLISHED = "published", _("published")
        REJECTED = "rejected", _("rejected")
        SUPERSEDED = "superseded", _("superseded")
        STALE = "stale", _("stale: facts changed")

    product = ProductForeignKey(related_name="+", verbose_name=_("product"))
    field = models.CharField(_("field"), max_length=40, choices=TextField)
    language = models.CharField(_("language"), max_length=16)
    text = models.TextField(_("text"))
    written_text = models.TextField(_("text as it was written"), editable=False)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    facts = models.JSONField(_("facts it was written from"), default=dict)
    facts_hash = models.CharField(max_length=64, blank=True)
    sentences = models.JSONField(_("sentences and who wrote each"), default=list)
    claims = models.JSONField(_("claims"), default=list)
    contradictions = models.JSONField(_("contradicting facts"), default=list)
    generator = models.CharField(_("written by"), max_length=200)
    prompt_version = models.CharField(_("prompt version"), max_length=40, blank=True)
    tone = models.CharField(_("tone"), max_length=40, blank=True)
    scores = models.JSONField(_("scores"), default=dict)
    tokens = models.PositiveIntegerField(_("tokens"), default=0)
    prompt_tokens = models.PositiveIntegerField(_("tokens read"), default=0)
    seconds = models.FloatField(_("seconds"), default=0)
    unsupported = models.PositiveSmallIntegerField(_("claims without a fact"), default=0)
    guide = models.CharField(_("guide"), max_length=80, blank=True)
    style = models.JSONField(_("places that break the guide"), default=list)
    live_when_written = models.TextField(_("live text when it was written"), null=True, editable=False)
    previous_text = models.TextField(_("live text before it"), blank=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("reviewer"),
    )  # fmt: skip
    reason = models.CharField(_("why rejected"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["-created_at", "-pk"]
        verbose_name = _("description draft")
        verbose_name_plural = _("description drafts")
        indexes = [
            models.Index(fields=["state", "language", "field"], name="retail_ai_draft_queue"),
            models.Index(fields=["product", "field", "language"], name="retail_ai_draft_product"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "field", "language"],
                condition=models.Q(state="draft"),
                name="retail_ai_one_waiting_draft",
            ),
            models.UniqueConstraint(
                fields=["product", "field", "language"],
                condition=models.Q(state="published"),
                name="retail_ai_one_published_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.get_field_display()} · {self.language}"

    @property
    def backed(self) -> int:
        """How many of its claims have a fact behind them."""
        return len(self.claims) - self.unsupported

    @property
    def is_waiting(self) -> bool:
        """Whether a person may still edit, publish or reject it."""
        return self.state == self.State.DRAFT or (self.state == self.State.STALE and not self.published_at)

    @property
    def is_live(self) -> bool:
        """Whether it was published and nothing has taken its place since."""
        return self.state == self.State.PUBLISHED or (self.state == self.State.STALE and bool(self.published_at))


class TextVersion(models.Model):
    """A text that was live in a field, and how it came there. Only ever added to."""

    class Origin(models.TextChoices):
        SHOP = "shop", _("the shop's own text")
        DRAFT = "draft", _("published draft")
        UNDO = "undo", _("put back")

    product = ProductForeignKey(related_name="+", verbose_name=_("product"))
    field = models.CharField(_("field"), max_length=40, choices=TextField)
    language = models.CharField(_("language"), max_length=16)
    number = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"), blank=True)
    origin = models.CharField(_("origin"), max_length=8, choices=Origin)
    draft = models.ForeignKey(Draft, on_delete=models.SET_NULL, null=True, blank=True, related_name="versions")
    restored_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("went live"), auto_now_add=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["-number"]
        verbose_name = _("text version")
        verbose_name_plural = _("text versions")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "field", "language", "number"], name="retail_ai_text_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.language} v{self.number}"

"""Tables of the shop's voice: its guide, and releases that a model learned from approved texts. They compute nothing.

Exactly one release a base model serves. What a release learned (a LoRA adapter) is kept in the database, so that
every worker has it and going back needs no file.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from retail_ai.jobs.models import Job

__all__ = ["VoiceAdapter", "VoiceGuide", "VoiceRelease"]


class VoiceGuide(models.Model):
    """How the shop writes in one language, or in all. Lists hold one entry a line."""

    class Tone(models.TextChoices):
        PLAIN = "plain", _("plain")
        FRIENDLY = "friendly", _("friendly")
        CONCISE = "concise", _("concise")

    class Spelling(models.TextChoices):
        ANY = "", _("as it comes")
        BRITISH = "en-GB", _("British")
        AMERICAN = "en-US", _("American")

    class Person(models.TextChoices):
        ANY = "", _("as it comes")
        SECOND = "second", _("you; 你")
        FORMAL = "formal", _("formal: Sie, vous, 您")
        THIRD = "third", _("the reader is never addressed")

    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=16, blank=True, help_text=_("Empty: every language."))
    tone = models.CharField(_("tone"), max_length=12, choices=Tone, default=Tone.PLAIN)
    banned = models.TextField(
        _("banned words"), blank=True, max_length=20_000, help_text=_("One word or phrase a line.")
    )
    preferred = models.TextField(
        _("preferred terms"), blank=True, max_length=20_000,
        help_text=_("One a line: what is not to be said => what to say instead. Example: laptop => notebook"),
    )  # fmt: skip
    spelling = models.CharField(_("English spelling"), max_length=8, choices=Spelling, blank=True)
    person = models.CharField(_("person of address"), max_length=8, choices=Person, blank=True)
    examples = models.TextField(
        _("examples"), blank=True, max_length=20_000,
        help_text=_("Sentences in your style, one a line. A language model is shown the first two."),
    )  # fmt: skip
    is_active = models.BooleanField(_("in use"), default=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["language", "name"]
        verbose_name = _("style guide")
        verbose_name_plural = _("style guides")
        constraints = [
            models.UniqueConstraint(
                fields=["language"], condition=Q(is_active=True), name="retail_ai_one_guide_a_language",
                violation_error_message=_("Another guide is in use for this language. Take it out of use first."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} ({self.language})" if self.language else self.name


class VoiceRelease(models.Model):
    """One training on approved texts: what it learned from, its loss on texts it never saw, and whether it serves."""

    class State(models.TextChoices):
        TRAINING = "training", _("in training")
        CANDIDATE = "candidate", _("candidate")
        SERVING = "serving", _("serving")
        RETIRED = "retired", _("retired")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.TRAINING)
    alias = models.CharField(_("generator"), max_length=80)
    base = models.CharField(_("base model"), max_length=200)
    configuration = models.JSONField(_("configuration"), default=dict, blank=True)
    metrics = models.JSONField(_("metrics"), default=dict, blank=True)
    passed_gate = models.BooleanField(_("passed the gate"), null=True)
    notes = models.JSONField(_("reasons"), default=list, blank=True)
    data_from = models.DateTimeField(_("texts from"), null=True, blank=True)
    data_until = models.DateTimeField(_("texts until"), null=True, blank=True)
    text_count = models.PositiveIntegerField(_("texts"), default=0)
    edited_count = models.PositiveIntegerField(_("of them edited by hand"), default=0)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("trained"), default=timezone.now)
    promoted_at = models.DateTimeField(_("in service since"), null=True, blank=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["-pk"]
        verbose_name = _("voice release")
        verbose_name_plural = _("voice releases")
        constraints = [
            models.UniqueConstraint(fields=["base"], condition=Q(state="serving"), name="retail_ai_voice_one_serves")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} ({self.get_state_display()})"


class VoiceAdapter(models.Model):
    """The weights of a release, beside it so that no list reads them. Kept for the last few releases."""

    release = models.OneToOneField(VoiceRelease, on_delete=models.CASCADE, related_name="adapter", primary_key=True)
    configuration = models.JSONField()
    weights = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        app_label = "retail_ai"

    def __str__(self) -> str:
        return f"{self.release_id}: {self.sha256[:8]}"

"""A Job is long work seen from outside; a JobChunk is the unit that is done once and committed whole."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

__all__ = ["Job", "JobChunk", "JobFailure"]


class Job(models.Model):
    """One bulk action: who started it, what it does, how far it is and what it cost."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("failed")

    UNFINISHED = (State.QUEUED, State.RUNNING)

    kind = models.CharField(_("kind"), max_length=80)
    title = models.CharField(_("what"), max_length=200)
    params = models.JSONField(_("parameters"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.QUEUED, db_index=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("started by"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    total = models.PositiveIntegerField(_("total"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    seconds = models.FloatField(_("seconds of work"), default=0)
    tokens = models.PositiveBigIntegerField(_("tokens"), default=0)
    report = models.JSONField(_("report"), default=dict, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["-created_at", "-pk"]
        verbose_name = _("job")
        verbose_name_plural = _("jobs")

    def __str__(self) -> str:
        return self.title

    @property
    def percent(self) -> int:
        """Items dealt with, failed ones included; 100 only when that is all of them."""
        if self.state == self.State.DONE:
            return 100
        return min(100, int(100 * (self.done + self.failed) / max(1, self.total)))

    @property
    def is_finished(self) -> bool:
        return self.state not in self.UNFINISHED

    @property
    def can_cancel(self) -> bool:
        return not self.is_finished

    @property
    def can_resume(self) -> bool:
        return self.state in (self.State.CANCELLED, self.State.FAILED)

    @property
    def can_retry(self) -> bool:
        return self.failed > 0 and self.is_finished

    def seconds_left(self) -> int | None:
        """Estimate from the pace of this run so far; None while nothing can be said."""
        if self.state != self.State.RUNNING or not self.started_at or not (worked := self.done + self.failed):
            return None
        elapsed = (timezone.now() - self.started_at).total_seconds()
        return round(elapsed / worked * max(0, self.total - worked))


class JobChunk(models.Model):
    """Some of a job's items. Whoever holds its row lock works on it; its results commit with ``finished_at``."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="chunks")
    position = models.PositiveIntegerField()
    keys = ArrayField(models.TextField())
    # How often work on it was begun and neither ended nor reported an error: its worker was killed.
    attempts = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["job", "position"], name="retail_ai_chunk_once")]
        indexes = [
            models.Index(fields=["job", "position"], name="retail_ai_chunk_open", condition=models.Q(finished_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.position}"


class JobFailure(models.Model):
    """One item that a job could not do, and why. Retrying deletes the row and queues the item again."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="failures")
    key = models.TextField(_("item"))
    reason = models.TextField(_("reason"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["pk"]
        verbose_name = _("failed item")
        verbose_name_plural = _("failed items")

    def __str__(self) -> str:
        return f"{self.key}: {self.reason}"

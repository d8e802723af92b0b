"""Learning the voice as a job: its page shows how far it is, and cancelling takes effect within seconds."""

import time
from collections import Counter
from collections.abc import Sequence

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from retail_ai.backends.trainers.base import Epoch
from retail_ai.descriptions.learning import learn_voice
from retail_ai.descriptions.voice_models import VoiceRelease
from retail_ai.exceptions import BackendUnavailable, InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.jobs.registry import JobKind, Outcome, register

# Seconds between signs of life.
EVERY = 3.0


@register
class LearnVoice(JobKind):
    """One item. Its transaction spans the training, so a killed worker leaves nothing and it is begun again."""

    name = "descriptions.learn_voice"
    chunk_size = 1

    def handle(self, job: Job, keys: Sequence[str]) -> Outcome:
        told = Teller(job)
        try:
            release = learn_voice(**job.params, job=job, on_epoch=told.epoch, on_step=told.step)
        except InvalidInput as error:
            return Outcome(failures={key: str(error) for key in keys})
        finally:
            told.close()
        serves = release.state == VoiceRelease.State.SERVING
        return Outcome(counts=Counter({"texts": release.text_count, "now_serving": int(serves)}))

    def finish(self, job: Job) -> None:
        job.report.pop("now", None)
        release = VoiceRelease.objects.filter(job=job).first()
        if release:
            job.report["why"] = release.notes or [_("Better than what served before, and nothing invented.")]

    def results(self, job: Job) -> list[tuple[str, str]]:
        release = VoiceRelease.objects.filter(job=job).first()
        if release is None:
            return []
        return [(str(release), reverse("admin:retail_ai_voicerelease_change", args=[release.pk]))]


class Teller:
    """Puts each epoch in the job's report, over a connection of its own: the job's transaction is still open."""

    def __init__(self, job: Job) -> None:
        self.job, self._link = job, connection.copy()
        self._told, self._best = 0.0, ""

    def epoch(self, epoch: Epoch) -> None:
        """After each epoch: how good it is on texts kept apart."""
        self._best = _("epoch %(n)d: loss %(loss).4f") % {"n": epoch.number, "loss": epoch.validation}
        self._tell(self._best)

    def step(self, epoch: int, done: int, total: int) -> None:
        """After a batch, every few seconds."""
        if time.monotonic() - self._told < EVERY:
            return
        here = _("epoch %(n)d, batch %(done)d of %(total)d") % {"n": epoch, "done": done, "total": total}
        self._tell(f"{self._best}; {here}" if self._best else here)

    def _tell(self, text: str) -> None:
        self._told = time.monotonic()
        state = Job.objects.filter(pk=self.job.pk).values_list("state", flat=True).first()
        if state == Job.State.CANCELLED:
            raise BackendUnavailable(_("Cancelled while it was learning: nothing is kept. Resume begins anew."))
        table = Job._meta.db_table
        with self._link.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET report = report || jsonb_build_object('now', %s::text), heartbeat_at = now() "  # noqa: S608
                "WHERE id = %s",
                [text, self.job.pk],
            )

    def close(self) -> None:
        self._link.close()

"""Training as a job of steps, done in order even when several workers share the job."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from retail_ai.events.backfill import backfill_interactions, backfill_sales
from retail_ai.events.models import Event
from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job, JobChunk
from retail_ai.jobs.registry import JobKind, Outcome, register
from retail_ai.recommendations import related  # noqa: F401  (registers its kind of job)
from retail_ai.recommendations.image_space import refresh_images
from retail_ai.recommendations.models import Release
from retail_ai.recommendations.popularity import refresh_popularity
from retail_ai.recommendations.releases import settle_release
from retail_ai.recommendations.repurchases import refresh_repurchases
from retail_ai.recommendations.tastes import refresh_tastes
from retail_ai.recommendations.training import examine_release, fit_release

OVERLAP = timedelta(days=7)


@register
class Train(JobKind):
    """history → popularity → images → examination → model → tastes → release."""

    name = "recommendations.train"
    chunk_size = 1

    def handle(self, job: Job, keys: Sequence[str]) -> Outcome:
        outcome = Outcome()
        for step in keys:
            _do_earlier_steps(job, step, outcome)
            outcome.counts.update(STEPS[step](job))
        return outcome


def _do_earlier_steps(job: Job, step: str, outcome: Outcome) -> None:
    """Wait for the steps before this one; those whose worker died are done here, in the same transaction."""
    mine = job.chunks.filter(keys__contains=[step]).order_by("-position").values_list("position", flat=True).first()
    before = JobChunk.objects.filter(job=job, position__lt=mine, finished_at=None).order_by("position")
    for chunk in before.select_for_update():
        for key in chunk.keys:
            outcome.counts.update(STEPS[key](job))
        JobChunk.objects.filter(pk=chunk.pk).update(finished_at=timezone.now(), attempts=0)
        Job.objects.filter(pk=job.pk).update(done=F("done") + len(chunk.keys))


def _history(job: Job) -> dict[str, int]:
    newest = Event.objects.filter(source="backfill").order_by("-occurred_at").values_list("occurred_at", flat=True)[:1]
    since = newest[0] - OVERLAP if newest and not job.params.get("full") else None
    sales, seen = backfill_sales(since), backfill_interactions(since)
    return {"sale lines read": sales["stored"], "visits read": seen["stored"]}


def _popularity(job: Job) -> dict[str, int]:
    return {"products with a popularity": refresh_popularity(), "products bought again": refresh_repurchases()}


def _images(job: Job) -> dict[str, int]:
    return dict(refresh_images())


def _examination(job: Job) -> dict[str, int]:
    release = examine_release()
    Job.objects.filter(pk=job.pk).update(params={**job.params, "release": release.pk})
    left_out = {f"left out: {reason}": count for reason, count in release.configuration["left_out"].items()}
    return {"people asked": int(release.metrics["model"]["people"]), **left_out}


def _model(job: Job) -> dict[str, int]:
    return {"neighbours": fit_release(_trained(job)).neighbours.count()}


def _tastes(job: Job) -> dict[str, int]:
    return {"customers with a taste vector": refresh_tastes()}


def _release(job: Job) -> dict[str, int]:
    return {"now serving": int(settle_release(release=_trained(job)).state == Release.State.SERVING)}


def _trained(job: Job) -> Release:
    job.refresh_from_db(fields=["params"])
    release = Release.objects.filter(pk=job.params.get("release")).first()
    if release is None:
        raise InvalidInput("No release was examined: see the step “examination”.")
    return release


STEPS: dict[str, Callable[[Job], dict[str, int]]] = {
    "history": _history,
    "popularity": _popularity,
    "images": _images,
    "examination": _examination,
    "model": _model,
    "tastes": _tastes,
    "release": _release,
}

"""The kinds of job of this room: draft texts in batches, and publish or take back many."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from retail_ai.descriptions.bulk import publish_many, undo_many
from retail_ai.descriptions.estimates import cost_of
from retail_ai.descriptions.learning_job import LearnVoice  # noqa: F401 (registered on import)
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.recheck import WAITING, recheck_style
from retail_ai.descriptions.selectors import contradictions_of_job
from retail_ai.descriptions.services import draft_products
from retail_ai.exceptions import ConfigurationError
from retail_ai.jobs.models import Job
from retail_ai.jobs.registry import JobKind, Outcome, register
from retail_ai.money import format_money


@register
class DraftJob(JobKind):
    """Keys are product keys; params: fields, languages, generator alias, tone."""

    name = "descriptions.draft"
    chunk_size = 16
    keys_are_products = True

    def handle(self, job: Job, keys: Sequence[str]) -> Outcome:
        drafts, counts, failures = draft_products(keys=keys, job=job, **job.params)
        return Outcome(failures=failures, tokens=sum(draft.tokens for draft in drafts), counts=counts)

    def finish(self, job: Job) -> None:
        if found := contradictions_of_job(job.pk):
            job.report["what_contradicts"] = found
        try:
            cost = cost_of(job)
        except ConfigurationError:  # the price is set wrongly; `manage.py check` says so
            cost = None
        if cost:
            job.report["money"] = format_money(cost)

    def results(self, job: Job) -> list[tuple[str, str]]:
        mine = f"{reverse('admin:retail_ai_draft_changelist')}?job__id__exact={job.pk}"
        return [
            (_("Review the drafts of this job"), f"{mine}&state__exact=draft"),
            (_("Those with something to look at"), f"{mine}&state__exact=draft&clean=no"),
            (_("Those that contradict the catalogue"), f"{mine}&clean=contradicting"),
        ]


class _BulkJob(JobKind):
    """Keys are drafts' keys. A draft that cannot be done is a failed item with its reason."""

    chunk_size = 25
    count = ""

    def handle(self, job: Job, keys: Sequence[str]) -> Outcome:
        drafts = {str(d.pk): d for d in Draft.objects.filter(pk__in=keys).select_related("product")}
        gone = {key: _("The draft is no longer there.") for key in keys if key not in drafts}
        done, problems = self.act(drafts=drafts.values(), reviewer=job.started_by)
        return Outcome(failures=gone | problems, counts=Counter({self.count: done}))

    def act(self, **_kwargs: Any) -> tuple[int, dict[str, str]]:
        raise NotImplementedError


@register
class PublishJob(_BulkJob):
    """Publishes clean drafts."""

    name, count = "descriptions.publish", "published"

    def act(self, **given: Any) -> tuple[int, dict[str, str]]:
        return publish_many(**given)


@register
class UndoJob(_BulkJob):
    """Takes published texts back."""

    name, count = "descriptions.undo", "taken_back"

    def act(self, **given: Any) -> tuple[int, dict[str, str]]:
        return undo_many(**given)


@register
class RecheckJob(JobKind):
    """Keys are waiting drafts' keys: what in them breaks the guide now in use is noted anew."""

    name = "descriptions.recheck"
    chunk_size = 100

    def handle(self, job: Job, keys: Sequence[str]) -> Outcome:
        looked_at, breaking = recheck_style(Draft.objects.filter(WAITING, pk__in=keys).select_for_update())
        return Outcome(counts=Counter(looked_at=looked_at, break_the_guide=breaking))

    def results(self, job: Job) -> list[tuple[str, str]]:
        listed = reverse("admin:retail_ai_draft_changelist")
        return [(_("Those that break the guide"), f"{listed}?state__exact=draft&clean=style")]

"""Jobs in the Django admin: a list, a page that moves, and buttons. Nothing can be added or edited by hand."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from retail_ai.jobs import presentation, services
from retail_ai.jobs.models import Job
from retail_ai.jobs.selectors import with_products
from retail_ai.jobs.tasks import enqueue

FAILURES_A_PAGE = 50
CHANGE = "retail_ai.change_job"


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The list of jobs and each job's page. Buttons need the permission to change jobs."""

    list_display = ("what", "state_badge", "bar", "counts", "started_by", "created_at", "cost")
    list_filter = ("state", "kind")
    search_fields = ("title", "kind")
    list_select_related = ("started_by",)
    list_per_page = 50
    date_hierarchy = "created_at"
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/retail_ai/job/change_form.html"
    change_list_template = "admin/retail_ai/job/change_list.html"
    actions = ("cancel_selected", "retry_selected")

    class Media:
        css = {"all": ["retail_ai/jobs/jobs.css"]}
        js = ["retail_ai/jobs/jobs.js"]

    # -- who may do what ------------------------------------------------------------------------------------
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or request.user.has_perm(CHANGE)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A job in work must be cancelled first."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_finished)

    def has_steer_permission(self, request: HttpRequest) -> bool:
        """Whether the actions and buttons are offered."""
        return request.user.has_perm(CHANGE)

    # -- the list -------------------------------------------------------------------------------------------
    @admin.display(description=gettext_lazy("what"), ordering="title")
    def what(self, job: Job) -> str:
        return job.title

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_badge(self, job: Job) -> SafeString:
        return format_html(
            '<span class="retail-ai-state" data-state="{}" data-job-text="state">{}</span>',
            job.state,
            job.get_state_display(),
        )

    @admin.display(description=gettext_lazy("progress"))
    def bar(self, job: Job) -> SafeString:
        return format_html(
            '<progress class="retail-ai-bar" max="100" value="{}" aria-label="{}" data-job-list="{}" '
            'data-job-live="{}">{} %</progress>',
            job.percent,
            _("Progress of %(job)s") % {"job": job.title},
            reverse("admin:retail_ai_job_progress", args=[job.pk]),
            "no" if job.is_finished else "yes",
            job.percent,
        )

    @admin.display(description=gettext_lazy("items"))
    def counts(self, job: Job) -> SafeString:
        return format_html('<span data-job-text="progress">{}</span>', presentation.progress_text(job))

    @admin.display(description=gettext_lazy("cost"))
    def cost(self, job: Job) -> SafeString:
        return format_html('<span data-job-text="cost">{}</span>', presentation.cost_text(job))

    @admin.action(description=gettext_lazy("Cancel selected jobs"), permissions=["steer"])
    def cancel_selected(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        count = sum(services.cancel_job(job=job) for job in jobs)
        messages.success(request, ngettext("%(n)d job cancelled.", "%(n)d jobs cancelled.", count) % {"n": count})

    @admin.action(description=gettext_lazy("Retry failed items of selected jobs"), permissions=["steer"])
    def retry_selected(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        count = 0
        for job in jobs:
            if queued := services.retry_failed(job=job):
                count += queued
                enqueue(job)
        messages.success(request, ngettext("%(n)d item queued.", "%(n)d items queued.", count) % {"n": count})

    # -- one job --------------------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/progress/", wrap(self.progress_view), name="retail_ai_job_progress"),
            path("<int:pk>/steer/<slug:verb>/", wrap(self.steer_view), name="retail_ai_job_steer"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        job = self.get_object(request, object_id)
        if job is None:
            return super().change_view(request, object_id, form_url, extra_context)
        if not self.has_view_permission(request, job):
            raise PermissionDenied
        page = Paginator(job.failures.order_by("pk"), FAILURES_A_PAGE).get_page(request.GET.get("failures"))
        context = {
            "title": job.title,
            "job": job,
            "words": presentation.in_words(job),
            "report": presentation.report_rows(job),
            "results": presentation.results_of(job),
            "page": page,
            "failures": with_products(job, page.object_list),
            "may_steer": self.has_steer_permission(request),
            "progress_url": reverse("admin:retail_ai_job_progress", args=[job.pk]),
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, context)

    def progress_view(self, request: HttpRequest, pk: int) -> JsonResponse:
        """The job as JSON, with the texts that the page shows."""
        job = self._job(request, pk)
        response = JsonResponse({**presentation.as_dict(job), "words": presentation.in_words(job)})
        response["Cache-Control"] = "no-store"
        return response

    def steer_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Cancel, resume or retry, by POST from one of the buttons."""
        if verb not in STEER:
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        job = self._job(request, pk)
        if not self.has_steer_permission(request):
            raise PermissionDenied
        done, text = STEER[verb](job)
        self.log_change(request, job, text)
        (messages.success if done else messages.warning)(request, text)
        return HttpResponseRedirect(reverse("admin:retail_ai_job_change", args=[job.pk]))

    def _job(self, request: HttpRequest, pk: int) -> Job:
        job: Job | None = self.get_object(request, str(pk))
        if job is None:
            raise Http404
        if not self.has_view_permission(request, job):
            raise PermissionDenied
        return job


def _cancel(job: Job) -> tuple[bool, str]:
    done = services.cancel_job(job=job)
    return done, _("Cancelled. What is done stays; Resume goes on.") if done else _("The job had ended already.")


def _resume(job: Job) -> tuple[bool, str]:
    done = services.resume_job(job=job)
    if done:
        enqueue(job)
    return done, _("The job goes on.") if done else _("Nothing is left to do.")


def _retry(job: Job) -> tuple[bool, str]:
    count = services.retry_failed(job=job)
    if count:
        enqueue(job)
    return bool(count), ngettext("%(n)d failed item queued again.", "%(n)d failed items queued again.", count) % {
        "n": count
    }


STEER: dict[str, Callable[[Job], tuple[bool, str]]] = {"cancel": _cancel, "resume": _resume, "retry": _retry}

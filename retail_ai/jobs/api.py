"""Jobs over HTTP, for staff: list, one job, and cancel, resume or retry it. Starting one is the other rooms' part."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from retail_ai.jobs import services
from retail_ai.jobs.models import Job
from retail_ai.jobs.presentation import as_dict
from retail_ai.jobs.tasks import enqueue
from retail_ai.throttling import throttle


class MayView(BasePermission):
    """Staff with the permission to view jobs."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user = request.user
        return bool(user and user.is_active and user.is_staff and user.has_perm("retail_ai.view_job"))


class MaySteer(BasePermission):
    """Staff with the permission to change jobs."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user = request.user
        return bool(user and user.is_active and user.is_staff and user.has_perm("retail_ai.change_job"))


class JobSerializer(serializers.ModelSerializer[Job]):
    """A job as its page shows it."""

    percent = serializers.IntegerField(read_only=True)
    is_finished = serializers.BooleanField(read_only=True)
    seconds_left = serializers.IntegerField(read_only=True, allow_null=True)
    started_by = serializers.CharField(read_only=True)

    class Meta:
        model = Job
        fields = (
            "id", "kind", "title", "state", "is_finished", "percent", "total", "done", "failed", "tokens", "seconds",
            "seconds_left", "started_by", "created_at", "started_at", "finished_at", "heartbeat_at", "report", "error",
        )  # fmt: skip

    def to_representation(self, job: Job) -> dict[str, Any]:
        return as_dict(job)


class JobPages(PageNumberPagination):
    page_size = 50


class JobList(ListAPIView[Job]):
    """Jobs, newest first."""

    queryset = Job.objects.select_related("started_by")
    serializer_class = JobSerializer
    pagination_class = JobPages
    permission_classes = [MayView]
    throttle_classes = [throttle("jobs")]


class JobDetail(RetrieveAPIView[Job]):
    """One job: state, figures, cost and report."""

    queryset = Job.objects.select_related("started_by")
    serializer_class = JobSerializer
    permission_classes = [MayView]
    throttle_classes = [throttle("jobs")]


class JobSteer(APIView):
    """POST ``cancel``, ``resume`` or ``retry``. 409 when the job's state does not allow it."""

    permission_classes = [MaySteer]
    throttle_classes = [throttle("jobs")]

    @extend_schema(request=None, responses={200: JobSerializer, 409: None})
    def post(self, request: Request, pk: int, verb: str) -> Response:
        if verb not in ("cancel", "resume", "retry"):
            raise Http404
        job = Job.objects.filter(pk=pk).first()
        if job is None:
            raise Http404
        steer = {"cancel": services.cancel_job, "resume": services.resume_job, "retry": services.retry_failed}[verb]
        changed = bool(steer(job=job))
        if changed and verb != "cancel":
            enqueue(job)
        job.refresh_from_db()
        return Response(as_dict(job), status=200 if changed else 409)

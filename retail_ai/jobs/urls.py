"""URLs of the jobs room: its API, for staff."""

from django.urls import path

from retail_ai.jobs.api import JobDetail, JobList, JobSteer

urlpatterns = [
    path("api/jobs/", JobList.as_view(), name="api_jobs"),
    path("api/jobs/<int:pk>/", JobDetail.as_view(), name="api_job"),
    path("api/jobs/<int:pk>/<slug:verb>/", JobSteer.as_view(), name="api_job_steer"),
]

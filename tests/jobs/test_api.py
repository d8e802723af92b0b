import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from retail_ai.jobs import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def job():
    return services.create_job(kind="tests.note", title="Notes", keys=["a", "b"])


def test_staff_read_a_job(admin_client, job):
    data = admin_client.get(f"/retail-ai/api/jobs/{job.pk}/").json()
    assert data["id"] == job.pk
    assert (data["state"], data["total"], data["done"], data["failed"], data["percent"]) == ("queued", 2, 0, 0, 0)


def test_the_list_comes_in_pages(admin_client, job):
    data = admin_client.get(reverse("retail_ai:api_jobs")).json()
    assert data["count"] == 1 and data["results"][0]["title"] == "Notes"


def test_customers_and_strangers_get_nothing(client, job):
    assert client.get(f"/retail-ai/api/jobs/{job.pk}/").status_code in (401, 403)
    client.force_login(User.objects.create_user("customer"))
    assert client.get(f"/retail-ai/api/jobs/{job.pk}/").status_code == 403
    assert client.post(f"/retail-ai/api/jobs/{job.pk}/cancel/").status_code == 403


def test_steering(admin_client, job):
    url = f"/retail-ai/api/jobs/{job.pk}"
    assert admin_client.post(f"{url}/cancel/").json()["state"] == "cancelled"
    assert admin_client.post(f"{url}/cancel/").status_code == 409
    assert admin_client.post(f"{url}/resume/").json()["state"] == "queued"
    assert admin_client.post(f"{url}/retry/").status_code == 409
    assert admin_client.post(f"{url}/explode/").status_code == 404
    assert admin_client.get(f"{url}/cancel/").status_code == 405

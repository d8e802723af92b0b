import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from retail_ai.jobs import runner, services
from retail_ai.jobs.models import Job, JobFailure

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(admin_user):
    job = services.create_job(
        kind="tests.note", title="<b>Notes</b> & more", keys=["a", "b", "no<i>1"], started_by=admin_user
    )
    runner.run(job.pk)
    job.refresh_from_db()
    return job


def page(client, job):
    return client.get(reverse("admin:retail_ai_job_change", args=[job.pk]))


@pytest.fixture
def viewer(client):
    """Staff who may look at jobs and do nothing to them."""
    user = User.objects.create_user("viewer", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_job"))
    client.force_login(user)
    return client


def test_the_list_is_friendly_when_empty(admin_client):
    assert "No jobs yet" in admin_client.get(reverse("admin:retail_ai_job_changelist")).content.decode()


def test_the_list_shows_each_job_with_bar_counts_and_cost(admin_client, job):
    text = admin_client.get(reverse("admin:retail_ai_job_changelist")).content.decode()
    assert "&lt;b&gt;Notes&lt;/b&gt;" in text and "<b>Notes" not in text
    assert '<progress class="retail-ai-bar" max="100" value="100"' in text
    assert "2 of 3 done, 1 failed" in text and "6 tokens" in text


def test_the_page_shows_progress_report_and_failed_items_escaped(admin_client, job):
    text = page(admin_client, job).content.decode()
    assert 'role="progressbar"' in text and 'aria-valuenow="100"' in text
    assert "not wanted" in text and "no&lt;i&gt;1" in text
    assert '<th scope="row">Written</th><td>3</td>' in text
    assert "onclick" not in text


def test_failed_items_come_in_pages(admin_client, job):
    JobFailure.objects.bulk_create(JobFailure(job=job, key=f"x{n}", reason="why") for n in range(120))
    text = admin_client.get(reverse("admin:retail_ai_job_change", args=[job.pk]) + "?failures=3").content.decode()
    assert "Page 3 of 3" in text and "x119" in text and "x10<" not in text


def test_a_failed_product_is_named_and_linked(admin_client, job, monkeypatch):
    from retail_ai.jobs.registry import get_kind
    from shop_demo.models import Department, Product

    department = Department.objects.create(slug="d", name="D")
    product = Product.objects.create(sku="1", slug="one", title="Kettle", department=department, price=3)
    monkeypatch.setattr(get_kind("tests.note").__class__, "keys_are_products", True)
    JobFailure.objects.create(job=job, key=str(product.pk), reason="why")
    text = page(admin_client, job).content.decode()
    assert f'<a href="/admin/shop_demo/product/{product.pk}/change/">Kettle</a>' in text


def test_an_unfinished_job_reloads_by_itself_without_javascript(admin_client):
    job = services.create_job(kind="tests.note", title="Waiting", keys=["a"])
    text = page(admin_client, job).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in text
    assert 'data-job-live="yes"' in text and "waiting for a worker" in text


def test_the_progress_as_json(admin_client, job):
    data = admin_client.get(reverse("admin:retail_ai_job_progress", args=[job.pk])).json()
    assert (data["state"], data["percent"], data["words"]["progress"]) == ("done", 100, "2 of 3 done, 1 failed")


def test_jobs_cannot_be_added_or_edited(admin_client, job):
    assert admin_client.get(reverse("admin:retail_ai_job_add")).status_code == 403
    assert admin_client.post(reverse("admin:retail_ai_job_change", args=[job.pk]), {"title": "x"}).status_code == 403


def test_cancel_resume_retry_by_button(admin_client, job):
    def press(verb):
        return admin_client.post(reverse("admin:retail_ai_job_steer", args=[job.pk, verb]), follow=True)

    assert "1 failed item queued again" in press("retry").content.decode()
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED
    assert "Cancelled" in press("cancel").content.decode()
    assert "had ended already" in press("cancel").content.decode()
    assert "The job goes on" in press("resume").content.decode()
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED
    assert "Cancelled" in admin_client.get(reverse("admin:retail_ai_job_history", args=[job.pk])).content.decode()


def test_buttons_are_post_only_and_known(admin_client, job):
    assert admin_client.get(reverse("admin:retail_ai_job_steer", args=[job.pk, "cancel"])).status_code == 405
    assert admin_client.post(reverse("admin:retail_ai_job_steer", args=[job.pk, "explode"])).status_code == 404


def test_who_may_only_look_sees_no_buttons_and_cannot_press_them(viewer, job):
    text = page(viewer, job).content.decode()
    assert "2 of 3 done" in text and "Retry failed" not in text
    assert viewer.post(reverse("admin:retail_ai_job_steer", args=[job.pk, "retry"])).status_code == 403


def test_who_may_not_look_gets_nothing(client, job):
    client.force_login(User.objects.create_user("staff", is_staff=True))
    assert page(client, job).status_code == 403
    assert client.get(reverse("admin:retail_ai_job_progress", args=[job.pk])).status_code == 403


def test_a_job_in_work_cannot_be_deleted(admin_client, job):
    running = services.create_job(kind="tests.note", title="Running", keys=["a"])
    assert admin_client.post(reverse("admin:retail_ai_job_delete", args=[running.pk])).status_code == 403
    assert admin_client.post(reverse("admin:retail_ai_job_delete", args=[job.pk]), {"post": "yes"}).status_code == 302

import pytest
from django.contrib.auth.models import Permission
from django.test import RequestFactory
from django.urls import reverse

from retail_ai.catalog import admin as catalog_admin
from retail_ai.jobs.models import Job


@pytest.fixture
def queued(monkeypatch):
    """Jobs that would go to the broker; none is running in these tests."""
    jobs = []
    monkeypatch.setattr(catalog_admin, "enqueue", jobs.append)
    return jobs


@pytest.fixture
def reader(client, django_user_model):
    """A member of staff who may look and not touch."""
    user = django_user_model.objects.create_user("reader", password="x", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename="view_catalogentry"))
    client.force_login(user)
    return user


LIST = "admin:retail_ai_catalogentry_changelist"


def test_the_list_tells_the_state_of_the_index(make, index, admin_client):
    make("phone")
    index()
    make("kettle")
    page = admin_client.get(reverse(LIST)).content.decode()
    assert "1 of 2 products are indexed." in page
    assert "1 are missing." in page
    assert "word-hash/32" in page
    assert "Index now" in page


def test_an_empty_shop_says_what_to_do(db, admin_client):
    assert "no products yet" in admin_client.get(reverse(LIST)).content.decode()


def test_index_now_starts_a_job(make, admin_client, admin_user, queued):
    make("phone")
    answer = admin_client.post(reverse("admin:retail_ai_catalogentry_index"))
    job = Job.objects.get()
    assert queued == [job]
    assert job.started_by == admin_user
    assert answer.status_code == 302


def test_get_starts_nothing(db, admin_client):
    assert admin_client.get(reverse("admin:retail_ai_catalogentry_index")).status_code == 405


def test_who_may_only_look_cannot_index(make, index, reader, client):
    make("phone")
    index()
    assert "Index now" not in client.get(reverse(LIST)).content.decode()
    assert client.post(reverse("admin:retail_ai_catalogentry_index")).status_code == 403


def test_an_entry_can_be_read(make, index, admin_client):
    phone = make("<b>phone</b>")
    index()
    page = admin_client.get(reverse("admin:retail_ai_catalogentry_change", args=[phone.pk])).content.decode()
    assert "&lt;b&gt;phone" in page
    assert "<b>phone" not in page


def test_spaces_are_listed(make, index, admin_client):
    make("phone")
    index()
    assert "word-hash/32" in admin_client.get(reverse("admin:retail_ai_vectorspace_changelist")).content.decode()


def test_the_panel_tells_when_a_product_was_indexed(make, index, admin_user):
    phone = make("phone")
    request = RequestFactory().get("/")
    request.user = admin_user
    assert "Not indexed yet" in str(catalog_admin._panel(request, phone)[0].detail)
    index()
    assert "word-hash/32" in str(catalog_admin._panel(request, phone)[0].detail)

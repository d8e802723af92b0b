"""The owner's overview, the app's page in the admin: what waits and where it is dealt with, what runs, all lists."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from retail_ai.descriptions.models import Draft
from retail_ai.inventory.models import ReorderSuggestion
from retail_ai.jobs.models import Job
from tests.doors.admin_rows import fill_every_list
from tests.events.shop import make_customer

OVERVIEW = "/admin/retail_ai/"
MOST_QUERIES = 16


@pytest.fixture
def full(owner):
    fill_every_list(5)
    return owner


def lines(page):
    """{address: (count, urgent)} of what waits."""
    found = re.findall(
        r'<a href="([^"]+)"( class="retail-ai-urgent")?>\s*<strong>([\d,]+)</strong>', page.content.decode()
    )
    return {
        address.replace("&amp;", "&"): (int(count.replace(",", "")), bool(urgent)) for address, urgent, count in found
    }


def test_an_empty_shop_has_nothing_waiting(owner):
    page = owner.get(OVERVIEW)
    assert page.status_code == 200 and lines(page) == {}
    assert "What needs a decision of yours will stand here" in page.content.decode()


def test_each_line_leads_to_as_many_rows_as_it_counts(full):
    ReorderSuggestion.objects.update(state="open", order_by=timezone.localdate() - timedelta(days=1))
    Draft.objects.update(state="stale")
    waiting = lines(full.get(OVERVIEW))
    assert len(waiting) >= 4 and any(urgent for _, urgent in waiting.values())
    for address, (count, _) in waiting.items():
        page = full.get(address)
        assert page.status_code == 200, address
        if "searchlog" not in address and "/release/" not in address:
            assert page.context["cl"].result_count == count, address


def test_urgent_lines_stand_first(full):
    urgent = [mark for _, mark in lines(full.get(OVERVIEW)).values()]
    assert urgent == sorted(urgent, reverse=True)


def test_a_running_job_shows_its_bar(owner):
    job = Job.objects.create(kind="index", title="Index the catalogue", state=Job.State.RUNNING, total=4, done=1)
    page = owner.get(OVERVIEW).content.decode()
    assert 'value="25"' in page and reverse("admin:retail_ai_job_progress", args=[job.pk]) in page


def test_only_what_the_person_may_open_is_counted(client, db):
    fill_every_list(5)
    clerk = make_customer("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_reordersuggestion"))
    client.force_login(clerk)
    page = client.get(OVERVIEW)
    assert {address.split("?")[0] for address in lines(page)} <= {"/admin/retail_ai/reordersuggestion/"}
    assert "Description drafts" not in page.content.decode() and "At work now" not in page.content.decode()


def test_every_list_stands_under_one_subject(owner):
    page = owner.get(OVERVIEW).content.decode()
    for title in ("Descriptions", "Search and catalogue", "Recommendations", "Stock", "Campaigns", "Assistant"):
        assert len(re.findall(rf'class="section"[^>]*>\s*{title}\s*<', page)) == 1, title


def test_it_takes_a_fixed_number_of_queries(full, django_assert_max_num_queries):
    full.get(OVERVIEW)
    with django_assert_max_num_queries(MOST_QUERIES):
        full.get(OVERVIEW)


def test_in_chinese(owner):
    page = owner.get(OVERVIEW, headers={"Accept-Language": "zh-hans"}).content.decode()
    assert "等待您处理" in page

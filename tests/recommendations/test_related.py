"""Related products in the shop's own relation: written by a job, never over what people picked."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import JobFailure
from retail_ai.jobs.runner import run
from retail_ai.recommendations.related import start_related_job
from retail_ai.stores import get_store
from retail_ai.stores.base import StoreAdapter
from shop_demo.models import RelatedProduct
from tests.events.shop import make_product
from tests.recommendations.test_slates import links

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    made = [make_product(title) for title in ("Tent", "Stove", "Mat")]
    tent, stove, mat = made
    links("together", (tent, stove, 0.5), (tent, mat, 0.4))
    return made


def test_the_shops_own_picks_stay_and_the_rest_is_written_anew(shop, client):
    tent, _stove, mat = shop
    RelatedProduct.objects.create(product=tent, related=mat, kind="together")
    for _ in range(2):
        run(start_related_job(keys=[tent.pk]).pk)
    rows = set(RelatedProduct.objects.filter(product=tent).values_list("related__title", "is_automatic"))
    assert rows == {("Mat", False), ("Stove", True)}
    page = client.get(reverse("shop:product", args=["tent"])).content.decode()
    assert "Goes with it" in page and page.index("/products/mat/") < page.index("/products/stove/")


def test_a_product_that_is_gone_is_reported_and_the_others_are_done(shop):
    tent = shop[0]
    job = start_related_job(keys=[404404, tent.pk])
    run(job.pk)
    job.refresh_from_db()
    assert job.report["related products written (together)"] == 2
    assert "no such product" in JobFailure.objects.get(job=job, key="404404").reason


def test_the_command_and_the_action(shop, admin_client, monkeypatch):
    out = StringIO()
    call_command("retail_ai_relate", "--limit", "1", stdout=out)
    assert "related products written (together): 1" in out.getvalue()
    monkeypatch.setattr("retail_ai.recommendations.rule_admin.enqueue", lambda job: run(job.pk))  # no broker here
    chosen = {"action": "retail_ai_relate", "_selected_action": [shop[0].pk]}
    assert admin_client.post(reverse("admin:shop_demo_product_changelist"), chosen).status_code == 302
    assert RelatedProduct.objects.filter(kind="together").count() == 2


def test_a_shop_without_such_a_relation_is_told_what_to_write(shop, monkeypatch):
    monkeypatch.setattr(type(get_store()), "save_related", StoreAdapter.save_related)
    with pytest.raises(InvalidInput, match="save_related"):
        start_related_job()
    with pytest.raises(CommandError, match="save_related"):
        call_command("retail_ai_relate")


def test_a_slate_is_shown_in_the_terminal(shop):
    out = StringIO()
    call_command("retail_ai_recommend", "bought_together", "--product", str(shop[0].pk), stdout=out)
    assert "Often bought with Tent" in out.getvalue()
    with pytest.raises(CommandError, match="No product 404404"):
        call_command("retail_ai_recommend", "similar", "--product", "404404")
    with pytest.raises(CommandError):
        call_command("retail_ai_recommend", "nonsense")

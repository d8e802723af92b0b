"""A need is understood and narrowed in whichever shop is installed: other keys, other fields, attributes as rows."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from retail_ai.catalog.search import search_products
from retail_ai.catalog.services import start_index_job
from retail_ai.jobs.runner import run
from tests.contracts.store.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(shop, db):
    made = make_world(shop)
    run(start_index_job().pk)
    return made


def found(query, store, **arguments):
    result = search_products(query, **arguments)
    return [store.facts(hit.product) for hit in result.hits], result


def test_limits_are_read_and_kept(world, store):
    facts, result = found("green tents under 25, not Birch", store)
    assert {chip.kind for chip in result.chips} == {"colour", "category", "price", "brand"}
    assert {fact.brand for fact in facts} == {"Alder", "Cedar"}
    assert all(fact.price.amount <= 25 for fact in facts)
    assert not found("black tents", store)[1].hits or found("black tents", store)[1].is_relaxed
    assert {fact.category[-1] for fact in found("headphones under 220 g", store)[0]} == {"Headphones"}


def test_facets_and_pages(world, store):
    facts, _ = found("lamp", store, facets=[("brand", "Cedar")])
    assert {fact.brand for fact in facts} == {"Cedar"}
    first = search_products("kettles", limit=2)
    second = search_products("kettles", limit=2, cursor=first.next)
    keys = [hit.product.pk for hit in (*first.hits, *second.hits)]
    assert len(set(keys)) == 4


def test_the_template_tag_and_the_address_of_a_hit(world, client, store):
    request = RequestFactory().get("/", {"q": "mugs under 30"})
    request.session = {}
    page = Template("{% load retail_ai_search %}{% retail_ai_search %}").render(Context({"request": request}))
    assert "drop=price" in page and "retail-ai-card" in page
    answer = client.get(reverse("retail_ai:search"), {"q": "mugs", "limit": 1}).json()
    assert client.get(answer["hits"][0]["click_url"]).status_code == 302

"""Whose history may not be used is to every slate a stranger, and so is who was erased."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from retail_ai.catalog.services import start_index_job
from retail_ai.events.models import Event
from retail_ai.jobs.runner import run
from retail_ai.privacy.services import erase_customer, record_consent
from retail_ai.recommendations.models import Repurchase
from retail_ai.recommendations.popularity import refresh_popularity
from retail_ai.recommendations.selectors import recommend
from retail_ai.recommendations.slates import SLATES
from retail_ai.recommendations.tastes import refresh_tastes
from tests.events.shop import make_customer
from tests.recommendations.world import make_world, train

pytestmark = pytest.mark.django_db
# Slates that are about the person: what they show someone with a past and a stranger is not the same.
PERSONAL = ("for_you", "buy_again", "recently_viewed", "new_for_you", "because_you_searched", "need")
SILENCES = {
    "declined": lambda ada: record_consent(purpose="tracking", granted=False, customer=ada),
    "erased": lambda ada: erase_customer(customer=ada),
    "browser says no": lambda ada: None,
}


@pytest.fixture
def world():
    """Products; a customer who looked, searched, bought and was given a taste vector; and one nobody knows."""
    cache.clear()
    products, _ = make_world()
    run(start_index_job().pk)
    train()
    refresh_popularity()
    ada, past = make_customer(), []
    for days, kind, title in ((40, "purchase", "Dust"), (2, "view", "Tent"), (1, "cart", "Headlamp")):
        past.append(Event(kind=kind, customer=ada, product=products[title], order="A1" if kind == "purchase" else ""))
        past[-1].occurred_at = timezone.now() - timedelta(days=days)
    Event.objects.bulk_create([*past, Event(kind="search", customer=ada, query="lamp")])
    Repurchase.objects.update_or_create(product=products["Dust"], defaults={"days": 42, "buyers": 30, "share": 0.5})
    refresh_tastes()
    return products, ada, make_customer("nobody")


def shown(slate, customer, products, **options):
    given = {"product": products["Armchair"], "cart": [products["Bookmark"].pk], "text": "something for camping"}
    found = recommend(slate=slate, customer=customer, **given, **options)
    return [(item.product.pk, item.reason, round(item.score, 6), item.causes) for item in found]


@pytest.mark.parametrize("silence", SILENCES)
def test_without_leave_every_slate_shows_what_a_stranger_sees(world, silence):
    products, ada, nobody = world
    options = {"use_history": False} if silence == "browser says no" else {}
    strangers = {slate: shown(slate, nobody, products) for slate in SLATES}
    before = {slate: shown(slate, ada, products) for slate in PERSONAL}
    assert [slate for slate in PERSONAL if before[slate] == strangers[slate]] == []
    SILENCES[silence](ada)
    assert {slate: shown(slate, ada, products, **options) for slate in SLATES} == strangers

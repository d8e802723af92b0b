"""What holds for every endpoint of the app, whichever room it stands in."""

import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.management import call_command
from django.test import RequestFactory, override_settings
from django.urls import get_resolver, reverse
from rest_framework.views import APIView

from retail_ai.conf import DEFAULTS
from retail_ai.throttling import Throttle, throttle
from retail_ai.urls import urlpatterns
from tests.events.shop import make_customer

API_VIEWS = {
    pattern.callback.view_class
    for pattern in urlpatterns
    if issubclass(getattr(pattern.callback, "view_class", object), APIView)
}


def test_there_are_endpoints_to_look_at():
    assert len(API_VIEWS) > 8
    assert get_resolver().namespace_dict["retail_ai"]


@pytest.mark.parametrize("view", sorted(API_VIEWS, key=str), ids=lambda view: view.__name__)
def test_every_endpoint_says_who_may_call_it_and_how_often(view):
    own = {name for parent in view.mro() if parent.__module__.startswith("retail_ai.") for name in vars(parent)}
    assert {"permission_classes", "throttle_classes"} <= own
    assert view.permission_classes
    assert all(
        issubclass(kind, Throttle) and kind.scope in DEFAULTS["THROTTLE_RATES"] for kind in view.throttle_classes
    )
    assert view.throttle_classes


def test_the_description_of_the_api_is_complete():
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=io.StringIO())


@pytest.fixture
def fresh_counts():
    cache.clear()
    yield
    cache.clear()


def ask(client, times):
    return [
        client.get(reverse("retail_ai:api_recommendations"), {"slate": "popular"}).status_code for _ in range(times)
    ]


def test_a_shop_without_rates_of_its_own_gets_ours(client, db, fresh_counts):
    with override_settings(
        REST_FRAMEWORK={"DEFAULT_THROTTLE_RATES": {}}, RETAIL_AI={"STORE": "shop_demo.adapter.DemoStore"}
    ):
        assert ask(client, 2) == [200, 200]


def test_a_shop_may_set_one_rate_and_keep_the_others(client, db, settings, fresh_counts):
    client.force_login(make_customer())
    settings.RETAIL_AI = {**settings.RETAIL_AI, "THROTTLE_RATES": {"recommendations": "2/min"}}
    assert ask(client, 3) == [200, 200, 429]
    assert client.get(reverse("retail_ai:suggest"), {"q": "tent"}).status_code == 200


def test_none_sets_no_limit(client, db, settings, fresh_counts):
    settings.RETAIL_AI = {**settings.RETAIL_AI, "THROTTLE_RATES": {"recommendations": None}}
    assert set(ask(client, 5)) == {200}


def test_the_chat_page_counts_as_its_endpoint_does(client, db, settings, fresh_counts):
    client.force_login(make_customer())
    settings.RETAIL_AI = {**settings.RETAIL_AI, "THROTTLE_RATES": {"assistant": "1/min"}}
    posted = [client.post(reverse("retail_ai:assistant"), {"action": "anew"}, follow=True) for _ in range(2)]
    assert [b"many messages" in page.content for page in posted] == [False, True]


def test_a_session_that_the_client_made_up_counts_for_its_address(db):
    def key(session):
        request = RequestFactory().get("/")
        request.user, request.session = AnonymousUser(), session
        return throttle("search")().get_cache_key(request, None)

    real = SessionStore()
    real["cart"] = [1]
    real.save()
    assert key(SessionStore("made-up-one")) == key(SessionStore("made-up-two")) != key(SessionStore(real.session_key))

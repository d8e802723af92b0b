import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from retail_ai.events.models import Event
from retail_ai.events.tracking import SESSION_KEY, track, visitor_key
from retail_ai.privacy.models import Consent
from tests.events.shop import make_customer, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(client):
    request = RequestFactory().get("/")
    request.session, request.user = client.session, AnonymousUser()
    return request


def test_a_view_is_recorded_under_the_browsers_own_key(request_):
    tent = make_product()
    event = track(request_, "view", product=tent)
    assert event.visitor == visitor_key(request_) == request_.session[SESSION_KEY]
    assert (event.product, event.customer) == (tent, None)


def test_it_never_raises_into_the_shop(request_, caplog):
    assert track(request_, "nonsense") is None
    assert "not recorded" in caplog.text
    assert track(RequestFactory().get("/"), "view", product=None) is None
    assert Event.objects.count() == 0


def test_who_declined_or_whose_browser_opts_out_is_not_recorded(request_, settings):
    tent = make_product()
    Consent.objects.create(visitor=visitor_key(request_), purpose="tracking", granted=False)
    assert track(request_, "view", product=tent) is None
    quiet = RequestFactory().get("/", headers={"Sec-GPC": "1"})
    quiet.session, quiet.user = Client().session, AnonymousUser()
    assert track(quiet, "view", product=tent) is None
    settings.RETAIL_AI = {**settings.RETAIL_AI, "TRACK_BY_DEFAULT": False}
    fresh = RequestFactory().get("/")
    fresh.session, fresh.user = Client().session, AnonymousUser()
    assert track(fresh, "view", product=tent) is None
    assert Event.objects.count() == 0


def test_signing_in_brings_the_visitors_events_along(client):
    tent, ada = make_product(), make_customer(password="pw")
    posted = client.post(
        "/retail-ai/api/events", {"events": [{"kind": "view", "product": str(tent.pk)}]}, "application/json"
    )
    assert posted.status_code == 201
    assert client.login(username="ada", password="pw")
    assert Event.objects.get().customer == ada

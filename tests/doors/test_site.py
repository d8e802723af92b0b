"""Links in the demo's mails lead to where the demo is served."""

import os

import pytest

from retail_ai.campaigns.links import absolute
from retail_ai.conf import conf
from shop_demo.demo.serving import name_site


@pytest.fixture(autouse=True)
def own_settings(settings, monkeypatch):
    monkeypatch.setenv("SITE_URL", "")
    monkeypatch.delenv("SITE_URL")
    settings.RETAIL_AI = dict(settings.RETAIL_AI)
    yield
    conf.reload(setting="RETAIL_AI")


@pytest.mark.parametrize(("host", "reached"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "localhost")])
def test_the_port_that_was_asked_for(host, reached):
    name_site(host, 8123)
    assert absolute("/p/tent") == f"http://{reached}:8123/p/tent"
    assert os.environ["SITE_URL"] == f"http://{reached}:8123"  # what the workers inherit


def test_a_name_from_outside_wins(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://shop.example.com")
    name_site("127.0.0.1", 8000)
    assert absolute("/p/tent") == "https://shop.example.com/p/tent"

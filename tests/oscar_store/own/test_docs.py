"""Runs what docs/developers.md says to a Django-oscar shop, on this one."""

import shlex
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template import engines
from django.urls import reverse

from tests.contracts.store.world import make_world
from tests.docs.fences import FENCE, OSCAR

ROOT = Path(__file__).resolve().parents[3]
PAGE = OSCAR.search((ROOT / "docs" / "developers.md").read_text(encoding="utf-8"))
SNIPPETS = FENCE.findall(PAGE[0])


def of(language):
    return [code for kind, code in SNIPPETS if kind == language]


def test_nothing_is_left_untried():
    assert [language for language, _code in SNIPPETS] == ["python", "python", "sh", "html", "python"]


def test_the_settings_are_those_of_this_shop():
    said = {}
    exec(of("python")[0], said)
    fork, oscars = "tests.oscar_store.catalogue.apps.CatalogueConfig", "oscar.apps.catalogue.apps.CatalogueConfig"
    assert [oscars if app == fork else app for app in settings.INSTALLED_APPS] == said["INSTALLED_APPS"]
    assert said["RETAIL_AI_PRODUCT_MODEL"] == settings.RETAIL_AI_PRODUCT_MODEL
    from retail_ai.stores.oscar import OscarStore

    assert said["RETAIL_AI"]["STORE"] == f"{OscarStore.__module__}.{OscarStore.__name__}"


def test_the_adapter_and_the_urls_can_be_had(shop):
    shop.product("Lamp", price="10")
    for code in of("python")[1:]:
        said = {"__name__": "snippet"}
        exec(code, said)
    store = said["MyStore"]()
    assert store.price(store.products().get()).amount == 12
    assert reverse("retail_ai:search").startswith("/retail-ai/")


def test_the_template_is_the_one_of_this_shop():
    name = "oscar/catalogue/detail.html"
    assert engines["django"].get_template(name).template.source == of("html")[0]


@pytest.mark.django_db(transaction=True)
def test_the_commands_fill_the_shop_and_find_nothing_amiss(shop):
    make_world(shop)
    for line in of("sh")[0].splitlines():
        words = shlex.split(line.split("manage.py ", 1)[1])
        if words[0] != "retail_ai_doctor":
            call_command(*words)
    from retail_ai.management.doctor import adapter

    assert "attributes, price" in adapter()

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from retail_ai import checks, checks_running
from retail_ai.backends import get_embedder
from retail_ai.catalog.models import VectorSpace
from retail_ai.conf import conf
from retail_ai.exceptions import ConfigurationError
from retail_ai.stores.fields import ProductForeignKey


def found(tags=("retail_ai",), **options):
    return {message.id: message for message in run_checks(tags=list(tags), **options)}


def test_the_demo_shop_has_no_errors():
    assert [m for m in found().values() if m.level >= 40] == []


@pytest.mark.parametrize("name", ["nothing", "shop_demo.Nothing", "nowhere.Product"])
def test_a_wrong_product_model(settings, name):
    settings.RETAIL_AI_PRODUCT_MODEL = name
    message = checks.check_product_model()[0]
    assert message.id == "retail_ai.E001" and "catalogue.Product" in message.hint


def test_without_a_product_model_django_says_what_to_set(settings):
    del settings.RETAIL_AI_PRODUCT_MODEL
    with pytest.raises(ImproperlyConfigured, match=r"RETAIL_AI_PRODUCT_MODEL is None\. Name your shop"):
        ProductForeignKey()


@pytest.mark.parametrize("store", [None, "shop_demo.adapter.Nothing", "shop_demo.models.Product"])
def test_no_adapter(settings, store):
    settings.RETAIL_AI = {**settings.RETAIL_AI, "STORE": store}
    assert "retail_ai.E002" in found()


def test_an_adapter_that_names_a_field_the_product_lacks(monkeypatch):
    from shop_demo.adapter import DemoStore

    monkeypatch.setattr(DemoStore, "price_field", "prize")
    message = checks.check_store()[0]
    assert message.id == "retail_ai.E003" and message.hint == "Did you mean 'price'?"


def test_a_mistyped_key(settings):
    settings.RETAIL_AI = {**settings.RETAIL_AI, "LANGUAGE": ["en"], "store": "x"}
    hints = [message.hint for message in checks.check_keys()]
    assert hints == ["Did you mean 'LANGUAGES'?", "Did you mean 'STORE'?"]


def test_a_backend_that_is_not_there(settings):
    settings.RETAIL_AI = {**settings.RETAIL_AI, "EMBEDDERS": {"default": {"BACKEND": "nowhere.Embedder"}}}
    message = found()["retail_ai.E004"]
    assert "nowhere.Embedder" in message.msg


def test_absent_weights_are_a_warning(settings, tmp_path):
    settings.RETAIL_AI = {**settings.RETAIL_AI, "WEIGHTS_DIR": str(tmp_path)}
    message = found()["retail_ai.W002"]
    assert "retail_ai_weights --fetch" in message.msg and "composer" in message.hint


def test_pgvector_missing_or_old():
    assert checks_running._pgvector_messages(None)[0].id == "retail_ai.E011"
    assert checks_running._pgvector_messages("0.7.4")[0].id == "retail_ai.E012"
    assert checks_running._pgvector_messages("0.8.6") == checks_running._pgvector_messages("0.10.0") == []


@pytest.mark.django_db
def test_the_database_checks_ask_the_database():
    assert connection.vendor == "postgresql"
    assert checks_running.check_pgvector(databases=["default"]) == []
    assert checks_running.check_vector_space(databases=["default"]) == []


@pytest.mark.django_db
def test_another_embedder_than_the_one_that_serves():
    space = VectorSpace.objects.create(identity="old/384", dimensions=384, state=VectorSpace.State.ACTIVE)
    message = checks_running.check_vector_space(databases=["default"])[0]
    assert message.id == "retail_ai.W010" and "old/384" in message.msg and "catalog.index" in message.hint
    VectorSpace.objects.filter(pk=space.pk).update(identity=get_embedder().identity)
    assert checks_running.check_vector_space(databases=["default"])[0].id == "retail_ai.W011"


def test_a_broker_that_does_not_answer(monkeypatch):
    from shop_demo.celery import app

    app.set_current()
    monkeypatch.setattr(app.conf, "broker_url", "redis://127.0.0.1:1/0")
    message = checks_running.check_broker()[0]
    assert message.id == "retail_ai.W020" and "CELERY_BROKER_URL" in message.hint


def test_throttle_rates_that_cannot_be_read(settings):
    rates = {"search": "many", "assistant": "5/s", "events": None, "recomendations": "1/min"}
    settings.RETAIL_AI = {**settings.RETAIL_AI, "THROTTLE_RATES": rates}
    messages = found()
    assert "'search'" in messages["retail_ai.E005"].msg and "120/min" in messages["retail_ai.E005"].hint
    assert "recommendations" in messages["retail_ai.W003"].hint


@pytest.mark.parametrize("name", ["description_field", "category_field", "attributes_field", "created_field"])
def test_every_field_that_the_adapter_names_is_looked_for(monkeypatch, name):
    from shop_demo.adapter import DemoStore

    monkeypatch.setattr(DemoStore, name, "nowhere")
    message = checks.check_store()[0]
    assert message.id == "retail_ai.E003" and name in message.msg
    assert "department" in message.hint and "retail_ai_entry" not in message.hint
    monkeypatch.setattr(DemoStore, name, None)
    assert checks.check_store() == []


@pytest.mark.parametrize("name", ["prize", "department__prize", "price__amount", "get_absolute_url", "related__kind"])
def test_cards_are_made_of_columns(monkeypatch, name):
    from shop_demo.adapter import DemoStore

    assert checks.check_store() == []
    monkeypatch.setattr(DemoStore, "card_fields", ("title", "department__parent__name", "department_id", name))
    (message,) = checks.check_store()
    assert message.id == "retail_ai.E003" and repr(name) in message.msg and "price" in message.hint


def test_values_of_another_kind(settings):
    kinds = {"LANGUAGES": "en", "SERVICE_LEVEL": "0.95", "FORECAST_WEEKS": True, "SITE_URL": None}
    fine = {"LEAST_LIKENESS": 0, "EVENT_RETENTION_DAYS": None, "SENSITIVE_CATEGORIES": ("Health",), "THREADS": 2}
    settings.RETAIL_AI = {**settings.RETAIL_AI, **fine, **kinds}
    messages = checks.check_kinds()
    assert {message.id for message in messages} == {"retail_ai.E008"}
    assert [message.msg for message in messages if "LANGUAGES" in message.msg] == ["RETAIL_AI['LANGUAGES'] is 'en'."]
    assert len(messages) == len(kinds)
    settings.RETAIL_AI = {"SEARCH": None}
    with pytest.raises(ConfigurationError, match=r"RETAIL_AI\['SEARCH'\] is None"):
        _ = conf.SEARCH


def test_a_picture_embedder_that_is_not_there(settings):
    settings.RETAIL_AI = {**settings.RETAIL_AI, "IMAGE_EMBEDDERS": {"default": {"BACKEND": "nowhere.Pictures"}}}
    assert "IMAGE_EMBEDDERS['default']" in found()["retail_ai.E004"].msg


def test_absent_packages_are_one_warning(settings, tmp_path):
    settings.RETAIL_AI = {**settings.RETAIL_AI, "WEIGHTS_DIR": str(tmp_path)}
    said = [message for message in checks.check_backends() if message.id == "retail_ai.W002"]
    assert len(said) == 1 and "ComposerGenerator" in said[0].hint

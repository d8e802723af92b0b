import pytest

from retail_ai.experiments.models import Experiment, Exposure
from retail_ai.experiments.services import expose
from tests.events.shop import make_customer

pytestmark = pytest.mark.django_db


def test_a_person_keeps_their_variant_and_is_noted_once():
    Experiment.objects.create(key="slate", variants={"a": 1, "b": 1}, is_running=True)
    ada = make_customer()
    seen = {expose(experiment="slate", customer=ada) for _ in range(3)}
    assert len(seen) == 1
    assert Exposure.objects.get().variant in seen


def test_without_a_running_experiment_nothing_is_noted():
    Experiment.objects.create(key="slate", variants={"a": 1})
    assert expose(experiment="slate", visitor="v", default="old") == "old"
    assert not Exposure.objects.exists()

import pytest
from django.core.exceptions import ValidationError

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


@pytest.mark.parametrize(
    "variants",
    [{}, [], {"a": "1"}, {"a": 0}, {"a": -1, "b": 1}, {"a": True}, {"a": float("inf")}, {"": 1}, {"a" * 41: 1}],
)
def test_variants_that_would_fail_in_the_shop_are_refused_in_the_admin(variants):
    with pytest.raises(ValidationError, match="variants"):
        Experiment(key="x", variants=variants).full_clean()


def test_an_empty_arm_is_allowed(db):
    Experiment(key="x", variants={"a": 1, "off": 0}).full_clean()

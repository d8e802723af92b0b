from datetime import timedelta

import pytest
from django.db.models import Count
from django.utils import timezone

from retail_ai.engine.cleaning import MOST_LOOKS
from retail_ai.events.models import Event
from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import JobFailure
from retail_ai.jobs.runner import run
from retail_ai.privacy.models import Consent
from retail_ai.recommendations import jobs
from retail_ai.recommendations.collect import collect_history
from retail_ai.recommendations.models import CustomerTaste, Neighbour, Popularity, Release
from retail_ai.recommendations.plan import ServingPlan, plan_of
from retail_ai.recommendations.releases import promote_release, roll_back
from retail_ai.recommendations.services import start_train_job
from tests.events.shop import make_customer, make_product
from tests.recommendations.world import index, make_world, train

pytestmark = pytest.mark.django_db


def test_training_measures_a_release_and_puts_it_in_service():
    products, _ = make_world()
    index(products.values())
    job = train()
    release = Release.objects.get()
    assert release.state == "serving" and release.passed_gate and release.promoted_at
    assert release.metrics["model"]["ndcg10"] > release.metrics["popularity"]["ndcg10"]
    assert release.metrics["model"]["people"] >= 20
    assert release.customer_count == 60 and release.product_count == 9
    best = release.neighbours.filter(kind="next", product=products["Tent"]).order_by("-score").first()
    assert best.neighbour == products["Camping stove"] and best.support == 30
    pair = release.neighbours.get(kind="together", product=products["Sleeping bag"])
    assert (pair.neighbour, pair.support) == (products["Camping stove"], 30)
    assert CustomerTaste.objects.count() == 60 and Popularity.objects.count() == 8
    assert job.report["customers with a taste vector"] == 60


def test_the_same_history_and_seed_give_the_same_release():
    products, _ = make_world()
    index(products.values())
    train()
    train()
    first, second = Release.objects.order_by("pk")
    assert first.configuration["seed"] == second.configuration["seed"] == 0
    assert first.configuration == second.configuration
    figures = ("ndcg10", "hr10", "ndcg10_interval", "coverage", "novelty", "calibration")
    assert [first.metrics["model"][name] for name in figures] == [second.metrics["model"][name] for name in figures]
    link = ("kind", "product", "neighbour", "score")
    rows = [list(one.neighbours.order_by(*link).values_list(*link)) for one in (first, second)]
    assert rows[0] and rows[0] == rows[1]


def test_without_history_the_job_says_what_is_missing():
    job = start_train_job()
    run(job.pk)
    assert "back-fill" in JobFailure.objects.get(key="examination").reason
    assert not Release.objects.exists()


def test_a_training_that_was_killed_between_steps_goes_on_and_examines_nothing_twice(monkeypatch):
    make_world()
    done, steps = list[str](), dict(jobs.STEPS)

    def noted(name):
        def step(job):
            done.append(name)
            if done.count("model") == 1 and name == "model":
                raise KeyboardInterrupt
            return steps[name](job)

        return step

    monkeypatch.setattr(jobs, "STEPS", {name: noted(name) for name in steps})
    job = start_train_job()
    with pytest.raises(KeyboardInterrupt):
        run(job.pk)
    assert Release.objects.get().state == "training" and not Neighbour.objects.exists()
    run(job.pk)
    job.refresh_from_db()
    assert job.state == "done" and Release.objects.get().state == "serving"
    assert done == [*list(steps)[:4], "model", *list(steps)[4:]]


def test_a_worse_release_waits_as_a_candidate_and_one_can_roll_back():
    make_world()
    train()
    train()
    second, first = Release.objects.all()
    assert (first.state, second.state) == ("retired", "serving")
    assert roll_back() == first
    second.refresh_from_db()
    assert second.state == "retired"
    Neighbour.objects.filter(release=second).delete()
    with pytest.raises(InvalidInput, match="train"):
        promote_release(release=second)


def test_returns_bots_and_those_who_declined_are_not_learned_from():
    tent, lamp = make_product(), make_product("Lamp")
    buyer, bot, shy = make_customer(), make_customer("bot"), make_customer("shy")
    staff = make_customer("staff")
    type(staff).objects.filter(pk=staff.pk).update(is_staff=True)
    Event.objects.bulk_create(
        [Event(kind="purchase", customer=buyer, product=tent), Event(kind="return", customer=buyer, product=tent)]
        + [Event(kind="view", customer=buyer, product=lamp) for _ in range(2)]
        + [Event(kind="view", customer=bot, product=lamp) for _ in range(MOST_LOOKS + 1)]
        + [Event(kind="view", customer=staff, product=lamp)]
        + [Event(kind="view", customer=buyer, product=tent, occurred_at=timezone.now() + timedelta(days=1))]
        + [Event(kind="view", customer=shy, product=lamp)]
    )
    Consent.objects.create(customer=shy, purpose="tracking", granted=False)
    history = collect_history()
    cleaned = history.cleaned
    assert [items.tolist() for items in cleaned.sequences] == [[history.keys.index(lamp.pk)]]
    wanted = {"bots": 1, "returned": 1, "test_accounts": 1, "from_the_future": 1, "repeats_in_a_row": 1}
    assert dict(cleaned.dropped) == wanted


def test_a_release_says_how_it_wants_to_be_served():
    make_world()
    train()
    release = Release.objects.get()
    plan = plan_of(release)
    assert plan.kernel[0] == 1.0 and plan.weights["next"] > 0
    most = release.neighbours.filter(kind="next").values("product").annotate(n=Count("pk")).order_by("-n").first()
    assert 0 < most["n"] <= plan.links
    assert plan_of(None) == ServingPlan() == plan_of(Release())

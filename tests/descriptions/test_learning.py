"""Learning the voice on a tiny real model: what it learns from, the gate, serving, one click back, and its pages."""

from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from retail_ai.backends import get_generator, reset_backends
from retail_ai.descriptions.learning import learn_voice, reasons, start_learn_job
from retail_ai.descriptions.learning_job import Teller
from retail_ai.descriptions.lessons import lessons, part_of
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.services import draft_products
from retail_ai.descriptions.voice_models import VoiceAdapter, VoiceRelease
from retail_ai.descriptions.voice_plots import loss_plot
from retail_ai.descriptions.voice_releases import promote_voice, roll_back_voice, writer_for
from retail_ai.exceptions import BackendUnavailable, InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.jobs.runner import run
from retail_ai.jobs.services import cancel_job
from shop_demo.models import Department, Product
from tests.backends.tiny import save_language_model

pytestmark = pytest.mark.django_db
LORA = {"learning_rate": 1e-2, "epochs": 2, "rank": 4, "max_tokens": 2_000}


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_language_model(tmp_path_factory.mktemp("model"))


@pytest.fixture
def model(tiny_model: Path, settings: Any, tmp_path: Path) -> Any:
    generators = {
        "default": {
            "BACKEND": "retail_ai.backends.generators.transformers_lm.TransformersGenerator",
            "OPTIONS": {"model": str(tiny_model), "device": "cpu"},
        },
        "composer": {"BACKEND": "retail_ai.backends.generators.composer.ComposerGenerator"},
    }
    trainers = {"default": {"BACKEND": "retail_ai.backends.trainers.lora.LoraTrainer", "OPTIONS": LORA}}
    settings.RETAIL_AI = {
        **settings.RETAIL_AI, "GENERATORS": generators, "TRAINERS": trainers, "WEIGHTS_DIR": str(tmp_path),
    }  # fmt: skip
    yield get_generator("default")
    reset_backends()


@pytest.fixture
def approved(db: None) -> list[Draft]:
    """Fifty products with a published description each."""
    shelf = Department.objects.create(slug="shoes", name="Shoes")
    colours = ("red", "blue", "green")
    products = Product.objects.bulk_create(
        Product(
            pk=7_000 + n, sku=f"s{n}", slug=f"s{n}", title=f"Runner {n}", brand="Northpeak", department=shelf,
            price=Decimal(10),
            attributes={"colour": colours[n % 3], "weight": f"{200 + n} g", "material": "mesh"},
        )
        for n in range(50)
    )  # fmt: skip
    drafts, _, _ = draft_products(keys=[p.pk for p in products], fields=["description"], generator="composer")
    Draft.objects.update(state="published", published_at=timezone.now())
    return drafts


def test_lessons_leave_out_what_would_teach_inventing(approved: list[Draft]) -> None:
    Draft.objects.filter(pk=approved[0].pk).update(unsupported=1)
    Draft.objects.filter(pk=approved[1].pk).update(state="rejected")
    Draft.objects.filter(pk=approved[2].pk).update(edited_at=timezone.now())
    found = lessons()
    assert found.count == 48 and found.edited == 1 and found.left_out == {"claims_without_a_fact": 1}
    assert sum(len(part) for part in found.parts.values()) == 48 and found.is_enough
    assert all("<facts>" in example.prompt.messages[1].content for example in found.parts["training"])


def test_a_product_always_judges_or_always_teaches() -> None:
    parts = [part_of(number) for number in range(2_000)]
    assert parts == [part_of(str(number)) for number in range(2_000)]
    assert 0.6 < parts.count("training") / 2_000 < 0.8 and parts.count("held_out") > 200


def test_too_few_texts_are_said_before_anything_starts(model: Any) -> None:
    with pytest.raises(InvalidInput, match="at least 40"):
        start_learn_job()
    with pytest.raises(CommandError, match="at least 40"):
        call_command("retail_ai_learn_voice")
    assert not Job.objects.exists()


def test_what_was_learned_serves_and_goes_back(model: Any, approved: list[Draft]) -> None:
    release = learn_voice(seed=1)
    held, probe = release.metrics["held_out"], release.metrics["probe"]
    assert held["candidate"]["loss"] < held["current"]["loss"] and probe["candidate"]["unsupported"] == 0
    assert release.state == "serving" and release.passed_gate and release.notes == []
    assert release.text_count == 50 and release.data_from is not None and release.configuration["seed"] == 1
    voiced: Any = writer_for("default")
    assert (
        voiced.identity != model.identity and writer_for("default") is voiced and writer_for("composer") == "composer"
    )
    drafts, counts, failures = draft_products(keys=[approved[0].product_id], fields=["description"])
    assert not failures and counts["drafted"] == 1 and drafts[0].unsupported == 0
    assert roll_back_voice() is None and writer_for("default") == "default"
    promote_voice(release=release)
    assert writer_for("default") is voiced


def test_a_release_that_is_no_better_does_not_serve(model: Any, approved: list[Draft], settings: Any) -> None:
    first = learn_voice()
    trainers = {"default": {"BACKEND": "retail_ai.backends.trainers.lora.LoraTrainer",
                            "OPTIONS": LORA | {"learning_rate": 0.0}}}  # fmt: skip
    settings.RETAIL_AI = {**settings.RETAIL_AI, "TRAINERS": trainers}
    second = learn_voice()
    assert second.state == "candidate" and second.passed_gate is False and "never saw" in second.notes[0]
    assert set(second.metrics["held_out"]) == {"candidate", "current", "base"}
    assert VoiceRelease.objects.get(state="serving") == first
    promote_voice(release=second)
    assert roll_back_voice() == first and VoiceRelease.objects.get(state="serving") == first


def test_an_invented_claim_closes_the_gate() -> None:
    held = {"candidate": {"loss": 1.0}, "current": {"loss": 2.0}}
    assert reasons({"held_out": held, "probe": {"candidate": {"unsupported": 0, "texts": 4}}}) == []
    assert "1 claims" in reasons({"held_out": held, "probe": {"candidate": {"unsupported": 1, "texts": 4}}})[0]
    assert reasons({"held_out": held, "probe": {"candidate": {"unsupported": 0, "texts": 0}}})


def test_old_weights_are_dropped_and_said_to_be(model: Any, approved: list[Draft]) -> None:
    release = learn_voice()
    VoiceRelease.objects.filter(pk=release.pk).update(state="retired")
    VoiceAdapter.objects.all().delete()
    with pytest.raises(InvalidInput, match="no longer kept"):
        promote_voice(release=release)
    with pytest.raises(InvalidInput, match="No release serves"):
        roll_back_voice()


def test_the_job_the_command_and_the_pages(model: Any, approved: list[Draft], client: Client, boss: Any) -> None:
    client.force_login(boss)
    listed = reverse("admin:retail_ai_voicerelease_changelist")
    assert "50 approved texts" in client.get(listed).content.decode()
    response = client.post(reverse("admin:retail_ai_voicerelease_learn"))
    job = Job.objects.get(kind="descriptions.learn_voice")
    assert response.headers["Location"] == reverse("admin:retail_ai_job_change", args=[job.pk])
    run(job.pk)
    job.refresh_from_db()
    release = VoiceRelease.objects.get(job=job)
    assert job.state == "done" and job.report["now_serving"] == 1 and "nothing invented" in job.report["why"][0]
    assert (
        reverse("admin:retail_ai_voicerelease_change", args=[release.pk])
        in client.get(response.headers["Location"]).content.decode()
    )
    html = client.get(reverse("admin:retail_ai_voicerelease_change", args=[release.pk])).content.decode()
    assert "<polyline" in html and "this one" in html and "what served when it was trained" in html
    assert "Roll back" in client.get(listed).content.decode()
    out = StringIO()
    call_command("retail_ai_learn_voice", "--list", stdout=out)
    assert "(serving)" in out.getvalue() and "claims without a fact 0" in out.getvalue()
    client.post(reverse("admin:retail_ai_voicerelease_roll_back"))
    assert not VoiceRelease.objects.filter(state="serving").exists()
    call_command("retail_ai_learn_voice", "--promote", str(release.pk), stdout=out)
    assert VoiceRelease.objects.get(state="serving") == release
    call_command("retail_ai_learn_voice", "--roll-back", stdout=out)
    assert "the model as it came" in out.getvalue()


def test_who_may_only_look_cannot_learn(client: Client, django_user_model: Any) -> None:
    from django.contrib.auth.models import Permission

    clerk = django_user_model.objects.create_user("clerk", password="secret-1", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_voicerelease"))
    client.force_login(clerk)
    assert "Learn from" not in client.get(reverse("admin:retail_ai_voicerelease_changelist")).content.decode()
    assert client.post(reverse("admin:retail_ai_voicerelease_learn")).status_code == 403
    assert client.get(reverse("admin:retail_ai_voicerelease_roll_back")).status_code == 403


def test_losses_are_drawn_whatever_they_are() -> None:
    assert loss_plot([], 0) == ""
    for epochs in ([[0, None, 2.0]], [[0, None, 2.0], [1, 1.5, 1.0], [2, 1.0, 1.2]], [[0, None, 1.0], [1, 1.0, 1.0]]):
        assert "<svg" in loss_plot(epochs, 0) and "nan" not in loss_plot(epochs, 0)


def test_a_cancelled_training_ends_at_its_next_sign_of_life(
    model: Any, approved: list[Draft], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retail_ai.descriptions.learning_job.EVERY", 0.0)
    job = start_learn_job()
    told = Teller(job)
    told.step(1, 1, 9)
    cancel_job(job=job)
    with pytest.raises(BackendUnavailable, match="Resume begins anew"):
        told.step(1, 2, 9)
    told.close()

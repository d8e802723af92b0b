"""What a job will take: guessed at first, measured afterwards, in money where the generator has a price."""

from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from retail_ai import checks
from retail_ai.descriptions.estimates import cost_of, estimate, rates_of
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.services import start_draft_job
from retail_ai.jobs.models import Job
from retail_ai.jobs.runner import run
from shop_demo.models import Product

pytestmark = pytest.mark.django_db
PRICE = {"INPUT": 0.50, "OUTPUT": 2.00, "CURRENCY": "USD"}


@pytest.fixture
def priced(settings: Any) -> None:
    generators = {
        "default": {"BACKEND": "retail_ai.backends.generators.composer.ComposerGenerator", "PRICE": PRICE},
        "composer": {"BACKEND": "retail_ai.backends.generators.composer.ComposerGenerator"},
    }
    settings.RETAIL_AI = {**settings.RETAIL_AI, "GENERATORS": generators}


def done_job(product: Product, **figures: Any) -> Job:
    job = start_draft_job(products=[product], fields=["description", "seo_title"], generator="default")
    run(job.pk)
    Job.objects.filter(pk=job.pk).update(seconds=10.0)
    Draft.objects.filter(job=job).update(seconds=2.0)
    Draft.objects.filter(job=job, field="description").update(tokens=1_000, prompt_tokens=600)
    job.refresh_from_db()
    return job


def test_a_first_guess_says_that_it_is_one(db: None) -> None:
    cost = estimate(products=1_000, fields=["description"], generator="default")
    assert cost.measured == 0 and cost.seconds > 60 and cost.tokens > 0 and cost.money is None
    assert estimate(products=0, fields=["description"]).seconds == 0


def test_earlier_jobs_are_measured_field_by_field_with_the_work_around_them(priced: None, rucksack: Product) -> None:
    job = done_job(rucksack)
    rates = rates_of("default")
    assert rates["description"].seconds == pytest.approx(2 + 3) and rates["description"].tokens == 1_000
    assert rates["seo_title"].tokens == 0 and rates["bullets"].measured == 0
    cost = estimate(products=100, fields=["description", "seo_title"], languages=2, generator="default")
    assert (cost.texts, cost.measured, cost.tokens) == (400, 2, 200_000) and cost.seconds == pytest.approx(2_000)
    assert cost.money is not None and cost.money.currency == "USD"
    assert cost.money.amount == Decimal(200) * (Decimal(600) * Decimal("0.5") + Decimal(400) * 2) / 1_000_000
    spent = cost_of(job)
    assert spent is not None and spent.amount == Decimal("0.0011")


def test_the_page_and_the_command_say_it_before_anything_starts(
    priced: None, rucksack: Product, client: Client, boss: Any
) -> None:
    done_job(rucksack)
    client.force_login(boss)
    Draft.objects.filter(field="description").update(state="stale")
    html = client.get(reverse("admin:retail_ai_draft_stale")).content.decode()
    assert "2 texts written here" in html and 'data-currency="USD"' in html and '"description": [5.0, 1000.0,' in html
    out = StringIO()
    call_command("retail_ai_describe", "--estimate", "--field", "description", stdout=out)
    assert "about 5.0 s on one worker, 1,000 tokens and $0.00 (measured on 1 texts" in out.getvalue()
    call_command("retail_ai_describe", "--field", "seo_title", stdout=out)
    assert "Drafted: 1" in out.getvalue()


def test_a_wrong_price_is_told_by_check_and_spoils_nothing(
    settings: Any, rucksack: Product, client: Client, boss: Any
) -> None:
    generators = {
        "default": {"BACKEND": "retail_ai.backends.generators.composer.ComposerGenerator", "PRICE": {"INPUT": "a lot"}}
    }
    settings.RETAIL_AI = {**settings.RETAIL_AI, "GENERATORS": generators}
    assert [found.id for found in checks.check_prices()] == ["retail_ai.E006"]
    with pytest.raises(CommandError, match="for a million tokens"):
        call_command("retail_ai_describe", "--estimate")
    job = start_draft_job(products=[rucksack], fields=["seo_title"])
    run(job.pk)
    job.refresh_from_db()
    assert job.state == "done" and "money" not in job.report
    client.force_login(boss)
    Draft.objects.update(state="stale")
    assert "for a million tokens" in client.get(reverse("admin:retail_ai_draft_stale")).content.decode()


def test_the_job_page_reports_and_leads_to_the_drafts(rucksack: Product, client: Client, boss: Any) -> None:
    rucksack.title = "Trail 45 l Rucksack, green"
    rucksack.attributes["volume"] = "30 l"
    rucksack.save()
    job = start_draft_job(products=[rucksack], fields=["description"], generator="composer")
    run(job.pk)
    job.refresh_from_db()
    assert job.report["drafted"] == 1 and job.report["contradictions"] == 1
    assert "contradict each other" in job.report["what_contradicts"][0]
    client.force_login(boss)
    html = client.get(reverse("admin:retail_ai_job_change", args=[job.pk])).content.decode()
    assert "Review the drafts of this job" in html and "What contradicts" in html
    url = reverse("admin:retail_ai_draft_changelist")
    shown = client.get(f"{url}?job__id__exact={job.pk}&clean=contradicting")
    assert shown.context["cl"].result_count == 1


def test_unknown_keys_are_told(rucksack: Product) -> None:
    with pytest.raises(CommandError, match="No product has the key 999999"):
        call_command("retail_ai_describe", str(rucksack.pk), "999999")

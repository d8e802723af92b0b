"""The job that forecasts demand, in chunks that share one model over all products."""

from collections.abc import Sequence

from retail_ai.inventory import availability  # noqa: F401  (gives recommendations its boosts)
from retail_ai.inventory.after_forecast import follow_up
from retail_ai.inventory.models import ForecastRun
from retail_ai.inventory.prepared import forget_prepared, prepared_for
from retail_ai.inventory.services import finish_run, forecast_products
from retail_ai.jobs.models import Job
from retail_ai.jobs.registry import JobKind, Outcome, register


@register
class ForecastDemand(JobKind):
    """Keys are products'. Sales are read, and the model is fitted, once a job, whichever worker comes first."""

    name = "inventory.forecast"
    chunk_size = 100
    keys_are_products = True

    def handle(self, job: Job, keys: Sequence[str]) -> Outcome:
        run = ForecastRun.objects.get(job=job)
        return Outcome(counts=forecast_products(run=run, keys=keys, prepared=prepared_for(run.pk, run.weeks)))

    def finish(self, job: Job) -> None:
        run = ForecastRun.objects.get(job=job)
        problems = finish_run(run=run, prepared=prepared_for(run.pk, run.weeks))
        job.report = {**job.report, **problems, **follow_up(run=run)}
        forget_prepared(run.pk)

"""The queue's door to the catalogue: index changed products within seconds, and reconcile all of them at night."""

from celery import shared_task

from retail_ai.catalog.services import index_products as index_now
from retail_ai.catalog.services import start_index_job, start_learn_job
from retail_ai.conf import conf
from retail_ai.jobs.tasks import enqueue
from retail_ai.signals import products_indexed
from retail_ai.stores import get_store


@shared_task(name="retail_ai.catalog.index_products", acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def index_products(keys: list[str]) -> None:
    """Index products by primary key (as text); keys of products gone are cleared out of the index."""
    model = get_store().product_model
    changed = [model._meta.pk.to_python(key) for key in keys]
    index_now(keys=changed)
    products_indexed.send_robust(sender=model, keys=changed)


@shared_task(name="retail_ai.catalog.reconcile", ignore_result=True)
def reconcile() -> int:
    """Start the job that compares the whole catalogue with the index; finds what no signal told. Its id."""
    job = start_index_job()
    enqueue(job)
    return job.pk


@shared_task(name="retail_ai.catalog.learn_ranking", ignore_result=True)
def learn_ranking() -> int | None:
    """Start the job that learns from what shoppers chose, where RETAIL_AI["SEARCH"]["LEARN_FROM_CLICKS"] is on."""
    if not conf.SEARCH["LEARN_FROM_CLICKS"]:
        return None
    job = start_learn_job()
    enqueue(job)
    return job.pk

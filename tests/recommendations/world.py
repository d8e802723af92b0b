"""Shoppers with a clear habit: who sees a tent goes on to a stove, who sees a novel goes on to a lamp."""

from datetime import timedelta

import numpy as np
from django.utils import timezone

from retail_ai.backends import get_embedder
from retail_ai.catalog.models import ProductVector, VectorSpace
from retail_ai.events.models import Event
from retail_ai.jobs.runner import run
from retail_ai.recommendations.services import start_train_job
from tests.events.shop import make_customer, make_product

CAMPING = ("Tent", "Camping stove", "Sleeping bag", "Headlamp")
READING = ("Crime novel", "Reading lamp", "Bookmark", "Armchair")


def make_world(people=60):
    """Products by title; half of the people go camping, half read, each in order, the last step this week."""
    products = {title: make_product(title, department="Camping") for title in CAMPING}
    products |= {title: make_product(title, department="Books") for title in READING}
    products["Dust"] = make_product("Dust", department="Books")
    customers = [make_customer(f"shopper{n}") for n in range(people)]
    events = []
    for n, customer in enumerate(customers):
        for step, title in enumerate(CAMPING if n % 2 else READING):
            moment = timezone.now() - timedelta(days=90, hours=-n, minutes=-step)
            if step == 3:  # the last step is taken this week, so that it is what is held out
                moment = timezone.now() - timedelta(days=5, hours=-n)
            events.append(
                Event(
                    kind="purchase" if step == 1 else "view",
                    customer=customer,
                    product=products[title],
                    order=f"O{n}" if step == 1 else "",
                    occurred_at=moment,
                )
            )
        if n % 2:
            bag = Event(kind="purchase", customer=customer, product=products["Sleeping bag"], order=f"O{n}")
            bag.occurred_at = events[-2].occurred_at
            events.append(bag)
    Event.objects.bulk_create(events)
    return products, customers


def index(products):
    """Vectors of the titles, by the real embedder."""
    embedder = get_embedder()
    space = VectorSpace.objects.create(
        identity=embedder.identity, dimensions=embedder.dimensions, state=VectorSpace.State.ACTIVE
    )
    vectors = embedder.embed([product.title for product in products])
    ProductVector.objects.bulk_create(
        ProductVector(space=space, product=product, content_hash="x", embedding=np.asarray(vector))
        for product, vector in zip(products, vectors, strict=True)
    )


def train():
    job = start_train_job()
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error, list(job.failures.all())) == ("done", "", [])
    return job

import pytest

from tests.inventory.shop import SETTINGS, make_shop


@pytest.fixture
def shop(db, settings):
    """A shop with 60 weeks of sales."""
    settings.RETAIL_AI = SETTINGS
    return make_shop()


@pytest.fixture
def forecast_shop(shop, django_user_model):
    """The same, with its forecast made in process by the real job."""
    from retail_ai.inventory.services import start_forecast_job
    from retail_ai.jobs.runner import run

    job = start_forecast_job()
    run(job.pk)
    job.refresh_from_db()
    assert job.state == "done", list(job.failures.values_list("reason", flat=True))
    return shop

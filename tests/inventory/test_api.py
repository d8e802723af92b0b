import pytest
from django.contrib.auth import get_user_model

FORECASTS, REORDERS = "/retail-ai/api/inventory/forecasts", "/retail-ai/api/inventory/reorders"


@pytest.mark.parametrize("url", [FORECASTS, REORDERS])
def test_staff_with_permission_only(client, url, db):
    assert client.get(url).status_code in (401, 403)
    for name, is_staff in (("customer", False), ("staff", True)):
        client.force_login(get_user_model().objects.create_user(name, password="pw", is_staff=is_staff))
        assert client.get(url).status_code == 403


def test_forecasts_of_one_product(admin_client, forecast_shop):
    steady = forecast_shop[0]
    (row,) = admin_client.get(FORECASTS, {"product": steady.pk}).json()["results"]
    assert row["product"] == steady.pk
    assert len(row["mean"]) == len(row["upper95"]) == 8
    assert admin_client.get(FORECASTS).json()["count"] == 4
    assert admin_client.get(FORECASTS, {"product": "x'; --"}).status_code == 400


def test_reorders(admin_client, forecast_shop):
    (row,) = admin_client.get(REORDERS).json()["results"]
    assert row["quantity"] > 0
    assert admin_client.get(REORDERS, {"state": "accepted"}).json()["count"] == 0

"""The shop's own administration works for every model and keeps the shop's own actions."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from shop_demo.checkout import Buyer, place_order
from shop_demo.models import Product

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", list(apps.get_app_config("shop_demo").get_models()), ids=lambda m: m.__name__)
def test_every_model_has_a_list(admin_client, phone, model):
    assert admin.site.is_registered(model)
    assert admin_client.get(reverse(f"admin:shop_demo_{model._meta.model_name}_changelist")).status_code == 200


def test_product_page_and_own_actions(admin_client, phone):
    assert admin_client.get(reverse("admin:shop_demo_product_change", args=[phone.pk])).status_code == 200
    listing = reverse("admin:shop_demo_product_changelist")
    assert "Hide products" in admin_client.get(listing).content.decode()
    for action, visible in (("hide", False), ("show", True)):
        admin_client.post(listing, {"action": action, "_selected_action": [phone.pk]})
        assert Product.objects.get().is_active is visible


def test_products_are_filtered_by_top_department(admin_client, phone):
    listing = reverse("admin:shop_demo_product_changelist")
    assert admin_client.get(listing, {"in": "phones"}).context["cl"].result_count == 1
    assert admin_client.get(listing, {"in": "pets"}).context["cl"].result_count == 0


def test_orders_are_cancelled_with_their_stock(admin_client, phone):
    buyer = Buyer(name="A", email="a@example.com", address="x")
    order = place_order(quantities={phone.pk: 2}, buyer=buyer, seen_total=200, token="t")
    listing = reverse("admin:shop_demo_order_changelist")
    admin_client.post(listing, {"action": "cancel_and_restock", "_selected_action": [order.pk]})
    assert Product.objects.get().stock == 5

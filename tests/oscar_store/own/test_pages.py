"""Oscar's real pages through the test client: what shoppers do becomes events, and the app's results are shown."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from oscar.core.loading import get_class, get_model
from oscar.test.factories import create_order

from retail_ai.catalog.search import search_products
from retail_ai.catalog.services import start_index_job
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.publishing import publish_draft
from retail_ai.descriptions.services import start_draft_job
from retail_ai.events.backfill import backfill_interactions, backfill_sales
from retail_ai.events.models import Event
from retail_ai.events.services import start_backfill_job
from retail_ai.jobs.models import Job
from retail_ai.jobs.runner import run
from retail_ai.recommendations.related import start_related_job
from retail_ai.recommendations.services import start_train_job
from tests.contracts.store.world import make_superuser, make_world

pytestmark = pytest.mark.django_db(transaction=True)
BROWSER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture
def lamp(shop):
    return shop.product("Lamp", price="20", stock=9)


@pytest.fixture
def buyer(client, shop):
    user = shop.customer("a@example.com")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.defaults |= BROWSER
    return user


def events():
    return list(Event.objects.order_by("pk").values_list("kind", "product", "query"))


def buy(client, product):
    form = {"quantity": 1, "action": "add"}
    return client.post(reverse("basket:add", args=[product.pk]), form)


def order_of(product, user, **given):
    """An order placed by Oscar's own OrderCreator, as its checkout does."""
    basket = get_model("basket", "Basket").objects.create(owner=user)
    basket.strategy = get_class("partner.strategy", "Default")()
    for one in product if isinstance(product, list) else [product]:
        basket.add_product(one, 2)
    return create_order(basket=basket, user=user, **given)


def test_views_searches_baskets_and_reviews_are_recorded_once(client, buyer, lamp):
    assert client.get(lamp.get_absolute_url()).status_code == 200
    assert client.get(reverse("search:search"), {"q": "brass lamp"}).status_code == 200
    assert buy(client, lamp).status_code == 302
    review = {"score": 4, "title": "Bright", "body": "It shines.", "name": "", "email": ""}
    assert client.post(reverse("catalogue:reviews-add", args=[lamp.slug, lamp.pk]), review).status_code == 302
    done = [("view", lamp.pk, ""), ("search", None, "brass lamp"), ("cart", lamp.pk, ""), ("rating", lamp.pk, "")]
    assert [one for one in events() if one != ("view", lamp.pk, "")] == done[1:] and done[0] in events()
    assert set(Event.objects.values_list("customer", flat=True)) == {buyer.pk}
    before = len(events())
    counts = backfill_interactions()
    assert counts["known before"] >= 2 and len(events()) == before


def test_what_a_guest_does_is_one_visitors(client, lamp):
    client.defaults |= BROWSER
    client.get(lamp.get_absolute_url())
    buy(client, lamp)
    assert {(kind, customer) for kind, customer in Event.objects.values_list("kind", "customer")} == {
        ("view", None), ("cart", None),
    }  # fmt: skip
    (visitor,) = set(Event.objects.values_list("visitor", flat=True))
    assert len(visitor) == 32


def test_a_childs_basket_is_its_parents_and_the_cart_is_known(client, shop, store, rf):
    shirt = shop.product("Shirt", price=None)
    small = shop.product("", parent=shirt, price="20", stock=3, brand="", attributes={"size": "S"})
    client.defaults |= BROWSER
    buy(client, small)
    assert events() == [("cart", shirt.pk, "")]
    request = rf.get("/")
    request.basket = get_model("basket", "Basket").objects.get()
    request.basket.strategy = get_class("partner.strategy", "Default")()
    assert store.cart_of(request) == [shirt.pk]


def test_an_order_is_a_purchase_which_the_back_fill_knows_and_a_cancelled_one_is_not(shop, lamp):
    buyer = shop.customer("b@example.com")
    order = order_of(lamp, buyer, status="Pending")
    bought = Event.objects.get()
    assert (bought.kind, bought.customer, bought.product_id, bought.quantity) == ("purchase", buyer, lamp.pk, 2)
    assert (bought.unit_price, bought.order) == (20, str(order.number))
    assert backfill_sales()["stored"] == 0
    order.set_status("Cancelled")
    assert not Event.objects.exists() and backfill_sales()["stored"] == 0
    order.set_status("Pending")
    assert Event.objects.count() == 1


def test_two_children_in_one_order_are_two_lines_live_and_in_the_back_fill(shop):
    shirt = shop.product("Shirt", price=None)
    sizes = [shop.product("", parent=shirt, price=price, stock=9, brand="") for price in ("20", "22")]
    order_of(sizes, None, guest_email="guest@example.com")
    rows = Event.objects.values_list("product", "customer", "unit_price")
    assert sorted(rows, key=str) == [(shirt.pk, None, 20), (shirt.pk, None, 22)]
    assert backfill_sales()["stored"] == 0


def test_an_order_within_an_outer_transaction_that_fails_leaves_nothing(shop, lamp):
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        order_of(lamp, None)
        raise RuntimeError
    assert not Event.objects.exists()


def test_an_error_of_ours_never_reaches_the_shop(client, buyer, lamp, monkeypatch, caplog):
    def fail(*_args, **_kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("retail_ai.oscar.signals.record_sale", fail)
    monkeypatch.setattr("retail_ai.events.tracking.record_event", fail)
    assert client.get(lamp.get_absolute_url()).status_code == 200
    assert order_of(lamp, buyer).pk
    assert "the disk is full" in caplog.text and not Event.objects.exists()


def test_what_belongs_to_a_product_has_it_indexed_again(shop, lamp, no_broker):
    no_broker.clear()
    lamp.attribute_values.first().save()
    assert no_broker == [str(lamp.pk)]
    no_broker.clear()
    child = shop.product("", parent=lamp, price=None, brand="", attributes={"size": "S"})
    assert str(lamp.pk) in no_broker
    no_broker.clear()
    child.delete()
    assert str(lamp.pk) in no_broker


def test_from_the_index_to_a_published_description_on_a_product_page(client, shop, store):
    world, boss = make_world(shop), make_superuser()
    for job in (start_backfill_job(), start_index_job(), start_train_job()):
        run(job.pk)
    run(start_draft_job(products=store.products().filter(pk=world.products[0].pk), generator="composer").pk)
    assert search_products("cedar kettle", limit=3).hits[0].product.pk == world.products[22].pk
    draft = Draft.objects.get(product=world.products[0].pk, field="description")
    publish_draft(draft=draft, reviewer=boss)
    page = client.get(world.products[0].get_absolute_url()).content.decode()
    slate = page[page.index('class="retail-ai-slate"') :]
    assert slate.count('class="retail-ai-card"') >= 3 and "Tent" in slate
    for sentence in draft.text.split("\n\n")[0].split(". ")[:1]:
        assert sentence in page
    assert not Job.objects.exclude(state="done").exists()


def test_related_products_stand_in_oscars_own_table(shop):
    world = make_world(shop)
    for job in (start_backfill_job(), start_index_job(), start_train_job(), start_related_job()):
        run(job.pk)
    recommended = world.products[0].sorted_recommended_products
    assert len(recommended) >= 4 and world.products[0] not in recommended


@pytest.fixture
def clerk(client, shop, monkeypatch):
    from retail_ai.jobs import tasks

    monkeypatch.setattr(tasks.run_job, "delay", lambda key: None)
    boss = make_superuser()
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    return boss


def test_the_dashboard_leads_to_the_app_and_its_list_offers_the_actions(client, clerk, lamp):
    page = client.get(reverse("dashboard:catalogue-product-list")).content.decode()
    assert f'href="{reverse("admin:app_list", args=["retail_ai"])}"' in page
    assert "Generate descriptions" in page and "set_product_price" in page
    act = {"action": "retail_ai_describe", "selected_product": [lamp.pk]}
    chosen = client.post(reverse("dashboard:catalogue-product-list"), act)
    assert chosen.context["form"].initial["keys"] == str(lamp.pk)
    act["action"] = "retail_ai_recommend"
    client.post(reverse("dashboard:catalogue-product-list"), act)
    assert Job.objects.get().kind == "recommendations.train"


def test_a_clerk_without_the_permission_starts_nothing(client, shop, lamp):
    clerk = shop.customer("clerk@example.com")
    clerk.is_staff = True
    clerk.save()
    clerk.user_permissions.set(Permission.objects.filter(content_type__app_label="catalogue"))
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    act = {"action": "retail_ai_recommend", "selected_product": [lamp.pk]}
    page = client.post(reverse("dashboard:catalogue-product-list"), act, follow=True).content.decode()
    assert "You have no permission for this." in page and not Job.objects.exists()
    assert reverse("admin:app_list", args=["retail_ai"]) not in page


def test_history_of_before_the_app_is_read_with_its_own_times(shop, store):
    lamp, buyer, when = shop.product("Lamp"), shop.customer("c@example.com"), timezone.now() - timedelta(days=30)
    for name, what in (("UserProductView", {"product": lamp}), ("UserSearch", {"query": "brass"})):
        rows = get_model("analytics", name).objects
        row = rows.create(user=buyer, **what)
        rows.filter(pk=row.pk).update(date_created=when)
    seen = [(one.kind, one.product, one.query, one.occurred_at, one.customer) for one in store.interactions()]
    assert seen == [("view", lamp.pk, "", when, buyer.pk), ("search", None, "brass", when, buyer.pk)]
    assert list(store.interactions(since=timezone.now() - timedelta(days=1))) == []
    assert backfill_interactions()["stored"] == 2 and backfill_interactions()["stored"] == 0

"""The shop's pages, walked through as a shopper does."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from shop_demo.models import HelpPage, Order, OrderLine, Product, Profile, Review
from shop_demo.reviews import save_review

pytestmark = pytest.mark.django_db


def buy(client, product, quantity=1):
    client.post(reverse("shop:cart_add", args=[product.slug]), {"quantity": quantity})
    page = client.get(reverse("shop:checkout")).content.decode()
    hidden = dict(re.findall(r'name="(seen_total|token)" value="([^"]+)"', page))
    address = {"name": "Ada", "email": "ada@example.com", "address": "1 Hill Street"}
    return client.post(reverse("shop:checkout"), {**address, **hidden})


def past_order(user, product, **fields):
    order = Order.objects.create(number=f"S{Order.objects.count()}", user=user, placed_at=timezone.now(), **fields)
    OrderLine.objects.create(order=order, product=product, title=product.title, quantity=1, unit_price=product.price)
    return order


def test_an_empty_shop_says_what_to_do(client, db):
    assert "python manage.py demo" in client.get("/").content.decode()


@pytest.mark.parametrize(
    "address",
    ["/", "/departments/phones/", "/departments/smartphones/", "/products/halden-one/", "/cart/", "/search/",
     "/search/?q=halden", "/help/", "/login/", "/signup/", "/images/halden-one.svg", "/images/departments/phones.svg"],
)  # fmt: skip
def test_every_page_answers(client, phone, address):
    response = client.get(address)
    assert response.status_code == 200
    assert "default-src 'self'" in response["Content-Security-Policy"] or "svg" in address


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pages_have_no_inline_script_or_style(client, phone, language):
    client.cookies["django_language"] = language
    for address in ("/", "/departments/phones/", "/products/halden-one/", "/cart/", "/search/?q=halden"):
        page = client.get(address).content.decode()
        assert not re.search(r"<[^>]+\s(style|on\w+)=|<style|<script(?![^>]+src=)", page), address


def test_hidden_products_are_gone(client, make_product):
    hidden = make_product("Hidden", is_active=False)
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert client.get(f"/images/{hidden.slug}.svg").status_code == 200
    assert client.post(reverse("shop:cart_add", args=[hidden.slug]), {"quantity": 1}).status_code == 404


def test_guest_buys_and_sees_the_order(client, phone, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = buy(client, phone, 2)
    order = Order.objects.get()
    assert response.url == order.get_absolute_url() and order.user is None
    assert order.number in client.get(response.url).content.decode()
    assert Product.objects.get().stock == 3
    assert order.number in mail.outbox[0].subject and mail.outbox[0].to == ["ada@example.com"]
    assert "nothing in your cart" in client.get("/cart/").content.decode()


def test_an_order_is_only_ones_own(client, phone, customer):
    other = User.objects.create_user("eve@example.com", password="long-secret-2")
    order = past_order(customer, phone)
    assert client.get(order.get_absolute_url()).status_code == 404
    client.force_login(other)
    assert client.get(order.get_absolute_url()).status_code == 404
    assert client.post(reverse("shop:order_cancel", args=[order.number])).status_code == 404
    client.force_login(customer)
    assert client.get(order.get_absolute_url()).status_code == 200
    assert order.number in client.get("/account/").content.decode()


def test_sold_out_meanwhile_leads_back_to_the_cart(client, phone):
    client.post(reverse("shop:cart_add", args=[phone.slug]), {"quantity": 2})
    Product.objects.update(stock=1)
    page = client.get("/cart/").content.decode()
    assert "Only 1 left" in page and "Go to checkout" not in page
    client.post("/cart/update/", {"fit": "1"})
    assert "Go to checkout" in client.get("/cart/").content.decode()
    Product.objects.update(stock=0)
    assert "Sold out meanwhile" in client.get("/cart/").content.decode()


@pytest.mark.parametrize("quantity", ["0", "-3", "x", "99999999999999999999", ""])
def test_strange_quantities_change_nothing(client, phone, quantity):
    client.post(reverse("shop:cart_add", args=[phone.slug]), {"quantity": quantity})
    assert "nothing in your cart" in client.get("/cart/").content.decode()


def test_cart_takes_no_more_than_there_are(client, phone):
    client.post(reverse("shop:cart_add", args=[phone.slug]), {"quantity": 9})
    assert client.session["shop_cart"] == {str(phone.pk): 5}
    client.post("/cart/update/", {f"quantity_{phone.pk}": "3"})
    assert client.session["shop_cart"] == {str(phone.pk): 3}
    client.post("/cart/update/", {"remove": str(phone.pk)})
    assert client.session["shop_cart"] == {}


def test_signup_asks_before_sending_offers(client, db):
    data = {
        "first_name": "Ada",
        "email": "Ada@Example.com",
        "password1": "long-secret-1",
        "password2": "long-secret-1",
    }
    assert client.post("/signup/?next=https://evil.example/", data).url == "/account/"
    profile = Profile.objects.get(user__username="ada@example.com")
    assert not profile.wants_news
    client.post("/account/settings/", {"first_name": "Ada L", "wants_news": "on"})
    profile.refresh_from_db()
    assert profile.wants_news and User.objects.get().first_name == "Ada L"
    client.post("/logout/")
    assert "already an account" in client.post("/signup/", data).content.decode()
    assert client.post("/login/", {"username": "ADA@example.com", "password": "long-secret-1"}).status_code == 302


def test_only_buyers_review_once_and_text_is_escaped(client, phone, customer):
    client.force_login(customer)
    address = reverse("shop:review", args=[phone.slug])
    client.post(address, {"rating": "5", "text": "Not bought"})
    assert not Review.objects.exists()
    past_order(customer, phone)
    for text in ("First try", "<script>alert(1)</script>"):
        client.post(address, {"rating": "4", "text": text})
    page = client.get(phone.get_absolute_url()).content.decode()
    assert Review.objects.count() == 1
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page
    assert client.post(address, {"rating": "9", "text": "x"}).status_code == 422


def test_a_cancelled_order_gives_no_review(client, phone, customer):
    client.force_login(customer)
    past_order(customer, phone, status="cancelled")
    client.post(reverse("shop:review", args=[phone.slug]), {"rating": "5", "text": "Great phone"})
    assert not Review.objects.exists()


def test_simulated_reviews_are_labelled(client, phone, customer):
    review = save_review(user=customer, product=phone, rating=5, text="Nice")
    assert '<span class="tag"' not in client.get(phone.get_absolute_url()).content.decode()
    Review.objects.filter(pk=review.pk).update(is_simulated=True)
    assert '<span class="tag"' in client.get(phone.get_absolute_url()).content.decode()


def test_language_choice_is_kept(client, phone, customer):
    client.force_login(customer)
    client.post("/language/", {"language": "zh-hans", "next": "/departments/phones/"})
    page = client.get("/departments/phones/").content.decode()
    assert (
        '<html lang="zh-hans">' in page
        and "手机" in page
        and "加入" in client.get("/products/halden-one/").content.decode()
    )
    assert Profile.objects.get().language == "zh-hans"
    client.post("/language/", {"language": "xx", "next": "/"})
    assert Profile.objects.get().language == "zh-hans"


def test_help_pages_come_in_the_language_of_the_page(client, db):
    for language, title in (("en", "Returns"), ("zh-hans", "退货")):
        HelpPage.objects.create(kind="policy", slug="returns", language=language, title=title, body="30 <b>")
    assert "<h1>Returns</h1>" in client.get("/help/returns/").content.decode()
    client.cookies["django_language"] = "zh-hans"
    page = client.get("/help/returns/").content.decode()
    assert "<h1>退货</h1>" in page and "30 &lt;b&gt;" in page
    assert client.get("/help/nothing/").status_code == 404


def test_not_found_pages_are_the_shops_own(client, phone):
    response = client.get("/nothing/")
    assert response.status_code == 404 and "To the shop" in response.content.decode()


def test_search_suggests_and_survives_odd_input(client, phone):
    answer = client.get("/search/suggestions/", {"q": "hald"}).json()
    assert answer == {"products": [{"title": "Halden One", "kind": "", "url": "/products/halden-one/"}]}
    for query in ("%", "\x00", "'; --", "a" * 5000, "🙂", "手机"):
        assert client.get("/search/", {"q": query, "min": "NaN", "page": "-1"}).status_code == 200


def test_old_orders_show_hidden_products_without_a_link(client, phone, customer):
    order = past_order(customer, phone, is_simulated=True)
    Product.objects.update(is_active=False)
    client.force_login(customer)
    page = client.get(order.get_absolute_url()).content.decode()
    assert phone.get_absolute_url() not in page and "simulated" in page
    assert timezone.now() - order.placed_at < timedelta(minutes=5)


@pytest.mark.parametrize("template", ["500.html", "403_csrf.html"])
def test_pages_of_last_resort_need_nothing(template, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "To the shop" in render_to_string(template)

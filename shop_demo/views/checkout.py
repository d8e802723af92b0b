"""The checkout: one page, one form, one order. No card is asked for: this is a demo."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from retail_ai.events.tracking import track
from shop_demo.cart import Cart, cart_of
from shop_demo.checkout import Buyer, CannotPlace, new_token, place_order
from shop_demo.forms import CheckoutForm
from shop_demo.mail import send_confirmation
from shop_demo.models import Order

GUEST_ORDERS = "shop_orders"


@never_cache
def checkout(request: HttpRequest) -> HttpResponse:
    """Show the form; on POST place the order or say what has changed."""
    cart = cart_of(request)
    if not cart.lines:
        return _nothing_to_order(request)
    if request.method != "POST":
        return _page(request, _fresh_form(request, cart))
    form = CheckoutForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        order = place_order(
            quantities=cart.as_quantities(),
            buyer=_buyer(request, form.cleaned_data),
            seen_total=form.cleaned_data["seen_total"],
            token=form.cleaned_data["token"],
        )
    except CannotPlace as problem:
        return _changed_meanwhile(request, problem)
    return _placed(request, cart, order)


def _nothing_to_order(request: HttpRequest) -> HttpResponse:
    """An empty cart: most often the same form sent twice, so show the order that it made."""
    made = Order.objects.filter(token=request.POST.get("token") or "-", number__in=_numbers(request)).first()
    return redirect(made) if made else redirect("shop:cart")


def _placed(request: HttpRequest, cart: Cart, order: Order) -> HttpResponse:
    for line in order.lines.select_related("product"):
        track(
            request, "purchase", product=line.product, quantity=line.quantity, unit_price=line.unit_price,
            reference=order.number,
        )  # fmt: skip
    cart.clear()
    request.session[GUEST_ORDERS] = [*_numbers(request), order.number][-20:]
    transaction.on_commit(lambda: send_confirmation(order))
    messages.success(request, _("Thank you! Your order %(number)s is placed.") % {"number": order.number})
    return redirect(order)


def _changed_meanwhile(request: HttpRequest, problem: CannotPlace) -> HttpResponse:
    for text in problem.problems:
        messages.error(request, text)
    cart = cart_of(request)
    if cart.has_problem:
        return redirect("shop:cart")
    kept = {name: request.POST.get(name, "") for name in ("name", "email", "address")}
    return _page(request, _fresh_form(request, cart, **kept), status=409)


def _page(request: HttpRequest, form: CheckoutForm, status: int = 200) -> HttpResponse:
    return render(request, "shop/checkout.html", {"form": form}, status=status)


def _fresh_form(request: HttpRequest, cart: Cart, **kept: str) -> CheckoutForm:
    known = _known(request.user) if request.user.is_authenticated else {}
    return CheckoutForm(initial={**known, **kept, "seen_total": cart.total, "token": new_token()})


def _known(user) -> dict[str, str]:
    last = user.shop_orders.exclude(address="").first()
    return {"name": user.get_full_name(), "email": user.email, "address": last.address if last else ""}


def _buyer(request: HttpRequest, data: dict) -> Buyer:
    user = request.user if request.user.is_authenticated else None
    return Buyer(name=data["name"], email=data["email"], address=data["address"], user=user)


def _numbers(request: HttpRequest) -> list[str]:
    return request.session.get(GUEST_ORDERS, [])

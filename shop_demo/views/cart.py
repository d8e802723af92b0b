"""The cart's pages."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from retail_ai.events.tracking import track
from shop_demo.cart import MAX_QUANTITY, cart_of
from shop_demo.forms import CartForm
from shop_demo.models import Product


@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """What is in the cart, with a word on anything that sold out meanwhile."""
    return render(request, "shop/cart.html", {"max_quantity": MAX_QUANTITY})


@require_POST
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a product into the cart, no more than there are."""
    product = get_object_or_404(Product, slug=slug, is_active=True)
    form = CartForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose a quantity from 1 to %(most)d.") % {"most": MAX_QUANTITY})
        return redirect(product)
    cart = cart_of(request)
    wanted = cart.quantity_of(product) + form.cleaned_data["quantity"]
    _tell(request, product, wanted, cart.put(product, wanted))
    track(request, "cart", product=product, quantity=form.cleaned_data["quantity"])
    return redirect("shop:cart")


@require_POST
def update(request: HttpRequest) -> HttpResponse:
    """Set the quantities posted as ``quantity_<key>``; ``remove`` names a product to take out, ``fit`` mends all."""
    cart = cart_of(request)
    removed = request.POST.get("remove")
    if "fit" in request.POST:
        cart.fit()
        return redirect("shop:cart")
    for line in cart.lines:
        wanted = _whole(request.POST.get(f"quantity_{line.product.pk}"), line.quantity)
        if str(line.product.pk) == removed:
            wanted = 0
        if wanted != line.quantity:
            _warn_if_short(request, line.product, wanted, cart.put(line.product, wanted))
    return redirect("shop:cart")


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else default


def _tell(request: HttpRequest, product: Product, wanted: int, got: int) -> None:
    if not got:
        messages.error(request, _("Sorry, “%(title)s” is sold out.") % {"title": product.title})
    elif not _warn_if_short(request, product, wanted, got):
        messages.success(request, _("“%(title)s” is in your cart.") % {"title": product.title})


def _warn_if_short(request: HttpRequest, product: Product, wanted: int, got: int) -> bool:
    if got >= wanted:
        return False
    if got == MAX_QUANTITY:
        text = _("You can order up to %(got)d of “%(title)s” at a time; your cart has that many.")
    else:
        text = _("Only %(got)d of “%(title)s” are left; your cart has that many.")
    messages.warning(request, text % {"got": got, "title": product.title})
    return True

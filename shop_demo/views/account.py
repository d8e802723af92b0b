"""A customer's own pages: signing up, orders, settings, language."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from shop_demo.checkout import cancel_order
from shop_demo.forms import PreferencesForm, SignupForm
from shop_demo.listing import page_of
from shop_demo.models import Order, Profile
from shop_demo.views.checkout import GUEST_ORDERS


@sensitive_post_parameters()
@never_cache
def signup(request: HttpRequest) -> HttpResponse:
    """Make an account and log in."""
    if request.user.is_authenticated:
        return redirect("shop:account")
    form = SignupForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "registration/signup.html", {"form": form, "next": _next(request)})
    user = form.save()
    Profile.objects.create(user=user, language=get_language() or "en", wants_news=form.cleaned_data["wants_news"])
    login(request, user)
    messages.success(request, _("Welcome, %(name)s!") % {"name": user.first_name})
    return HttpResponseRedirect(_next(request)) if _next(request) else redirect("shop:account")


@login_required
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Order history, what the customer wants by e-mail, and the reviews written."""
    profile, _made = Profile.objects.get_or_create(user=request.user)
    form = PreferencesForm(initial={"first_name": request.user.first_name, "wants_news": profile.wants_news})
    orders = page_of(
        request.user.shop_orders.prefetch_related("lines__product__department"), request.GET.get("page"), 10
    )
    reviews = request.user.shop_reviews.select_related("product")[:10]
    return render(request, "shop/account.html", {"orders": orders, "form": form, "reviews": reviews})


@login_required
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Save name and e-mail choice."""
    form = PreferencesForm(request.POST)
    if form.is_valid():
        request.user.first_name = form.cleaned_data["first_name"]
        request.user.save(update_fields=["first_name"])
        Profile.objects.update_or_create(user=request.user, defaults={"wants_news": form.cleaned_data["wants_news"]})
        messages.success(request, _("Your settings are saved."))
    else:
        messages.error(request, _("Please enter your name."))
    return redirect("shop:account")


@never_cache
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One of one's own orders; anybody else's does not exist."""
    found = _own_order(request, number)
    lines = found.lines.select_related("product__department")
    return render(request, "shop/order.html", {"order": found, "lines": lines})


@require_POST
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Cancel one of one's own orders before it is shipped."""
    found = _own_order(request, number)
    if cancel_order(order=found):
        messages.success(request, _("Order %(number)s is cancelled.") % {"number": number})
    else:
        messages.error(request, _("This order can no longer be cancelled."))
    return redirect(found)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages, and remember it for those who are logged in."""
    code = request.POST.get("language")
    if request.user.is_authenticated and code in dict(settings.LANGUAGES):
        Profile.objects.update_or_create(user=request.user, defaults={"language": code})
    return set_language(request)


def _own_order(request: HttpRequest, number: str) -> Order:
    if request.user.is_authenticated:
        mine = Order.objects.filter(user=request.user, number=number).first()
        if mine:
            return mine
    if number not in request.session.get(GUEST_ORDERS, []):
        raise Http404(number)
    return get_object_or_404(Order, number=number, user=None)


def _next(request: HttpRequest) -> str:
    """Where to go afterwards; only ever within this shop."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if safe else ""

"""Departments, product pages and the reviews written on them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from retail_ai.events.tracking import track
from shop_demo import listing
from shop_demo.cart import cart_of
from shop_demo.departments import find_shelf, shelves_of
from shop_demo.facets import MAX_PRODUCTS, brands_of, facets_of, price_range
from shop_demo.forms import CartForm, ReviewForm
from shop_demo.models import Product
from shop_demo.related import goes_with
from shop_demo.reviews import has_bought, rating_counts, save_review, with_ratings

REVIEWS_SHOWN = 8


def department(request: HttpRequest, slug: str) -> HttpResponse:
    """A department with those below it: filters, order, pages."""
    shelf = find_shelf(shelves_of(request), slug)
    if shelf is None:
        raise Http404(slug)
    wishes = listing.read_wishes(request.GET)
    products = Product.objects.filter(department__in=shelf.ids, is_active=True).select_related("department")
    page = listing.page_of(listing.sort(listing.narrow(products, wishes), wishes.sort), request.GET.get("page"))
    page.object_list = with_ratings(page.object_list)
    context = {
        "shelf": shelf,
        "department": shelf.department,
        "page": page,
        "wishes": wishes,
        "sorts": listing.SORTS,
        "facets": facets_of(shelf.ids) if shelf.count <= MAX_PRODUCTS else (),
        "brands": brands_of(shelf.ids),
        "price_range": price_range(shelf.ids),
    }
    return render(request, "shop/department.html", context)


def product(request: HttpRequest, slug: str) -> HttpResponse:
    """One product: picture, price, stock, facts, reviews, what is like it."""
    item = get_object_or_404(_visible(), slug=slug)
    with_ratings([item])
    track(request, "view", product=item)
    return render(request, "shop/product.html", _product_context(request, item, ReviewForm()))


@login_required
@require_POST
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Write or change one's own review; buyers only."""
    item = get_object_or_404(_visible(), slug=slug)
    if not has_bought(user=request.user, product=item):
        messages.error(request, _("Only customers who bought this product can review it."))
        return redirect(item)
    form = ReviewForm(request.POST)
    if form.is_valid():
        save_review(user=request.user, product=item, **form.cleaned_data)
        messages.success(request, _("Thank you. Your review is on the page."))
        return redirect(item.get_absolute_url() + "#reviews")
    with_ratings([item])
    return render(request, "shop/product.html", _product_context(request, item, form), status=422)


def _visible():
    return Product.objects.filter(is_active=True).select_related("department__parent")


def _product_context(request: HttpRequest, item: Product, form: ReviewForm) -> dict:
    reviews = item.reviews.select_related("user")
    mine = reviews.filter(user=request.user).first() if request.user.is_authenticated else None
    if mine and not form.is_bound:
        form = ReviewForm(initial={"rating": mine.rating, "text": mine.text})
    shown = listing.page_of(reviews, request.GET.get("reviews"), REVIEWS_SHOWN)
    return {
        "product": item,
        "form": CartForm(),
        "review_form": form,
        "may_review": has_bought(user=request.user, product=item),
        "my_review": mine,
        "reviews": shown,
        "rating_counts": rating_counts(item),
        "in_cart": cart_of(request).quantity_of(item),
        "goes_with": with_ratings(goes_with(item)),
    }

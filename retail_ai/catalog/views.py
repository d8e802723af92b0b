"""The page a found product is opened by: it notes the click and sends the shopper on to the product."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from retail_ai.catalog.recording import record_click
from retail_ai.stores import get_store


@require_GET
@never_cache
def open_hit(request: HttpRequest, search: str, product: str) -> HttpResponse:
    """Redirect to a product that shoppers may see, and note that it was found by this search. 404 for any other."""
    store = get_store()
    try:
        key = store.product_model._meta.pk.to_python(product)
    except (ValidationError, ValueError) as error:
        raise Http404 from error
    row = store.visible().filter(pk=key).first()
    if row is None:
        raise Http404
    record_click(request, search, key)
    return HttpResponseRedirect(store.product_url(row) or "/")

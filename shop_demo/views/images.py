"""Pictures of products and departments, drawn as SVG on request and kept by browsers."""

from zlib import crc32

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response

from shop_demo.drawings import draw_department, draw_product
from shop_demo.models import Department, Product


def product_image(request: HttpRequest, slug: str) -> HttpResponse:
    """The product's picture, for hidden products too: old orders still show them."""
    product = get_object_or_404(Product.objects.select_related("department"), slug=slug)
    return _svg(request, draw_product(product))


def department_image(request: HttpRequest, slug: str) -> HttpResponse:
    """A department's picture."""
    return _svg(request, draw_department(get_object_or_404(Department, slug=slug)))


def _svg(request: HttpRequest, text: str) -> HttpResponse:
    """SVG that runs nothing, kept for an hour and asked after by its ETag."""
    etag = f'"{crc32(text.encode()):08x}"'
    response = HttpResponse(text, content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=3600"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'none'"
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response

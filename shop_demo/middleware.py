"""Security headers of the shop's pages: scripts, styles and pictures come from this shop alone, nothing inline."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'self'; img-src 'self' data:; script-src 'self'; style-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


def content_security_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """The admin and the API's pages bring their own ways and are left as they are."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith(("/admin/", "/retail-ai/")) and not _is_debug_page(response):
            response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return middleware


def _is_debug_page(response: HttpResponse) -> bool:
    """Django's own error pages for developers have their style inline."""
    return settings.DEBUG and response.status_code in (404, 500)

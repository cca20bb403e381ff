"""Who may talk to the phones: pages of this server, and programs; never another site's page."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def own_pages_only(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Check the Host of every request, and where a request that changes something came from.

    There is no login and no cookie to protect, so no token either: browsers say truthfully which
    page sent a request, and programs (the SDK, curl, tests) say nothing and are let in.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            host = request.get_host()
        except DisallowedHost:
            return HttpResponseBadRequest("unknown host", content_type="text/plain")
        if request.method not in SAFE_METHODS and _is_foreign(request, host):
            return HttpResponseForbidden("another site may not do this", content_type="text/plain")
        return get_response(request)

    return middleware


def _is_foreign(request: HttpRequest, host: str) -> bool:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != host

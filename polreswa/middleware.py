"""The way of a request before it reaches a view."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotFound,
    HttpResponsePermanentRedirect,
)
from django.urls import resolve

PROBES = {"/healthz", "/readyz", "/metrics"}
"""Asked by machines inside, in plain http."""

Next = Callable[[HttpRequest], HttpResponse]


def webhook_shortcut(get_response: Next) -> Next:
    """Twilio's calls go straight to their view: no session, no cookie, no redirect, no Host header, and less time."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(settings.TWILIO_PREFIXES):
            return get_response(request)
        try:
            match = resolve(request.path_info)
        except Http404:
            return HttpResponseNotFound()
        request.resolver_match = match
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return response

    return middleware


def https_only(get_response: Next) -> Next:
    """With an https PUBLIC_URL every page is https; plain http is for this machine itself, past no proxy."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_fine = not settings.IS_HTTPS or request.is_secure() or request.path_info in PROBES
        if is_fine or _is_from_here(request):
            return get_response(request)
        return HttpResponsePermanentRedirect(settings.PUBLIC_URL + request.get_full_path())

    return middleware


def _is_from_here(request: HttpRequest) -> bool:
    host = urlsplit(f"//{request.get_host()}").hostname
    is_forwarded = "X-Forwarded-For" in request.headers or "X-Forwarded-Proto" in request.headers
    return host in {"127.0.0.1", "localhost", "::1"} and not is_forwarded


def client_address(request: HttpRequest) -> str:
    """Whose wrong passwords are counted: the address that our proxy, on this machine, saw; else whoever speaks to us.

    Of X-Forwarded-For only the last entry is the proxy's own word; the rest is what the client claims.
    """
    direct: str = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded if forwarded and direct in {"127.0.0.1", "::1"} else direct


def private_pages(get_response: Next) -> Next:
    """No page of the desk stays in a browser's or proxy's cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware

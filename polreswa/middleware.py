"""The way of a request before it reaches a view."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import resolve

Next = Callable[[HttpRequest], HttpResponse]


def webhook_shortcut(get_response: Next) -> Next:
    """Twilio's calls go straight to their view: no session, no cookie, no redirect, no Host header, and less time."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(settings.WEBHOOK_PREFIX):
            return get_response(request)
        try:
            match = resolve(request.path_info)
        except Http404:
            return HttpResponseNotFound()
        request.resolver_match = match
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return response

    return middleware


def private_pages(get_response: Next) -> Next:
    """No page of the desk stays in a browser's or proxy's cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware

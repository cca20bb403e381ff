"""Media: the description, the way to the bytes, and the bytes on the other host."""

import time
from hmac import compare_digest
from urllib.parse import urlencode

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseForbidden,
    JsonResponse,
)
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from simulator.configuration import configuration
from simulator.exchange import exchange
from simulator.records import Media, Message
from simulator.twilio_api import shapes
from simulator.twilio_api.access import api
from simulator.twilio_api.errors import ApiError
from simulator.twilio_api.messages import find

VALID_SECONDS = 4 * 3600


@api("GET")
def collection(request: HttpRequest, sid: str) -> HttpResponseBase:
    """The files of one message."""
    message = find(sid)
    return JsonResponse(
        shapes.page(
            request,
            "media_list",
            message.kept_media,
            shape=lambda media: shapes.media(media, message),
            find=lambda known: next((one for one in message.media if one.sid == known), None),
        )
    )


@api("GET", "DELETE")
def resource(request: HttpRequest, sid: str, media_sid: str) -> HttpResponseBase:
    """The description of one file, or its end at Twilio."""
    message, media = _find(sid, media_sid)
    if request.method == "DELETE":
        with exchange().ledger.changing(message):
            media.removed = True
        return HttpResponse(status=204)
    return JsonResponse(shapes.media(media, message))


@api("GET", "HEAD")
def content(request: HttpRequest, sid: str, media_sid: str) -> HttpResponseBase:
    """Send an authorised client to the bytes, which lie on another host for a while."""
    _find(sid, media_sid)
    config = configuration()
    path = f"/{config.account_sid}/{sid}/{media_sid}"
    expires = int(time.time()) + VALID_SECONDS
    query = urlencode({"Expires": expires, "Signature": _signature(path, str(expires))})
    answer = HttpResponse(status=307)
    answer["Location"] = f"{config.media_url}{path}?{query}"
    return answer


@require_safe
def signed(request: HttpRequest, account: str, sid: str, media_sid: str) -> HttpResponseBase:
    """The bytes, for whoever holds an address that was signed and has not expired."""
    expires = request.GET.get("Expires", "")
    expected = _signature(request.path, expires)
    if not compare_digest(expected.encode(), request.GET.get("Signature", "").encode()):
        return HttpResponseForbidden("Access Denied", content_type="text/plain")
    if int(expires) < time.time():
        return HttpResponseForbidden("Request has expired", content_type="text/plain")
    # A real CDN refuses a request that is authorised twice.
    if "Authorization" in request.headers:
        return HttpResponse("Only one authorization", status=400, content_type="text/plain")
    try:
        _, media = _find(sid, media_sid)
    except ApiError as problem:
        raise Http404 from problem
    if (stored := exchange().box.get_media(media.sid)) is None:
        raise Http404
    return HttpResponse(stored, content_type=media.content_type)


def _find(sid: str, media_sid: str) -> tuple[Message, Media]:
    """A message and one of the files Twilio still has. Raises ApiError."""
    message = find(sid)
    for media in message.kept_media:
        if media.sid == media_sid:
            return message, media
    raise ApiError(20404)


def _signature(path: str, expires: str) -> str:
    return salted_hmac("simulator.media", f"{path}?{expires}", algorithm="sha256").hexdigest()

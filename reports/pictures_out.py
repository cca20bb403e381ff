"""A photo on its way out to Twilio, which fetches it without credentials: the signed, short-lived address is the key."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.decorators.http import require_safe

from reports import pictures
from reports.identity.vault import Unreadable

logger = logging.getLogger(__name__)

HEADERS = {
    "Content-Disposition": 'inline; filename="foto.jpg"',
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@login_not_required
@require_safe
def picture_out(request: HttpRequest, token: str) -> HttpResponse:
    """The picture; the same empty 404 for whatever is wrong with the address."""
    picture = pictures.named_by(token)
    if picture is None:
        return HttpResponseNotFound(headers={"Cache-Control": "no-store"})
    try:
        jpeg = pictures.read(picture)
    except Unreadable:
        return HttpResponseNotFound(headers={"Cache-Control": "no-store"})
    logger.info("picture fetched", extra={"picture": str(picture.pk), "method": request.method})
    body = b"" if request.method == "HEAD" else jpeg
    answer = HttpResponse(body, content_type="image/jpeg", headers=HEADERS)
    answer.headers["Content-Length"] = str(len(jpeg))
    return answer

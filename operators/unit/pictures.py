"""A picture of a task, for the members of the unit that has the task."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from operators.permissions import OperatorRequest, requires
from operators.unit import mine
from reports import dispatch_pictures, imaging

HEADERS = {
    "Content-Disposition": 'inline; filename="foto.jpg"',
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}


@require_safe
@requires("work_assignment")
def picture(request: OperatorRequest, dispatch_picture_id: UUID) -> HttpResponse:
    return _jpeg(_opened(request, dispatch_picture_id))


@require_safe
@requires("work_assignment")
def thumbnail(request: OperatorRequest, dispatch_picture_id: UUID) -> HttpResponse:
    return _jpeg(imaging.thumbnail(_opened(request, dispatch_picture_id)))


def _opened(request: OperatorRequest, dispatch_picture_id: UUID) -> bytes:
    found = mine.pictures(request.user).filter(pk=dispatch_picture_id).first()
    content = dispatch_pictures.opened(found) if found else None
    if content is None:
        raise Http404
    return content


def _jpeg(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="image/jpeg", headers=HEADERS)

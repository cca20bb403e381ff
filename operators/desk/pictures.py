"""Pictures at the desk: laid beside an answer, taken away again, and looked at once they are sent."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from operators import picture_files
from operators.desk import page
from operators.permissions import OperatorRequest, requires
from reports import imaging, pictures
from reports.actors import Refused
from reports.identity.vault import Unreadable
from reports.models import Picture, ReplyTemplate, Report


@require_POST
@requires("reply")
def attach(request: OperatorRequest, number: str) -> HttpResponse:
    """Take one file for the answer that this person writes; the strip of what lies beside it now."""
    shown = page.get_report(request, number)
    try:
        pictures.attach(shown, picture_files.posted(request), by=request.user)
    except Refused as refusal:
        return _strip(request, shown, refusal)
    return _strip(request, shown)


@require_POST
@requires("reply")
def attach_canned(request: OperatorRequest, number: str) -> HttpResponse:
    """The same with the picture of the canned reply that was chosen; without one the strip stays as it is."""
    shown = page.get_report(request, number)
    chosen = request.POST.get("template", "")
    templates = ReplyTemplate.objects.filter(station=shown.station, is_active=True)
    template = get_object_or_404(templates, pk=int(chosen) if chosen.isdecimal() else 0)
    try:
        pictures.attach_canned(shown, template, by=request.user)
    except Refused as refusal:
        return _strip(request, shown, refusal)
    return _strip(request, shown)


@require_POST
@requires("reply")
def remove(request: OperatorRequest, number: str, picture_id: UUID) -> HttpResponse:
    shown = page.get_report(request, number)
    try:
        pictures.remove(shown, picture_id, by=request.user)
    except Refused as refusal:
        return _strip(request, shown, refusal)
    return _strip(request, shown)


@require_safe
@requires("read_report")
def picture(request: OperatorRequest, number: str, picture_id: UUID) -> HttpResponse:
    return picture_files.answer(_opened(request, number, picture_id))


@require_safe
@requires("read_report")
def thumbnail(request: OperatorRequest, number: str, picture_id: UUID) -> HttpResponse:
    return picture_files.answer(imaging.thumbnail(_opened(request, number, picture_id)))


def _strip(request: OperatorRequest, shown: Report, refusal: Refused | None = None) -> HttpResponse:
    context = {"report": shown, "picture_refusal": refusal} | page.beside_answer(request, shown)
    status = 200 if refusal is None else 409
    return render(request, "desk/_pictures.html", context, status=status)


def _opened(request: OperatorRequest, number: str, picture_id: UUID) -> bytes:
    """A picture that was sent, or that lies beside an answer of this person."""
    shown = page.get_report(request, number)
    found = get_object_or_404(Picture, pk=picture_id, report=shown)
    if found.message_id is None and found.by_id != request.user.pk:
        raise Http404
    try:
        return pictures.shown(found, by=request.user)
    except Unreadable:
        raise Http404 from None

"""Handing a report to units from its page, calling them off, their pictures, and the status by hand."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from operators.desk import page, queue
from operators.desk.dispatch_form import DispatchForm, Panel
from operators.desk.forms import NOTE_LIMIT, Writing
from operators.models import Unit
from operators.permissions import OperatorRequest, requires
from reports import assignment, copies, dispatch_pictures, imaging, progressing
from reports.identity.vault import Unreadable
from reports.models import Assignment, DispatchPicture, MediaFile

HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": 'inline; filename="foto.jpg"',
    "Content-Security-Policy": "sandbox; default-src 'none'",
}


class CallOffForm(forms.Form):
    reason = Writing(
        max_length=NOTE_LIMIT,
        error_messages={"required": _("Write why the unit is called off.")},
    )


class StatusForm(forms.Form):
    status = forms.ChoiceField(choices=[(one.value, one.label) for one in progressing.BY_HAND])
    unchecked_because = Writing(max_length=NOTE_LIMIT, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("dispatch")
def dispatch(request: OperatorRequest, number: str) -> HttpResponse:
    """The form, and what it sends."""
    shown = page.get_report(request, number)
    if request.method != "POST":
        panel = Panel(shown, request.user)
        if page.is_htmx(request):
            context = {"report": shown, "panel": panel, "view": queue.behind_view(request)}
            return render(request, "desk/_dispatch_form.html", context)
        return page.show(request, page.everything(request, shown) | {"panel": panel})
    form = DispatchForm(request.POST, pictures=copies.available(shown, by=request.user))
    confirmed = request.POST.getlist("confirmed")
    panel = Panel(shown, request.user, form, confirmed)
    if not form.is_valid():
        return page.again(request, shown, panel=panel)
    given = form.cleaned_data
    slugs = list(dict.fromkeys(filter(None, (given["unit"], given["together"]))))
    units = Unit.objects.filter(station=shown.station_id, slug__in=slugs)
    to = sorted(units, key=lambda unit: slugs.index(unit.slug))
    if [unit.slug for unit in to] != slugs:
        form.add_error("unit", _("Choose the unit."))
        return page.again(request, shown, panel=panel)
    files = MediaFile.objects.filter(pk__in=given["picture"])

    def send() -> None:
        assignment.assign_together(
            shown,
            to=to,
            brief=given["brief"],
            place_note=given["place_note"],
            pictures=list(files),
            wants_photo=given["wants_photo"],
            unchecked_because=given["unchecked_because"],
            confirmed=confirmed,
            by=request.user,
        )

    return page.do(request, shown, send, panel=panel)


@require_POST
@requires("dispatch")
def call_off(request: OperatorRequest, number: str, assignment_id: UUID) -> HttpResponse:
    shown = page.get_report(request, number)
    one = get_object_or_404(Assignment, pk=assignment_id, report=shown)
    form = CallOffForm(request.POST)
    on_page: dict[str, Any] = {"call_off_form": form, "called_off": one.pk}
    if not form.is_valid():
        return page.again(request, shown, **on_page)
    reason = form.cleaned_data["reason"]
    return page.do(
        request, shown, lambda: assignment.call_off(one, reason=reason, by=request.user), **on_page
    )


@require_POST
@requires("set_status")
def status(request: OperatorRequest, number: str) -> HttpResponse:
    shown = page.get_report(request, number)
    form = StatusForm(request.POST)
    if not form.is_valid():
        return page.again(request, shown, refusal=_("Choose the status."))
    to, reason = form.cleaned_data["status"], form.cleaned_data["unchecked_because"]
    return page.do(
        request, shown, lambda: progressing.set_status(shown, to, reason, by=request.user)
    )


@require_safe
@requires("read_report")
def picture(request: OperatorRequest, number: str, dispatch_picture_id: UUID) -> HttpResponse:
    return _jpeg(_opened(request, number, dispatch_picture_id))


@require_safe
@requires("read_report")
def thumbnail(request: OperatorRequest, number: str, dispatch_picture_id: UUID) -> HttpResponse:
    return _jpeg(imaging.thumbnail(_opened(request, number, dispatch_picture_id)))


def _opened(request: OperatorRequest, number: str, picture_id: UUID) -> bytes:
    shown = page.get_report(request, number)
    found = get_object_or_404(DispatchPicture, pk=picture_id, assignment__report=shown)
    try:
        return dispatch_pictures.read(found)
    except Unreadable:
        raise Http404 from None


def _jpeg(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="image/jpeg", headers=HEADERS)

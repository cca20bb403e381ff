"""The checks of one person: the list, one of them, and what is done in it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from operators import maps, picture_files
from operators.checks.forms import NoteForm, OfficerForm, ResultForm
from operators.desk import times
from operators.permissions import OperatorRequest, requires
from reports import compartment, imaging, verification
from reports.actors import Refused
from reports.compartment import Inside
from reports.identity.vault import Unreadable

SHOWN = 50


@require_safe
@requires("check")
def checks(request: OperatorRequest) -> HttpResponse:
    """What this person is named in or has asked for: what runs, then what has ended lately."""
    mine = list(compartment.of(request.user)[:SHOWN])
    context = {
        "running": [one for one in mine if one.is_running],
        "over": [one for one in mine if not one.is_running],
        "at_most": SHOWN if len(mine) == SHOWN else None,
    }
    return render(request, "checks/checks.html", context)


@require_safe
@requires("check")
def check(request: OperatorRequest, check_id: UUID) -> HttpResponse:
    return _show(request, _opened(request, check_id))


@require_POST
@requires("check")
def begin(request: OperatorRequest, check_id: UUID) -> HttpResponse:
    inside = _opened(request, check_id)
    return _do(request, inside, lambda: verification.begin(inside.verification, by=request.user))


@require_POST
@requires("check")
def note(request: OperatorRequest, check_id: UUID) -> HttpResponse:
    inside = _opened(request, check_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _show(request, inside, status=422, note_form=form)
    text = form.cleaned_data["text"]
    return _do(
        request,
        inside,
        lambda: verification.note(inside.verification, text, by=request.user),
        note_form=form,
    )


@require_POST
@requires("check")
def take_photo(request: OperatorRequest, check_id: UUID) -> HttpResponse:
    inside = _opened(request, check_id)

    def keep() -> None:
        data = picture_files.posted(request, "photo")
        verification.photo(inside.verification, data, by=request.user)

    return _do(request, inside, keep)


@require_POST
@requires("check")
def finish(request: OperatorRequest, check_id: UUID) -> HttpResponse:
    inside = _opened(request, check_id)
    form = ResultForm(request.POST)
    if not form.is_valid():
        return _show(request, inside, status=422, result_form=form)
    given = form.cleaned_data
    return _do(
        request,
        inside,
        lambda: verification.finish(
            inside.verification, result=given["result"], note=given["note"], by=request.user
        ),
        result_form=form,
    )


@require_POST
@requires("check")
def add_officer(request: OperatorRequest, check_id: UUID) -> HttpResponse:
    return _name(request, check_id, verification.add_officer)


@require_POST
@requires("check")
def remove_officer(request: OperatorRequest, check_id: UUID) -> HttpResponse:
    return _name(request, check_id, verification.remove_officer)


@require_safe
@requires("check")
def around(request: OperatorRequest, check_id: UUID) -> HttpResponse:
    """What the map of a check draws; of one that was called off, nothing."""
    shown = _opened(request, check_id).verification
    point = (None, None) if shown.called_off_at else (shown.latitude, shown.longitude)
    return JsonResponse(maps.near(shown.station_id, *point))


@require_safe
@requires("check")
def photo(request: OperatorRequest, check_id: UUID, photo_id: UUID) -> HttpResponse:
    return picture_files.answer(_jpeg(request, check_id, photo_id))


@require_safe
@requires("check")
def thumbnail(request: OperatorRequest, check_id: UUID, photo_id: UUID) -> HttpResponse:
    return picture_files.answer(imaging.thumbnail(_jpeg(request, check_id, photo_id)))


def _name(request: OperatorRequest, check_id: UUID, verb: Callable[..., None]) -> HttpResponse:
    inside = _opened(request, check_id)
    form = OfficerForm(request.POST)
    # What no form of ours sends names nobody.
    officer = form.cleaned_data["officer"] if form.is_valid() else 0
    return _do(request, inside, lambda: verb(inside.verification, officer, by=request.user))


def _opened(request: OperatorRequest, check_id: UUID) -> Inside:
    """Fetching is the permission check: a check that this person is not named in does not exist."""
    inside = compartment.opened(check_id, by=request.user)
    if inside is None:
        raise Http404
    return inside


def _jpeg(request: OperatorRequest, check_id: UUID, photo_id: UUID) -> bytes:
    try:
        jpeg = compartment.photo(check_id, photo_id, by=request.user)
    except Unreadable:
        raise Http404 from None
    if jpeg is None:
        raise Http404
    return jpeg


def _do(
    request: OperatorRequest, inside: Inside, verb: Callable[[], object], **forms: Any
) -> HttpResponse:
    """Run one verb. Refused: the page again, with the reason and with everything that was typed."""
    try:
        verb()
    except Refused as refusal:
        fresh = _opened(request, inside.verification.pk)
        return _show(request, fresh, status=409, refusal=str(refusal), **forms)
    return redirect("checks:check", inside.verification.pk)


def _show(
    request: OperatorRequest, inside: Inside, *, status: int = 200, **extra: Any
) -> HttpResponse:
    shown = inside.verification
    is_officer = inside.names(request.user)
    is_asker = shown.asked_by_id == request.user.pk
    context: dict[str, Any] = {
        "inside": inside,
        "check": shown,
        "point": maps.in_figures(shown.latitude, shown.longitude),
        **maps.files(),
        "since": times.since(shown.asked_at, timezone.now()),
        "may_note": shown.is_running,
        "may_check": shown.is_running and is_officer,
        "may_begin": shown.is_running and is_officer and shown.begun_at is None,
        "others": verification.more_for(shown) if shown.is_running and is_asker else None,
        "note_form": NoteForm(),
        "result_form": ResultForm(),
    }
    return render(request, "checks/check.html", context | extra, status=status)

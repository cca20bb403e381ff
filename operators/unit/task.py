"""One task: what the desk has written of it, how far the unit is, and the next step."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from operators.desk import times
from operators.permissions import OperatorRequest, requires
from operators.unit import ground, mine, tasks
from operators.unit.forms import FinishForm, GiveBackForm
from operators.unit.photos import Photos
from reports import assignment, briefs, dispatch_pictures
from reports.actors import NotAllowed, Refused
from reports.models import Assignment, DispatchPicture
from reports.models.assignment import Progress
from reports.steps import Ended

Verb = Callable[..., Assignment]


class Step(NamedTuple):
    """A line of how far the unit is."""

    words: str
    at: SafeString | None
    who: str


@require_safe
@requires("work_assignment")
def task(request: OperatorRequest, dispatch_number: str) -> HttpResponse:
    return _page(request, mine.task(request.user, dispatch_number))


@require_safe
@requires("work_assignment")
def work(request: OperatorRequest, dispatch_number: str) -> HttpResponse:
    """What an open page asks every ten seconds: 204 when the task is as the page has it, 205 when it must be drawn anew,
    else the part that changes."""
    found = mine.task(request.user, dispatch_number)
    seen = request.GET.get("seen", "")
    context = _work(request, found)
    if seen == context["seen"]:
        return HttpResponse(status=204)
    if not found.is_running:
        return HttpResponse(status=205)
    return render(request, "unit/_work.html", context)


@require_POST
@requires("work_assignment")
def accept(request: OperatorRequest, dispatch_number: str) -> HttpResponse:
    return _step(request, dispatch_number, assignment.accept)


@require_POST
@requires("work_assignment")
def set_out(request: OperatorRequest, dispatch_number: str) -> HttpResponse:
    return _step(request, dispatch_number, assignment.set_out)


@require_POST
@requires("work_assignment")
def arrive(request: OperatorRequest, dispatch_number: str) -> HttpResponse:
    return _step(request, dispatch_number, assignment.arrive)


@require_POST
@requires("work_assignment")
def finish(request: OperatorRequest, dispatch_number: str) -> HttpResponse:
    """Pictures first: those that are taken stay, whatever becomes of the rest of the form."""
    found = mine.task(request.user, dispatch_number)
    form, photos = FinishForm(request.POST), Photos.taken(request, found)
    if not form.is_valid() or photos.refusals:
        return _page(request, found, status=422, finish_form=form, photos=photos)
    return _end(request, found, Progress.FINISHED, assignment.finish, finish_form=form)


@require_POST
@requires("work_assignment")
def give_back(request: OperatorRequest, dispatch_number: str) -> HttpResponse:
    found = mine.task(request.user, dispatch_number)
    form = GiveBackForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, give_back_form=form)
    return _end(request, found, Progress.RETURNED, assignment.give_back, give_back_form=form)


@require_POST
@requires("work_assignment")
def add_photos(request: OperatorRequest, dispatch_number: str) -> HttpResponse:
    """Pictures alone, before the task is finished."""
    found = mine.task(request.user, dispatch_number)
    photos = Photos.taken(request, found)
    if photos.refusals:
        return _page(request, found, status=422, photos=photos)
    return _done(request, found)


@require_POST
@requires("work_assignment")
def remove_photo(
    request: OperatorRequest, dispatch_number: str, dispatch_picture_id: UUID
) -> HttpResponse:
    found = mine.task(request.user, dispatch_number)
    try:
        dispatch_pictures.remove(found, dispatch_picture_id, by=request.user)
    except Refused as refusal:
        return _refused(request, found, refusal)
    return _done(request, found)


def _step(request: OperatorRequest, dispatch_number: str, verb: Verb) -> HttpResponse:
    found = mine.task(request.user, dispatch_number)
    try:
        verb(found, by=request.user)
    except Refused as refusal:
        return _refused(request, found, refusal)
    return _done(request, found)


def _end(
    request: OperatorRequest, found: Assignment, ends_as: Progress, verb: Verb, **forms: Any
) -> HttpResponse:
    (form,) = forms.values()
    try:
        verb(found, **form.cleaned_data, by=request.user)
    except Ended as refusal:
        now = mine.task(request.user, found.number)
        # Sent twice: the first has done it.
        if (now.progress, now.ended_by_id) != (ends_as, request.user.pk):
            return _refused(request, found, refusal)
    except Refused as refusal:
        return _refused(request, found, refusal, **forms)
    path = redirect("unit:task", found.number)
    return HttpResponseClientRedirect(path.url) if _is_htmx(request) else path


def _done(request: OperatorRequest, found: Assignment) -> HttpResponse:
    if _is_htmx(request):
        return _page(request, mine.task(request.user, found.number))
    return redirect("unit:task", found.number)


def _refused(
    request: OperatorRequest, found: Assignment, refusal: Refused, **forms: Any
) -> HttpResponse:
    if isinstance(refusal, NotAllowed):
        raise Http404
    now = mine.task(request.user, found.number)
    return _page(request, now, status=409, refusal=refusal, **forms)


def _page(
    request: OperatorRequest, found: Assignment, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The whole page, or for htmx the part that changes; one that has ended meanwhile is drawn anew in any case."""
    if _is_htmx(request) and not found.is_running:
        path = redirect("unit:task", found.number)
        return HttpResponseClientRedirect(path.url)
    context = _work(request, found) | more
    if _is_htmx(request):
        return render(request, "unit/_work.html", context, status=status)
    return render(request, "unit/task.html", context | _given(request, found), status=status)


def _is_htmx(request: OperatorRequest) -> bool:
    """Whether the page asks for its part only. Going back in the browser asks for the whole page."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request


def _work(request: OperatorRequest, found: Assignment) -> dict[str, Any]:
    """What changes while the unit works."""
    photos = list(_pictures(request, found, DispatchPicture.Origin.UNIT))
    return {
        "is_field": True,
        "task": found,
        "point": ground.in_figures(found),
        "row": tasks.row(found, timezone.now(), request.user),
        "steps": _steps(found, by_name=request.user.may("lead_unit")),
        "own_photos": photos,
        "photos_left": settings.TASK_PICTURES_MOST - len(photos),
        "finish_form": FinishForm(),
        "give_back_form": GiveBackForm(),
        "text_limit": assignment.TEXT_LIMIT,
        "seen": f"{found.progress}.{len(photos)}",
    }


def _given(request: OperatorRequest, found: Assignment) -> dict[str, Any]:
    """What the desk has given along; of a task that was given back or called off, nothing."""
    words = briefs.for_unit([found], by=request.user)[found.pk]
    if mine.is_gone(found):
        return {"closing_note": words.closing_note}
    return {
        "brief": words.brief,
        "place_note": words.place_note,
        "closing_note": words.closing_note,
        "given_pictures": list(_pictures(request, found, DispatchPicture.Origin.DESK)),
        **ground.map_files(),
    }


def _pictures(request: OperatorRequest, found: Assignment, origin: str) -> Any:
    return mine.pictures(request.user).filter(assignment=found, origin=origin)


def _steps(found: Assignment, *, by_name: bool) -> list[Step]:
    def step(words: str, at: datetime | None, who: object = "") -> Step:
        shown = str(who) if by_name and who else ""
        return Step(words, times.at_day_and_time(at) if at else None, shown)

    return [
        step(pgettext("step of a task", "Sent by the desk"), found.sent_at),
        step(pgettext("step of a task", "Accepted"), found.accepted_at, found.accepted_by),
        step(pgettext("step of a task", "On the way"), found.under_way_at),
        step(pgettext("step of a task", "On the scene"), found.arrived_at),
    ]

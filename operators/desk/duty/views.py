"""The pages about shifts. Each verb is one of `operators.shifts` and `operators.handover`."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from operators import handover, shifts
from operators.desk.duty import paper
from operators.desk.duty.forms import CrewForm, WhenForm, WordsForm
from operators.desk.duty.shown import Shown
from operators.models import Duty, Handover, Operator, ReguMember, Shift
from operators.permissions import OperatorRequest, requires
from reports.actors import Refused
from reports.identity import vault

LATEST = 30


@require_safe
@requires("see_duty")
def duty(request: OperatorRequest) -> HttpResponse:
    """Who is on duty, what the pattern plans, the latest shifts, and who was there at a given time."""
    return render(request, "desk/duty/shifts.html", _overview(request))


@require_POST
@requires("start_shift")
def start(request: OperatorRequest) -> HttpResponse:
    form = _crew(request.user, request.POST)
    if not form.is_valid():
        return render(
            request, "desk/duty/shifts.html", _overview(request) | {"crew": form}, status=422
        )
    return _done(
        request, lambda: shifts.start(form.cleaned_data["regu"], form.chosen, by=request.user)
    )


@require_POST
@requires("read_report")
def join(request: OperatorRequest) -> HttpResponse:
    return _done(request, lambda: shifts.join(by=request.user))


@require_POST
@requires("read_report")
def leave(request: OperatorRequest) -> HttpResponse:
    return _done(request, lambda: shifts.leave(by=request.user))


@require_safe
@requires("start_shift")
def hand_over(request: OperatorRequest) -> HttpResponse:
    """The sheet as it is now, to be signed; or as it was signed, for the leader who comes."""
    return _sheet_page(request)


@require_POST
@requires("start_shift")
def give(request: OperatorRequest) -> HttpResponse:
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _sheet_page(request, status=422, words_form=form)
    return _done(
        request,
        lambda: handover.give(form.cleaned_data["words"], by=request.user),
        reverse("desk:hand-over"),
        _("Signed. The leader who comes signs with their own account."),
    )


@require_POST
@requires("start_shift")
def take(request: OperatorRequest) -> HttpResponse:
    form = _crew(request.user, request.POST)
    if not form.is_valid():
        return _sheet_page(request, status=422, crew=form)

    def verb() -> None:
        handover.take(form.cleaned_data["regu"], form.chosen, by=request.user)

    return _done(
        request, verb, words=_("The shift is yours. What was left behind returns to the queue.")
    )


@require_safe
@requires("see_duty")
def one(request: OperatorRequest, shift_id: UUID) -> HttpResponse:
    """A shift as it was: who was there when, and for the desk its signed sheet."""
    shift = _get(request, shift_id)
    signed = Handover.objects.filter(shift=shift).select_related("given_by", "taken_by").first()
    return render(
        request,
        "desk/duty/shift.html",
        {
            "shift": shift,
            "duties": shift.duties.select_related("operator").order_by("since", "operator__name"),
            "handover": signed,
            "sheet": _opened(signed, request.user),
        },
    )


@require_safe
@requires("read_report")
def pdf(request: OperatorRequest, shift_id: UUID) -> HttpResponse:
    shift = _get(request, shift_id)
    signed = Handover.objects.filter(shift=shift).select_related("given_by", "taken_by").first()
    sheet = _opened(signed, request.user)
    if signed is None or sheet is None:
        raise Http404
    answer = HttpResponse(paper.drawn(shift, signed, sheet), content_type="application/pdf")
    day = timezone.localtime(signed.drawn_up_at)
    answer["Content-Disposition"] = f'attachment; filename="serah-terima-{day:%Y-%m-%d-%H%M}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _overview(request: OperatorRequest) -> dict[str, Any]:
    station_id, now = request.user.station_id, timezone.now()
    running = shifts.running(station_id)
    present = Duty.objects.filter(shift__station_id=station_id, until=None)
    when = WhenForm(request.GET if "at" in request.GET else None)
    latest = (
        Shift.objects.filter(station_id=station_id)
        .select_related("regu", "leader", "handover")
        .defer("handover__sheet_sealed")
    )
    return {
        "running": running,
        "present": list(
            present.select_related("operator__unit").order_by("since", "operator__name")
        ),
        "is_present": present.filter(operator=request.user).exists(),
        "planned": shifts.planned(request.user.station, now),
        "crew": None if running or not request.user.may("start_shift") else _crew(request.user),
        "latest": latest[:LATEST],
        "when": when,
        "were": shifts.was_on_duty(station_id, when.cleaned_data["at"])
        if when.is_valid()
        else None,
        "now": now,
    }


def _sheet_page(request: OperatorRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    shift = shifts.running(request.user.station_id)
    if shift is None:
        messages.info(request, _("No shift is running. The Pamapta starts it."))
        return redirect("desk:shifts")
    signed = Handover.objects.filter(shift=shift).select_related("given_by").first()
    # Whoever signed it sees it as it is now, and may sign anew; whoever comes sees what was signed.
    fixed = _opened(signed, request.user)
    is_mine = signed is None or signed.given_by_id == request.user.pk
    live = None if fixed and not is_mine else handover.draw_up(shift, by=request.user)
    sheet = Shown(live) if live else fixed
    context = {
        "shift": shift,
        "handover": signed,
        "is_mine": is_mine,
        "sheet": sheet,
        "words_form": WordsForm(initial={"words": fixed.words if fixed else ""}),
        "crew": _crew(request.user),
    }
    return render(request, "desk/duty/hand_over.html", context | forms, status=status)


def _crew(by: Operator, data: Any = None) -> CrewForm:
    """Filled in beforehand with the regu whose turn it is, and its people."""
    turn = shifts.planned(by.station, timezone.now())
    initial: dict[str, Any] = {}
    if turn and turn.regu:
        members = ReguMember.objects.filter(regu=turn.regu).values_list("operator_id", flat=True)
        initial = {"regu": turn.regu.pk, "members": [str(pk) for pk in members]}
    return CrewForm(data, station_id=by.station_id, by=by, initial=initial)


def _opened(signed: Handover | None, by: Operator) -> Shown | None:
    if signed is None or not by.may("read_report"):
        return None
    try:
        return Shown(handover.read(signed, by=by))
    except vault.Unreadable:
        return None


def _get(request: OperatorRequest, shift_id: UUID) -> Shift:
    mine = Shift.objects.filter(station_id=request.user.station_id)
    shift = mine.select_related("regu", "leader", "station").filter(pk=shift_id).first()
    if shift is None:
        raise Http404
    return shift


def _done(
    request: OperatorRequest, verb: Callable[[], object], to: str = "", words: str = ""
) -> HttpResponse:
    """Run a verb and go on; refused, say why."""
    try:
        verb()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if words:
            messages.success(request, words)
    return redirect(to or "desk:shifts")

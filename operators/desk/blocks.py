"""Blocks: to confirm, in force, ended; one with its evidence and what is kept of it; and how many were wrong."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from operators.desk import fairness, remembered
from operators.desk.forms_of_fairness import ConfirmForm, LiftForm, RefuseForm
from operators.desk.standing import Standing
from operators.models import Operator
from operators.permissions import OperatorRequest, requires
from reports import blocking, intake, reading
from reports.actors import Refused
from reports.blocking import ladder
from reports.identity.vault import Unreadable
from reports.models import Block, KeptMessage, Report
from reports.models.block import BlockQuerySet
from reports.reading import Sealed

ENDED_SHOWN = 50
KEPT_SHOWN = 200


class Month(NamedTuple):
    """Of the blocks that were confirmed in a month: how many, objected to, lifted early, and lifted as wrong."""

    month: datetime
    number: int
    appeals: int
    lifted: int
    wrong: int


class Kept(NamedTuple):
    """A message that was kept, with its words; None where they do not open any more, "" where there were none."""

    message: KeptMessage
    words: str | None
    is_new: bool


@dataclass(frozen=True)
class Lists:
    to_confirm: list[Block]
    in_force: list[Block]
    ended: list[Block]
    months: list[Month]


def of_station(operator: Operator) -> BlockQuerySet:
    """What this person may see: of reports that they may see."""
    visible = Report.objects.visible_to(operator)
    return Block.objects.filter(station_id=operator.station_id, report__in=visible)


def waiting(operator: Operator) -> int:
    """For the rail: what the Pamapta is asked for, and blocks under which something is kept that nobody has read."""
    now, mine = timezone.now(), Q(confirmed_at=None, refused_at=None, lifted_at=None)
    unread = Q(kept__seen_at=None, kept__isnull=False, lifted_at=None, ends_at__gt=now)
    looked_for = unread | mine if operator.may("confirm_block") else unread

    def count() -> int:
        blocks = Block.objects.filter(looked_for, station_id=operator.station_id)
        return blocks.values("pk").distinct().count()

    key = f"blocks:{operator.station_id}:{operator.may('confirm_block')}"
    return remembered.lately(key, settings.CHOICES_REMEMBERED, count)


@require_safe
@requires("see_blocks")
def blocks(request: OperatorRequest) -> HttpResponse:
    return render(request, "desk/blocks.html", {"lists": _lists(request.user)})


@require_safe
@requires("see_blocks")
def block(request: OperatorRequest, block_id: UUID) -> HttpResponse:
    shown = _get(request, block_id)
    response = _page(request, shown)
    blocking.see(shown, by=request.user)
    return response


@require_POST
@requires("confirm_block")
def confirm(request: OperatorRequest, block_id: UUID) -> HttpResponse:
    shown, form = _get(request, block_id), ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, status=422, confirm_form=form)
    days = form.cleaned_data["days"]
    try:
        done = blocking.confirm(shown, days, by=request.user)
    except Refused as refusal:
        return _page(request, shown, status=409, refusal=str(refusal), confirm_form=form)
    if done.notice_id is None:
        messages.warning(request, _("Blocked. The reporter could not be told."))
    else:
        messages.success(request, _("Blocked. The reporter is told until when."))
    return redirect("desk:block", block_id)


@require_POST
@requires("confirm_block")
def refuse(request: OperatorRequest, block_id: UUID) -> HttpResponse:
    shown, form = _get(request, block_id), RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, status=422, refuse_form=form)
    try:
        blocking.refuse(shown, form.cleaned_data["note"], by=request.user)
    except Refused as refusal:
        return _page(request, shown, status=409, refusal=str(refusal), refuse_form=form)
    messages.success(request, _("Not blocked."))
    return redirect("desk:block", block_id)


@require_POST
@requires("confirm_block")
def lift(request: OperatorRequest, block_id: UUID) -> HttpResponse:
    shown, form = _get(request, block_id), LiftForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, status=422, lift_form=form)
    given = form.cleaned_data
    try:
        blocking.lift(shown, given["was_wrong"], given["note"], by=request.user)
    except Refused as refusal:
        return _page(request, shown, status=409, refusal=str(refusal), lift_form=form)
    messages.success(request, _("Lifted: the reporter writes as before."))
    return redirect("desk:block", block_id)


@require_POST
@requires("see_blocks")
def take_in(request: OperatorRequest, kept_id: UUID) -> HttpResponse:
    """Make a report of a message that was kept, and go to it."""
    mine = KeptMessage.objects.filter(block__in=of_station(request.user))
    kept = mine.select_related("block__report").filter(pk=kept_id).first()
    if kept is None:
        raise Http404
    try:
        report = intake.take_in(kept, by=request.user)
    except Refused as refusal:
        shown = _get(request, kept.block_id)
        return _page(request, shown, status=409, refusal=str(refusal))
    except Unreadable:
        shown = _get(request, kept.block_id)
        return _page(request, shown, status=409, refusal=reading.unreadable())
    return redirect(report)


def _get(request: OperatorRequest, block_id: UUID) -> Block:
    related = ("report__reporter", "report__category", "reporter", "station", "notice")
    people = ("asked_by", "confirmed_by", "lifted_by")
    found = of_station(request.user).select_related(*related, *people).filter(pk=block_id).first()
    if found is None:
        raise Http404
    return found


def _page(
    request: OperatorRequest, shown: Block, *, status: int = 200, **extra: Any
) -> HttpResponse:
    now = timezone.now()
    stands = ladder.of(shown.report, at=now)
    strikes = [
        fairness.Rung(strike, strike.report_id == shown.report_id) for strike in stands.strikes
    ]
    words = _words(request, shown, [rung.strike for rung in strikes])
    open_reports = Report.objects.visible_to(request.user).open().filter(reporter=shown.reporter_id)
    context = {
        # Not "block": in a template that is the part of the page itself.
        "shown": shown,
        "is_in_force": shown.holds(now),
        "is_to_confirm": shown.confirmed_at is None and shown.refused_at is None,
        "is_liftable": shown.confirmed_at is not None and shown.lifted_by_id is None,
        "is_own_request": shown.asked_by_id == request.user.pk,
        "note": words.get(("block.note", shown.pk)),
        "lift_note": words.get(("block.lift_note", shown.pk)),
        "strikes": [(rung, words.get(("strike.note", rung.strike.pk))) for rung in strikes],
        "kept": _kept(request, shown),
        "open_reports": open_reports,
        "days": settings.BLOCK_DAYS,
        "confirm_form": ConfirmForm(),
        "refuse_form": RefuseForm(),
        "lift_form": LiftForm(),
        "standing": Standing(shown.report, request.user, now),
    }
    return render(request, "desk/block.html", context | extra, status=status)


def _words(
    request: OperatorRequest, shown: Block, strikes: list[Any]
) -> dict[tuple[str, UUID], str]:
    sealed = [
        Sealed(shown.report_id, "block.note", shown.pk, shown.note_sealed),
        Sealed(shown.report_id, "block.lift_note", shown.pk, shown.lift_note_sealed),
        *(Sealed(s.report_id, "strike.note", s.pk, s.note_sealed) for s in strikes),
    ]
    opened = reading.opened(sealed, by=request.user)
    return {(one.column, one.row): words for one, words in opened}


def _kept(request: OperatorRequest, shown: Block) -> list[Kept]:
    """The latest first."""
    rows = list(shown.kept.order_by("-at", "-pk")[:KEPT_SHOWN])
    sealed = [Sealed(shown.report_id, "kept_message.body", r.pk, r.body_sealed) for r in rows]
    words = {one.row: text for one, text in reading.opened(sealed, by=request.user)}
    return [
        Kept(row, words.get(row.pk) if row.body_sealed else "", row.seen_at is None) for row in rows
    ]


def _lists(operator: Operator) -> Lists:
    now = timezone.now()
    mine: QuerySet[Block] = of_station(operator).select_related("report", "reporter", "asked_by")
    counted = mine.annotate(
        kept_count=Count("kept"), unread_count=Count("kept", filter=Q(kept__seen_at=None))
    )
    in_force = counted.filter(confirmed_at__isnull=False, lifted_at=None, ends_at__gt=now)
    ended = counted.filter(
        Q(refused_at__isnull=False) | Q(lifted_at__isnull=False) | Q(ends_at__lte=now)
    )
    return Lists(
        list(mine.filter(confirmed_at=None, refused_at=None, lifted_at=None).order_by("asked_at")),
        # Who objects is heard first, the longest waiting of them before the others.
        list(in_force.order_by(F("appealed_at").asc(nulls_last=True), "-confirmed_at")),
        list(ended.order_by("-asked_at")[:ENDED_SHOWN]),
        _months(operator),
    )


def _months(operator: Operator) -> list[Month]:
    confirmed = Block.objects.filter(station_id=operator.station_id, confirmed_at__isnull=False)
    rows = (
        confirmed.annotate(month=TruncMonth("confirmed_at"))
        .values("month")
        .annotate(
            number=Count("pk"),
            appeals=Count("pk", filter=Q(appealed_at__isnull=False)),
            lifted=Count("pk", filter=Q(lifted_by__isnull=False)),
            wrong=Count("pk", filter=Q(was_wrong=True)),
        )
        .order_by("-month")[: settings.BLOCK_MONTHS]
    )
    return [Month(**row) for row in rows]

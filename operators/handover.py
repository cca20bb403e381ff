"""The hand-over sheet: made by the system, signed by the leader who goes and by the one who comes.

What the sheet says is fixed when the first of them signs, and sealed. It holds numbers of reports, categories and places,
and nothing of a citizen; what the leader writes may hold anything.
"""

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from operators import shifts
from operators.models import Handover, Operator, Regu, Shift
from operators.shifts import NoShift
from reports.actors import NotAllowed, Refused
from reports.identity import vault
from reports.models import Assignment, Block, InboxEntry, Report
from reports.models.service_number import Channel
from reports.workflow import Status, Urgency

SHEET = "handover.sheet"
WINDOWS_SHOWN = timedelta(hours=6)
LISTED = 200
WORDS_LIMIT = 4000


class NotSigned(Refused):
    """The one who goes signs first."""

    code = "not_signed"


class SamePerson(Refused):
    """Nobody hands over to themselves."""

    code = "same_person"


@dataclass(frozen=True)
class Line:
    """A report that goes on: what the next shift must know of it, and nothing of its reporter."""

    number: str
    category: str
    place: str
    urgency: str
    status: str
    holder: str
    received_at: str
    waiting_since: str | None
    window_until: str | None
    is_failed: bool
    unit: str


@dataclass(frozen=True)
class Sheet:
    """Times are ISO 8601, in UTC."""

    drawn_up_at: str
    regu: str
    leader: str
    people: list[str]
    started_at: str
    received: int
    closed: dict[str, int]
    open_by_status: dict[str, int]
    oldest_wait_since: str | None
    windows_closing: int
    red_deliveries: int
    parked: int
    tasks_running: int
    blocks_to_confirm: int
    lines: list[Line]
    lines_left_out: int = 0
    words: str = field(default="", repr=False)

    def at(self, name: str) -> datetime | None:
        """One of its times."""
        value = getattr(self, name)
        return datetime.fromisoformat(value) if value else None


def draw_up(shift: Shift, *, by: Operator, words: str = "") -> Sheet:
    """What the sheet says now, for a leader of this station's desk. A constant number of queries."""
    now = timezone.now()
    visible = Report.objects.visible_to(by)
    going_on = visible.open()
    window = Q(
        contact__service_number__channel=Channel.WHATSAPP,
        contact__last_inbound_at__gt=now - settings.WHATSAPP_WINDOW,
        contact__last_inbound_at__lte=now - settings.WHATSAPP_WINDOW + WINDOWS_SHOWN,
    )
    figures = visible.at_the_desk().aggregate(
        windows=Count("pk", filter=window & Q(closed_at=None)),
        red=Count("pk", filter=Q(failed_at__isnull=False)),
    )
    statuses = Counter(dict(going_on.order_by().values_list("status").annotate(Count("pk"))))
    closed = visible.filter(closed_at__gte=shift.started_at).order_by()
    shown = list(
        going_on.select_related(
            "category", "area", "holder", "unit", "contact__service_number"
        ).order_by("-urgency", F("waiting_since").asc(nulls_last=True), "received_at")[:LISTED]
    )
    waits = going_on.filter(waiting_since__isnull=False).order_by("waiting_since")
    oldest = waits.values_list("waiting_since", flat=True).first()
    duties = shift.duties.select_related("operator").order_by("operator__name")
    return Sheet(
        drawn_up_at=now.isoformat(),
        regu=shift.regu.name,
        leader=str(shift.leader),
        people=list(dict.fromkeys(str(duty.operator) for duty in duties)),
        started_at=shift.started_at.isoformat(),
        received=visible.filter(received_at__gte=shift.started_at).count(),
        closed=dict(closed.values_list("outcome").annotate(Count("pk"))),
        open_by_status={status: statuses[status] for status in Status.values if statuses[status]},
        oldest_wait_since=oldest.isoformat() if oldest else None,
        windows_closing=figures["windows"],
        red_deliveries=figures["red"],
        parked=InboxEntry.objects.parked().count(),
        tasks_running=Assignment.objects.running().filter(station=shift.station_id).count(),
        blocks_to_confirm=Block.objects.to_confirm().filter(station=shift.station_id).count(),
        lines=[_line(report) for report in shown],
        lines_left_out=max(0, statuses.total() - len(shown)),
        words=words.strip()[:WORDS_LIMIT],
    )


@transaction.atomic
def give(words: str, *, by: Operator) -> Handover:
    """Sign as the one who goes: the sheet is fixed as it is now. Again replaces the sheet, until the other has signed.

    Raises NotAllowed, NoShift.
    """
    shift = _running(by)
    now = timezone.now()
    sheet = draw_up(shift, by=by, words=words)
    handover = Handover.objects.filter(shift=shift).first()
    if handover is None:
        handover = Handover(shift=shift)
        box = vault.new_boxes("content", [handover.pk])[handover.pk]
    else:
        box = vault.box_of("content", handover.pk)
    handover.drawn_up_at = handover.given_at = now
    handover.given_by = by
    handover.sheet_sealed = box.seal(SHEET, handover.pk, json.dumps(asdict(sheet)))
    handover.save()
    return handover


@transaction.atomic
def take(regu: Regu, members: Collection[int], *, by: Operator) -> Shift:
    """Sign as the one who comes: the shift before ends, the next begins. Raises NotSigned, SamePerson, NoShift, NotAllowed,
    shifts.NotOfTheDesk.

    Whoever goes and does not come back with the next shift loses their claims to the queue (`shifts.return_claims`).
    """
    former = _running(by)
    handover = Handover.objects.select_for_update().filter(shift=former, taken_at=None).first()
    if handover is None:
        raise NotSigned(
            _("%(name)s has not signed the hand-over sheet yet.") % {"name": former.leader}
        )
    if handover.given_by_id == by.pk:
        raise SamePerson(_("You signed this sheet yourself: the leader who comes signs here."))
    if regu.station_id != by.station_id:
        raise NotAllowed(_("Your account may not do this."))
    now = timezone.now()
    former.ended_at = now
    former.save(update_fields=["ended_at"])
    following = shifts.begin(regu, members, by=by, at=now)
    gone = former.duties.filter(until=None)
    leaving = list(gone.values_list("operator_id", flat=True))
    gone.update(until=now)
    handover.taken_by, handover.taken_at = by, now
    handover.returned_claims = shifts.left_behind_by(leaving).count()
    handover.save(update_fields=["taken_by", "taken_at", "returned_claims"])
    return following


def read(handover: Handover, *, by: Operator) -> Sheet:
    """The signed sheet, for whoever works this station's desk. Raises NotAllowed, vault.Unreadable."""
    if not by.may("read_report") or handover.shift.station_id != by.station_id:
        raise NotAllowed(_("Your account may not do this."))
    box = vault.box_of("content", handover.pk)
    plain: dict[str, Any] = json.loads(box.open(SHEET, handover.pk, handover.sheet_sealed).expose())
    lines = [Line(**line) for line in plain.pop("lines")]
    return Sheet(lines=lines, **plain)


def _running(by: Operator) -> Shift:
    if not by.may("start_shift"):
        raise NotAllowed(_("Your account may not do this."))
    locked = Shift.objects.on_duty().filter(station_id=by.station_id)
    list(locked.select_for_update(no_key=True).values_list("pk"))
    shift = shifts.running(by.station_id)
    if shift is None:
        raise NoShift(_("No shift is running. The Pamapta starts it."))
    return shift


def _line(report: Report) -> Line:
    until = report.contact.free_text_until()
    return Line(
        number=report.number,
        category=report.category.short_label if report.category else "",
        place=report.area.name if report.area else "",
        urgency=Urgency(report.urgency).slug,
        status=report.status,
        holder=report.holder.name if report.holder else "",
        received_at=report.received_at.isoformat(),
        waiting_since=report.waiting_since.isoformat() if report.waiting_since else None,
        window_until=until.isoformat() if until else None,
        is_failed=report.failed_at is not None,
        unit=report.unit.name if report.unit else "",
    )

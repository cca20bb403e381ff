"""Shifts of the desk: which regu is planned when, who is on duty, and what becomes of claims when somebody goes home.

A shift begins when its leader starts it, or takes it over from the one before by signing the hand-over. Who was there is
kept as it was, person by person.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from operators.models import Duty, Operator, Regu, Shift, ShiftPattern
from reports import claims
from reports.actors import NotAllowed, Refused
from reports.models import Report, Station

WITHOUT_PATTERN = timedelta(hours=12)
"""How long a shift of a station without a pattern is taken to be."""
RETURNED_AT_ONCE = 50


class ShiftRunning(Refused):
    """One shift at a time: the next takes it over by the hand-over."""

    code = "shift_running"


class NoShift(Refused):
    code = "no_shift"


class NotOfTheDesk(Refused):
    """On duty are people of this station's desk."""

    code = "not_of_the_desk"


@dataclass(frozen=True)
class Planned:
    """A turn by the pattern: its regu (None while the station has none), from when to when."""

    regu: Regu | None
    starts_at: datetime
    ends_at: datetime


def planned(station: Station, at: datetime) -> Planned | None:
    """The turn by the station's pattern at this time; None without a pattern."""
    pattern = ShiftPattern.objects.filter(station=station).first()
    if pattern is None or not pattern.changes_at:
        return None
    regus = list(Regu.objects.filter(station=station, is_active=True))
    zone = ZoneInfo(settings.TIME_ZONE)
    changes = [time.fromisoformat(change) for change in pattern.changes_at]
    today = at.astimezone(zone).date()
    turns = [
        (datetime.combine(today + timedelta(days=day), change, zone), day, place)
        for day in (-1, 0, 1, 2)
        for place, change in enumerate(changes)
    ]
    for (starts_at, day, place), (ends_at, _day, _place) in pairwise(turns):
        if starts_at <= at < ends_at:
            days = (today - pattern.counted_from).days + day
            turn = days * len(changes) + place
            regu = regus[turn % len(regus)] if regus else None
            return Planned(regu, starts_at, ends_at)
    return None


def running(station_id: int) -> Shift | None:
    return (
        Shift.objects.on_duty()
        .filter(station_id=station_id)
        .select_related("regu", "leader", "station")
        .first()
    )


def on_duty(station_id: int) -> list[Operator]:
    """Everybody on duty now, by name."""
    present = Duty.objects.filter(shift__station_id=station_id, until=None)
    return list(
        Operator.objects.filter(pk__in=present.values("operator"))
        .order_by("name")
        .select_related("unit")
    )


def was_on_duty(station_id: int, at: datetime) -> list[Duty]:
    """Who was on duty at a time, in which shift."""
    there = Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))
    duties = Duty.objects.filter(there, shift__station_id=station_id)
    return list(duties.select_related("operator", "shift__regu").order_by("operator__name"))


def of_the_desk(station_id: int) -> list[Operator]:
    """Everybody who can be on duty at this station's desk, by name."""
    people = Operator.objects.filter(station_id=station_id, is_active=True).order_by("name")
    return [person for person in people.select_related("unit") if person.works_the_desk]


@transaction.atomic
def start(regu: Regu, members: Collection[int], *, by: Operator) -> Shift:
    """Begin a shift where none is running, led by `by`; `members` are ids of accounts, the leader's may be left out.

    Raises NotAllowed, ShiftRunning, NotOfTheDesk.
    """
    _refuse_unless_leader(regu.station_id, by)
    # The station's row is what two leaders who press at once wait for.
    station = Station.objects.select_for_update(no_key=True).get(pk=regu.station_id)
    now_running = running(station.pk)
    if now_running is not None:
        raise ShiftRunning(
            _("%(regu)s is on duty. Take the shift over by the hand-over.")
            % {"regu": now_running.regu}
        )
    return begin(regu, members, by=by, at=timezone.now())


def begin(regu: Regu, members: Collection[int], *, by: Operator, at: datetime) -> Shift:
    """Write a shift and its people, in the caller's transaction; whoever is still on duty elsewhere changes over."""
    people = {person.pk for person in of_the_desk(regu.station_id)}
    wanted = {*members, by.pk}
    if wanted - people:
        raise NotOfTheDesk(_("Only people who work this station's desk can be on duty."))
    turn = planned(regu.station, at)
    shift = Shift.objects.create(
        station_id=regu.station_id,
        regu=regu,
        leader=by,
        started_at=at,
        planned_end_at=turn.ends_at if turn else at + WITHOUT_PATTERN,
    )
    Duty.objects.filter(operator__in=wanted, until=None).update(until=at)
    Duty.objects.bulk_create(Duty(shift=shift, operator_id=pk, since=at) for pk in sorted(wanted))
    return shift


@transaction.atomic
def join(*, by: Operator) -> Duty:
    """Go on duty in the shift that is running. Again changes nothing. Raises NotAllowed, NoShift."""
    if not by.works_the_desk:
        raise NotAllowed(_("Your account may not do this."))
    shift = _locked(by.station_id)
    present = Duty.objects.filter(operator=by, until=None).first()
    if present is not None and present.shift_id == shift.pk:
        return present
    Duty.objects.filter(operator=by, until=None).update(until=timezone.now())
    return Duty.objects.create(shift=shift, operator=by, since=timezone.now())


@transaction.atomic
def leave(*, by: Operator) -> None:
    """Go off duty; claims return to the queue within moments. The leader goes by the hand-over. Raises NotAllowed."""
    shift = running(by.station_id)
    if shift is not None and shift.leader_id == by.pk:
        raise NotAllowed(_("You lead this shift: hand it over."))
    Duty.objects.filter(operator=by, until=None).update(until=timezone.now())


def return_claims() -> int:
    """Put open reports of people who went off duty back into the queue; how many. Short transactions, one a report."""
    returned = 0
    for report in _left_behind()[:RETURNED_AT_ONCE]:
        returned += claims.return_to_queue(report)
    return returned


def _left_behind() -> QuerySet[Report]:
    """Open reports claimed by somebody before their last duty ended, who is not on duty now. Whoever never was on duty,
    or has claimed it since, works by another agreement."""
    duties = Duty.objects.filter(operator=OuterRef("holder"))
    # The condition of the queue's index, so that the clock does not read the archive once a second.
    return (
        Report.objects.at_the_desk()
        .open()
        .filter(
            Exists(duties.filter(until__gte=OuterRef("claimed_at"))),
            ~Exists(duties.filter(until=None)),
            holder__isnull=False,
        )
        .order_by("claimed_at")
    )


def left_behind_by(people: Iterable[int]) -> QuerySet[Report]:
    """What these people still hold."""
    return Report.objects.open().filter(holder__in=list(people))


def _locked(station_id: int) -> Shift:
    shift = Shift.objects.on_duty().select_for_update(no_key=True).filter(station_id=station_id)
    found = shift.first()
    if found is None:
        raise NoShift(_("No shift is running. The Pamapta starts it."))
    return found


def _refuse_unless_leader(station_id: int, by: Operator) -> None:
    if not by.may("start_shift") or by.station_id != station_id:
        raise NotAllowed(_("Your account may not do this."))

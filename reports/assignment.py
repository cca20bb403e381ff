"""Hand a report to a unit and follow what the unit does. Each verb checks the right, locks, changes, records.

The desk hands over and calls off; the unit accepts, sets out, arrives, and finishes or gives back. What the unit is given
is a copy, sealed under a key of its own: nothing of it leads back to the report.
"""

from collections.abc import Collection, Sequence
from typing import Any, NoReturn

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import (
    acting,
    briefing,
    claims,
    copies,
    dispatch_pictures,
    events,
    standing_down,
    steps,
    targets,
)
from reports.actors import Actor, Refused
from reports.models import Assignment, MediaFile, Report
from reports.models.assignment import RESULTS, Progress
from reports.models.event import EventKind
from reports.workflow import Outcome, Status

TEXT_LIMIT = 2000
"""Of a brief, and of what a unit says at the end: to be read on a telephone, at night, in a car."""
PLACE_NOTE_LIMIT = 300


class CannotBeSent(Refused):
    """This report cannot go to that unit."""

    code = "cannot_be_sent"


class AlreadySent(Refused):
    """The unit has it already."""

    code = "already_sent"


class TextUnfit(Refused):
    """Words are missing, or too many."""

    code = "text_unfit"


class AlreadyAccepted(Refused):
    """A colleague of the unit was first."""

    code = "already_accepted"


class ResultMissing(Refused):
    """A task ends with what was found and a sentence."""

    code = "result_missing"


def assign(
    report: Report,
    *,
    to: Any,
    brief: str,
    place_note: str = "",
    pictures: Sequence[MediaFile] = (),
    wants_photo: bool = True,
    unchecked_because: str = "",
    confirmed: Collection[str] = (),
    by: Actor,
) -> Assignment:
    """Hand the report to a unit of its station, with these words and clean pictures of it; it is then being acted on.

    An unclaimed report is claimed by whoever does so. `unchecked_because` says why nobody is sent in plain clothes first,
    where the station wants that; `confirmed` are pieces of the words that were looked at and may stand although they could
    give the reporter away. Raises CannotBeSent, AlreadySent, TextUnfit, briefing.GivesAway, copies.PictureUnfit,
    report.NotVerified, claims.HeldByAnother, AlreadyClosed; then nothing is sent and nothing changed.
    """
    (assignment,) = assign_together(
        report,
        to=[to],
        brief=brief,
        place_note=place_note,
        pictures=pictures,
        wants_photo=wants_photo,
        unchecked_because=unchecked_because,
        confirmed=confirmed,
        by=by,
    )
    return assignment


def assign_together(
    report: Report,
    *,
    to: Sequence[Any],
    brief: str,
    place_note: str = "",
    pictures: Sequence[MediaFile] = (),
    wants_photo: bool = True,
    unchecked_because: str = "",
    confirmed: Collection[str] = (),
    by: Actor,
) -> list[Assignment]:
    """The same to several units at once, each with a copy of its own: to all of them, or to none."""
    brief = _fitting(brief, TEXT_LIMIT) or _refuse_empty()
    place_note = _fitting(place_note, PLACE_NOTE_LIMIT)
    made = []
    with copies.pictures_given() as given, transaction.atomic():
        report = claims.lock(report, "dispatch", by)
        claims.refuse_closed(report)
        claims.take(report, by)
        briefing.refuse_giving_away(report, [brief, place_note], confirmed)
        contents = copies.contents(report, pictures, by=by)
        now = timezone.now()
        acting.begin(report, unchecked_because.strip(), at=now, by=by)
        for unit in (_unit(report, one) for one in to):
            assignment = copies.write(
                report,
                unit,
                brief=brief,
                place_note=place_note,
                wants_photo=wants_photo,
                at=now,
                by=by,
            )
            for position, jpeg in enumerate(contents):
                picture = dispatch_pictures.give(assignment, jpeg, by=by, position=position, at=now)
                given.append(picture)
            report.unit = report.unit or unit
            events.record(report, EventKind.DISPATCHED, by=by, **standing_down.named(assignment))
            made.append(assignment)
        _save(report)
    return made


@transaction.atomic
def call_off(assignment: Assignment, *, reason: str, by: Actor) -> Assignment:
    """The unit is not needed any more: by the desk, with a reason for the unit. Raises claims.ReasonMissing, Ended."""
    reason = _fitting(reason, TEXT_LIMIT)
    if not reason:
        raise claims.ReasonMissing(_("Write why the unit is called off."))
    report = claims.lock(assignment.report, "dispatch", by)
    claims.refuse_held_by_another(report, by)
    assignment = steps.still_running(assignment)
    standing_down.call_off(assignment, report, by=by, reason=reason)
    if standing_down.is_nobodys(report) and report.status == Status.ACTING:
        report.become(Status.TRIAGE)
    _save(report)
    return assignment


@transaction.atomic
def accept(assignment: Assignment, *, by: Actor) -> Assignment:
    """Say that the unit has read it and goes. Again by the same person changes nothing; AlreadyAccepted names who was
    first. Raises NotAllowed, OnlyForward, Ended."""
    report, assignment = steps.lock(assignment, by)
    if assignment.accepted_by_id == by.pk:
        return assignment
    if assignment.accepted_by_id is not None:
        raise AlreadyAccepted(
            _("%(name)s has accepted this already.") % {"name": assignment.accepted_by}
        )
    return steps.step(assignment, report, Progress.ACCEPTED, by)


@transaction.atomic
def set_out(assignment: Assignment, *, by: Actor) -> Assignment:
    """On the way. Again changes nothing. Raises NotAllowed, OnlyForward, Ended."""
    report, assignment = steps.lock(assignment, by)
    return steps.step(assignment, report, Progress.UNDER_WAY, by)


@transaction.atomic
def arrive(assignment: Assignment, *, by: Actor) -> Assignment:
    """On the scene. Again changes nothing. Raises NotAllowed, Ended."""
    report, assignment = steps.lock(assignment, by)
    return steps.step(assignment, report, Progress.ON_SCENE, by)


@transaction.atomic
def finish(assignment: Assignment, *, result: Outcome, note: str, by: Actor) -> Assignment:
    """Say what was found, with a sentence. The report stays as it is: the desk tells the reporter, and closes it.

    Raises ResultMissing, TextUnfit, NotAllowed, Ended.
    """
    note = _fitting(note, TEXT_LIMIT)
    if result not in RESULTS or not note:
        raise ResultMissing(_("Choose what you found, and write a sentence about it."))
    report, assignment = steps.lock(assignment, by)
    now = timezone.now()
    steps.fill_times(assignment, Progress.ON_SCENE, now, by)
    assignment.result = result
    steps.end(assignment, Progress.FINISHED, note, now, by)
    report.unread_count += 1
    _save(report)
    named = standing_down.named(assignment)
    events.record(report, EventKind.UNIT_FINISHED, by=by, result=str(result), **named)
    return assignment


@transaction.atomic
def give_back(assignment: Assignment, *, reason: str, by: Actor) -> Assignment:
    """The unit cannot, or should not: back to the desk, with the reason. When no unit is left with it the report must be
    handed on anew, and somebody waits for that: it stands in the queue, and rings where nobody holds it.

    Raises claims.ReasonMissing, TextUnfit, NotAllowed, Ended.
    """
    reason = _fitting(reason, TEXT_LIMIT)
    if not reason:
        raise claims.ReasonMissing(_("Write why you give the task back."))
    report, assignment = steps.lock(assignment, by)
    now = timezone.now()
    steps.end(assignment, Progress.RETURNED, reason, now, by)
    report.unread_count += 1
    named = standing_down.named(assignment)
    if standing_down.is_nobodys(report):
        if report.status in {Status.ACTING, Status.WAITING}:
            report.become(Status.TRIAGE)
            targets.go_on(report, at=now)
        if report.waiting_since is None:
            report.waiting_since = now
            # So that handing it on again knows what the waiting was for.
            named["waits_since"] = now.isoformat()
    _save(report)
    events.record(report, EventKind.UNIT_RETURNED, by=by, **named)
    return assignment


def _unit(report: Report, to: Any) -> Any:
    """The unit as it is now. Raises CannotBeSent, AlreadySent."""
    unit = (
        type(to)
        ._default_manager.filter(pk=to.pk, station=report.station_id, is_active=True)
        .first()
    )
    if unit is None:
        raise CannotBeSent(_("This unit cannot be given tasks of your station."))
    reserved_for = report.category.reserved_for if report.category else ""
    if reserved_for not in {"", unit.slug}:
        raise CannotBeSent(_("Reports of this category go to no other unit."))
    if report.assignments.running().filter(unit=unit).exists():
        raise AlreadySent(_("%(unit)s has this task already.") % {"unit": unit})
    return unit


def _save(report: Report) -> None:
    report.version += 1
    targets.renew(report)
    report.save(
        update_fields=[
            "status", "unit", "waiting_since", "unread_count", "paused_at", "paused_seconds",
            "version", "due_at",
        ]
    )  # fmt: skip


def _fitting(text: str, limit: int) -> str:
    """Raises TextUnfit for too much."""
    text = text.strip()
    if len(text) > limit:
        raise TextUnfit(
            ngettext(
                "The text is too long: at most %(limit)d character fits.",
                "The text is too long: at most %(limit)d characters fit.",
                limit,
            )
            % {"limit": limit}
        )
    return text


def _refuse_empty() -> NoReturn:
    raise TextUnfit(_("Write what the unit has to know and to do."))

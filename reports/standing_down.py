"""Units that are not needed any more. Works on a locked report, in the caller's transaction."""

from django.utils import timezone

from reports import briefs, events
from reports.actors import Actor
from reports.models import Assignment, Report
from reports.models.assignment import Progress
from reports.models.event import EventKind
from reports.workflow import Status


def call_off_all(report: Report, *, by: Actor) -> None:
    """Nothing is left to do here: what runs is called off, without further words. None running: one query."""
    for assignment in report.assignments.running().select_for_update(of=("self",)):
        call_off(assignment, report, by=by)


def call_off(assignment: Assignment, report: Report, *, by: Actor, reason: str = "") -> None:
    """End a locked assignment; `reason` is for the unit's eyes."""
    assignment.progress = Progress.CALLED_OFF
    assignment.ended_at, assignment.ended_by_id = timezone.now(), by.pk
    briefs.close(assignment, reason)
    assignment.save(update_fields=["progress", "ended_at", "ended_by", "closing_note_sealed"])
    events.record(report, EventKind.CALLED_OFF, by=by, **named(assignment))


def leave_to(report: Report, slug: str, *, by: Actor) -> bool:
    """From now on it is for this unit alone: the others are called off, and the report, in memory, is theirs no longer.
    Whether there were any."""
    others = report.assignments.running().exclude(unit__slug=slug)
    called_off = list(others.select_for_update(of=("self",)))
    for assignment in called_off:
        call_off(assignment, report, by=by)
    if called_off and is_nobodys(report) and report.status == Status.ACTING:
        report.become(Status.TRIAGE)
    return bool(called_off)


def is_nobodys(report: Report) -> bool:
    """Whether no unit has it any more, and none has finished since it was opened; its unit, in memory, is one of those."""
    assignments = report.assignments.select_related("unit").order_by("sent_at")
    reopened = report.events.filter(kind=EventKind.REOPENED).order_by("-at", "-id").first()
    if reopened is not None:
        assignments = assignments.filter(sent_at__gte=reopened.at)
    left = [one for one in assignments if one.is_running or one.progress == Progress.FINISHED]
    report.unit = left[0].unit if left else None
    return not left


def named(assignment: Assignment) -> dict[str, str]:
    """An assignment for the timeline: its unit and its number, and never a word that somebody wrote."""
    unit = assignment.unit
    return {"unit": unit.slug, "name": unit.name, "number": assignment.number}

"""Units that are not needed any more. Works on a locked report, in the caller's transaction."""

from django.utils import timezone

from reports import briefs, events
from reports.actors import Actor
from reports.models import Assignment, Report
from reports.models.assignment import Progress
from reports.models.event import EventKind


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


def named(assignment: Assignment) -> dict[str, str]:
    """An assignment for the timeline: its unit and its number, and never a word that somebody wrote."""
    unit = assignment.unit
    return {"unit": unit.slug, "name": unit.name, "number": assignment.number}

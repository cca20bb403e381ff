"""How far a unit is with its task: the locks and the steps that every verb of the unit shares.

Works in the caller's transaction.
"""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from reports import briefs, events, standing_down
from reports.actors import Actor, NotAllowed, Refused
from reports.models import Assignment, Report
from reports.models.assignment import Progress
from reports.models.event import EventKind

STEPS = (Progress.SENT, Progress.ACCEPTED, Progress.UNDER_WAY, Progress.ON_SCENE)
TIMES = ("accepted_at", "accepted_by", "under_way_at", "arrived_at")
KIND_OF: Mapping[Progress, EventKind] = {
    Progress.ACCEPTED: EventKind.UNIT_ACCEPTED,
    Progress.UNDER_WAY: EventKind.UNIT_UNDER_WAY,
    Progress.ON_SCENE: EventKind.UNIT_ARRIVED,
}


class OnlyForward(Refused):
    """The unit is further than that already."""

    code = "only_forward"


class Ended(Refused):
    """The task is over."""

    code = "ended"


def lock(assignment: Assignment, by: Actor) -> tuple[Report, Assignment]:
    """The report and the task, both locked, for somebody of the unit. NotAllowed says nothing else. Raises Ended."""
    theirs = Assignment.objects.for_unit_of(by).filter(pk=assignment.pk)
    reports = Report.objects.filter(pk__in=theirs.values("report"))
    # The report first, as the desk's verbs do, so that neither waits for the other; and read once the lock is ours.
    list(reports.select_for_update(of=("self",), no_key=True).values_list("pk"))
    locked = reports.select_related("station", "category", "contact__service_number").first()
    if locked is None:
        raise NotAllowed(_("Your account may not do this."))
    return locked, still_running(assignment)


def still_running(assignment: Assignment) -> Assignment:
    """The task as it is now, of a report that is locked. Raises Ended."""
    now = Assignment.objects.select_related("unit", "accepted_by", "ended_by").get(pk=assignment.pk)
    if not now.is_running:
        raise Ended(_("This task is over: %(state)s.") % {"state": now.get_progress_display()})
    return now


def step(assignment: Assignment, report: Report, to: Progress, by: Actor) -> Assignment:
    """Go so far, and say so on the timeline. Again changes nothing. Raises OnlyForward."""
    here = Progress(assignment.progress)
    if to == here:
        return assignment
    if STEPS.index(to) < STEPS.index(here):
        raise OnlyForward(
            _("This task is further already: %(state)s.")
            % {"state": assignment.get_progress_display()}
        )
    fill_times(assignment, to, timezone.now(), by)
    assignment.progress = to
    assignment.save(update_fields=["progress", *TIMES])
    events.record(report, KIND_OF[to], by=by, **standing_down.named(assignment))
    return assignment


def fill_times(assignment: Assignment, until: Progress, at: datetime, by: Actor) -> None:
    """The steps up to this one, in memory: what was skipped has happened by now."""
    reached = STEPS.index(until)
    if assignment.accepted_at is None:
        assignment.accepted_at, assignment.accepted_by_id = at, by.pk
    if reached >= STEPS.index(Progress.UNDER_WAY):
        assignment.under_way_at = assignment.under_way_at or at
    if reached >= STEPS.index(Progress.ON_SCENE):
        assignment.arrived_at = assignment.arrived_at or at


def end(assignment: Assignment, progress: Progress, note: str, at: datetime, by: Actor) -> None:
    """It is over, with these words of the unit. Saves."""
    assignment.progress = progress
    assignment.ended_at, assignment.ended_by_id = at, by.pk
    briefs.close(assignment, note)
    ended = ["progress", "result", "ended_at", "ended_by", "closing_note_sealed"]
    assignment.save(update_fields=[*ended, *TIMES])

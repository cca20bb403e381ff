"""What the desk sees of the units that a report was handed to: how far each is, and what it has found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from operators.desk import times
from operators.desk.forms import NOTE_LIMIT
from operators.desk.standing import Standing
from operators.desk.timeline import Happening
from operators.models import Operator
from reports import briefs
from reports.models import Assignment, DispatchPicture, Report
from reports.models.assignment import Progress
from reports.models.event import EventKind
from reports.workflow import Outcome, Status

ICONS = {
    Progress.SENT: "out",
    Progress.ACCEPTED: "tick",
    Progress.UNDER_WAY: "arriving",
    Progress.ON_SCENE: "pin",
    Progress.FINISHED: "done",
    Progress.RETURNED: "back",
    Progress.CALLED_OFF: "shut",
}


class Step(NamedTuple):
    """Something that the unit, or the desk, has done with a task."""

    words: str
    time: SafeString
    who: str


@dataclass(frozen=True)
class Task:
    """One assignment with its words: None where they do not open any more."""

    assignment: Assignment
    words: briefs.Words = field(repr=False)
    now: datetime

    @property
    def progress(self) -> str:
        return self.assignment.progress

    @property
    def icon(self) -> str:
        return ICONS[Progress(self.progress)]

    @property
    def state(self) -> str:
        return self.assignment.get_progress_display()

    @property
    def is_late(self) -> bool:
        """Not there yet, and it should be."""
        due = self.assignment.arrive_by
        is_there = self.assignment.arrived_at is not None
        return self.assignment.is_running and not is_there and due is not None and due <= self.now

    @property
    def arrive_by(self) -> SafeString | None:
        due = self.assignment.arrive_by
        is_awaited = self.assignment.is_running and self.assignment.arrived_at is None
        return times.at_time(due) if due and is_awaited else None

    @property
    def steps(self) -> list[Step]:
        one = self.assignment
        ended = {
            Progress.FINISHED: pgettext("step of a task", "finished"),
            Progress.RETURNED: pgettext("step of a task", "given back"),
            Progress.CALLED_OFF: pgettext("step of a task", "called off"),
        }
        known = [
            (pgettext("step of a task", "sent"), one.sent_at, str(one.by)),
            (pgettext("step of a task", "accepted"), one.accepted_at, str(one.accepted_by or "")),
            (pgettext("step of a task", "on the way"), one.under_way_at, ""),
            (pgettext("step of a task", "on the scene"), one.arrived_at, ""),
            (ended.get(Progress(one.progress), ""), one.ended_at, str(one.ended_by or "")),
        ]
        return [Step(words, times.at_day_and_time(at), who) for words, at, who in known if at]

    @property
    def result(self) -> str:
        return str(Outcome(self.assignment.result).label) if self.assignment.result else ""

    @property
    def given_along(self) -> list[DispatchPicture]:
        return self._pictures(DispatchPicture.Origin.DESK)

    @property
    def taken(self) -> list[DispatchPicture]:
        """By the unit."""
        return self._pictures(DispatchPicture.Origin.UNIT)

    def _pictures(self, origin: str) -> list[DispatchPicture]:
        return [one for one in self.assignment.pictures.all() if one.origin == origin]


@dataclass(frozen=True)
class Dispatched:
    """All tasks of a report, the latest first; `lately` of them since it was last opened again."""

    tasks: Sequence[Task]
    lately: Sequence[Task]

    @property
    def running(self) -> list[Task]:
        return [task for task in self.lately if task.assignment.is_running]

    @property
    def finished(self) -> list[Task]:
        return [task for task in self.lately if task.progress == Progress.FINISHED]

    @property
    def given_back(self) -> Task | None:
        """The one whose unit gave it back last, when nobody has it now and nobody has finished."""
        if self.running or self.finished:
            return None
        returned = [task for task in self.lately if task.progress == Progress.RETURNED]
        return max(returned, key=lambda task: task.assignment.ended_at or task.now, default=None)

    @property
    def closing(self) -> dict[str, str]:
        """What the closing form begins with: what one unit has acted on goes before what another did not find."""
        if self.running or not self.finished:
            return {}
        first = sorted(self.finished, key=lambda task: task.assignment.result != Outcome.ACTED)[0]
        note = first.words.closing_note or ""
        return {"outcome": first.assignment.result, "note": note[:NOTE_LIMIT]}


@dataclass(frozen=True)
class StandingWithUnits(Standing):
    """How a report stands, where units come into it."""

    units: Dispatched

    @property
    def step(self) -> str:
        step = super().step
        if step in {"reopen", "claim", "leave", "mend"}:
            return step
        if self.units.given_back and self.report.status != Status.ACTING:
            return "forward-again"
        if self.units.running:
            return step if step in {"window", "answer", "wait"} else "units"
        if self.units.finished:
            return step if step == "window" else "finished"
        if step == "close" and self._somebody_has_to_go:
            return "forward"
        return step

    @property
    def may_forward(self) -> bool:
        return self.report.is_open and not self.is_held_by_another and self.operator.may("dispatch")

    @property
    def _somebody_has_to_go(self) -> bool:
        category = self.report.category
        acts_itself = self.report.status == Status.ACTING
        return category is not None and category.arrive_minutes is not None and not acts_itself

    @property
    def unit_says(self) -> str:
        """What the units are doing, in a few words."""
        return ", ".join(
            _("%(unit)s: %(state)s") % {"unit": task.assignment.unit.name, "state": task.state}
            for task in self.units.running or self.units.finished
        )


def load(
    report: Report, happenings: Iterable[Happening], now: datetime, *, by: Operator
) -> Dispatched:
    """Three queries; none where the timeline knows of no unit."""
    kinds = {EventKind.DISPATCHED, EventKind.REOPENED}
    known = [one.event for one in happenings if one.event.kind in kinds]
    if not any(event.kind == EventKind.DISPATCHED for event in known):
        return Dispatched((), ())
    related = ("unit", "by", "accepted_by", "ended_by")
    assignments = list(
        report.assignments.select_related(*related)
        .prefetch_related("pictures")
        .order_by("-sent_at", "unit__name")
    )
    words = briefs.for_desk(assignments, by=by)
    tasks = [Task(one, words[one.pk], now) for one in assignments]
    reopened = max((e.at for e in known if e.kind == EventKind.REOPENED), default=None)
    lately = [task for task in tasks if reopened is None or task.assignment.sent_at >= reopened]
    return Dispatched(tasks, lately)

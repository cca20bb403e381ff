"""What a demo's shift has done by now: reports taken, answered and closed through the verbs, by several people.

Each task finds its report by words that the citizen opened it with, so that every answer fits. A report that somebody
has already taken is left alone: a second run changes nothing.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from operators.models import Operator, Unit
from reports import assignment, claims, describing, incidents, noting, reading, triage
from reports.actors import Refused
from reports.models import Area, Category, Message, Report
from reports.models.message import Delivery
from reports.workflow import Outcome, Urgency

TASKS = Path(__file__).with_suffix(".json")
UNDER_WAY = (Delivery.QUEUED, Delivery.SENDING, Delivery.ACCEPTED, Delivery.SENT)
PATIENCE = 20.0


@dataclass(frozen=True)
class Task:
    """What one person does with one report. With an outcome it is closed in the end."""

    opening: str
    by: str
    replies: tuple[str, ...] = ()
    outcome: str = ""
    note: str = ""
    category: str = ""
    urgency: str = ""
    area: str = ""
    """The name of a district or village of the station."""
    remark: str = ""
    """For colleagues."""
    unit: str = ""
    """The slug of a unit that it is handed to, with these words."""
    brief: str = ""
    same_as: str = ""
    """Words of an earlier report of the same incident."""
    is_whole: bool = False
    """The opening is these words and no others."""

    def is_about(self, opening: str) -> bool:
        return opening == self.opening if self.is_whole else self.opening in opening


@dataclass(frozen=True)
class Work:
    """A task with the person and the report it has found."""

    task: Task
    report: Report
    by: Operator

    def do(self) -> None:
        claims.claim(self.report, by=self.by)
        self._describe()
        for text in self.task.replies:
            triage.reply(self.report, text, by=self.by)
        self._hand_on()
        if self.task.outcome:
            triage.close(self.report, Outcome(self.task.outcome), self.task.note, by=self.by)

    def _hand_on(self) -> None:
        task, report, by = self.task, self.report, self.by
        if task.same_as and (other := _opened_with(task.same_as, by)):
            incidents.link(report, other, by=by)
        unit = Unit.objects.filter(station=report.station_id, slug=task.unit).first()
        if unit is not None:
            now = Report.objects.get(pk=report.pk)
            assignment.assign(now, to=unit, brief=task.brief, by=by)

    def _describe(self) -> None:
        task, report, by = self.task, self.report, self.by
        if task.category:
            describing.categorise(report, Category.objects.get(slug=task.category), by=by)
        if task.urgency:
            urgency = next(level for level in Urgency if level.slug == task.urgency)
            describing.set_urgency(report, urgency, by=by)
        if area := _area(task.area, report.station_id):
            describing.place(report, area=area, by=by)
        if task.remark:
            noting.add(report, task.remark, by=by)


def _area(name: str, station_id: int) -> Area | None:
    """The largest of this name: a district often has a village that is called the same."""
    found = Area.objects.filter(station=station_id, name=name).exclude(level=Area.Level.REGENCY)
    return found.order_by("level").first() if name else None


def tasks() -> list[Task]:
    rows = json.loads(TASKS.read_text(encoding="utf-8"))
    return [Task(**{**row, "replies": tuple(row.get("replies", ()))}) for row in rows]


def work() -> int:
    """Do what nobody has done yet; how many reports that were."""
    done = 0
    for one in list(_found()):
        # Whoever plays with the demo may be faster at this moment.
        with suppress(Refused):
            one.do()
            done += 1
    return done


def nothing_is_under_way() -> bool:
    return not Message.objects.filter(status__in=UNDER_WAY).exists()


def wait_until(is_so: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Wait until it is so, at most this long; whether it came to be."""
    ends_at = time.monotonic() + seconds
    while not (so := is_so()) and time.monotonic() < ends_at:
        time.sleep(0.1)
    return so


def _found() -> Iterator[Work]:
    """The tasks whose report is there, open, and not taken yet."""
    listed = tasks()
    people = Operator.objects.in_bulk({task.by for task in listed}, field_name="username")
    free: dict[int, list[tuple[Report, str]]] = {}
    for task in listed:
        if (person := people.get(task.by)) is None:
            continue
        if person.station_id not in free:
            free[person.station_id] = _free(person)
        for report, opening in free[person.station_id]:
            if task.is_about(opening):
                yield Work(task, report, person)
                break


def _opened_with(words: str, person: Operator) -> Report | None:
    reports = list(Report.objects.visible_to(person).order_by("received_at"))
    openings = reading.openings(reports, by=person)
    return next((one for one in reports if words in (openings[one.pk] or "")), None)


def _free(person: Operator) -> list[tuple[Report, str]]:
    reports = Report.objects.visible_to(person).open().filter(holder=None).order_by("received_at")
    openings: dict[UUID, str | None] = reading.openings(reports, by=person)
    return [(report, openings[report.pk] or "") for report in reports]

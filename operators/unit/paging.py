"""The order of a unit's tasks, and where a list goes on: what runs, the most pressing first; then what ended, last first."""

from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q

from reports.models import Assignment
from reports.models.assignment import AssignmentQuerySet

PAGE = 30
RUNNING, ENDED = "r", "e"
NEVER = "-"
"""In place of a time, for what need not be reached by any."""
TIME = "%Y%m%d%H%M%S%f"


class Running(NamedTuple):
    urgency: int
    arrive_by: datetime | None
    sent_at: datetime
    pk: UUID


class Ended(NamedTuple):
    ended_at: datetime
    pk: UUID


def page(
    tasks: AssignmentQuerySet, after: str = "", *, at_most: int = PAGE
) -> tuple[list[Assignment], str]:
    """So many tasks behind the place that `after` names, and the place to go on from ("" at the end). Two queries at most.

    A place that cannot be read is the beginning.
    """
    place = _parse(after)
    found: list[Assignment] = []
    if not isinstance(place, Ended):
        found += _running(tasks, place)[: at_most + 1]
    if len(found) <= at_most:
        since = place if isinstance(place, Ended) else None
        found += _ended(tasks, since)[: at_most + 1 - len(found)]
    shown = found[:at_most]
    return shown, _key(shown[-1]) if len(found) > at_most else ""


def _running(tasks: AssignmentQuerySet, place: Running | None) -> AssignmentQuerySet:
    running = tasks.running().order_by(
        "-urgency", F("arrive_by").asc(nulls_last=True), "sent_at", "pk"
    )
    if place is None:
        return running
    same = Q(sent_at=place.sent_at, pk__gt=place.pk)
    younger = Q(sent_at__gt=place.sent_at) | same
    if place.arrive_by is None:
        later = Q(arrive_by=None) & younger
    else:
        later = Q(arrive_by__gt=place.arrive_by) | Q(arrive_by=None)
        later |= Q(arrive_by=place.arrive_by) & younger
    return running.filter(Q(urgency__lt=place.urgency) | Q(urgency=place.urgency) & later)


def _ended(tasks: AssignmentQuerySet, place: Ended | None) -> AssignmentQuerySet:
    ended = tasks.filter(ended_at__isnull=False).order_by("-ended_at", "-pk")
    if place is None:
        return ended
    return ended.filter(
        Q(ended_at__lt=place.ended_at) | Q(ended_at=place.ended_at, pk__lt=place.pk)
    )


def _key(task: Assignment) -> str:
    if task.ended_at is not None:
        return f"{ENDED}.{_written(task.ended_at)}.{task.pk}"
    by = _written(task.arrive_by) if task.arrive_by else NEVER
    return f"{RUNNING}.{task.urgency}.{by}.{_written(task.sent_at)}.{task.pk}"


def _parse(text: str) -> Running | Ended | None:
    try:
        match text.split("."):
            case [kind, urgency, by, sent, pk] if kind == RUNNING:
                arrive_by = None if by == NEVER else _read(by)
                return Running(int(urgency[:1]), arrive_by, _read(sent), UUID(pk))
            case [kind, at, pk] if kind == ENDED:
                return Ended(_read(at), UUID(pk))
    except ValueError:
        pass
    return None


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime(TIME)


def _read(text: str) -> datetime:
    return datetime.strptime(text, TIME).replace(tzinfo=UTC)

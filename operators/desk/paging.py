"""Where a row stands in the order of the queue, as text: the page sorts by it, and the list goes on after it."""

from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from reports.models import Report

NEVER = "9999"
"""In place of a time, for what is due at none: it sorts behind every time."""
TIME = "%Y%m%d%H%M%S%f"
HIGHEST = 9


class Place(NamedTuple):
    urgency: int
    due_at: datetime | None
    received_at: datetime
    pk: UUID


def key(report: Report) -> str:
    """Text that sorts as `lost_first` orders."""
    due = _written(report.due_at) if report.due_at else NEVER
    return f"{HIGHEST - report.urgency}.{due}.{_written(report.received_at)}.{report.pk}"


def parse(text: str) -> Place | None:
    """The place that a key names; None for anything else."""
    try:
        urgency, due, received, pk = text.split(".")
        due_at = None if due == NEVER else _read(due)
        return Place(HIGHEST - int(urgency[:1]), due_at, _read(received), UUID(pk))
    except ValueError:
        return None


def after(place: Place) -> Q:
    """What `lost_first` puts behind this place. The first condition lets the index of the queue begin there."""
    same_age = Q(received_at=place.received_at, pk__gt=place.pk)
    younger = Q(received_at__gt=place.received_at) | same_age
    if place.due_at is None:
        later = Q(due_at=None) & younger
    else:
        later = Q(due_at__gt=place.due_at) | Q(due_at=None) | Q(due_at=place.due_at) & younger
    less_urgent = Q(urgency__lt=place.urgency)
    return Q(urgency__lte=place.urgency) & (less_urgent | later)


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime(TIME)


def _read(text: str) -> datetime:
    return datetime.strptime(text, TIME).replace(tzinfo=UTC)

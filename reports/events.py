"""The one way to write the timeline, and to tell open desks that a report changed."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from reports.actors import Actor
from reports.models import Change, Event, Report
from reports.models.event import EventKind


def record(report: Report, kind: EventKind, *, by: Actor | None = None, **data: Any) -> Event:
    """Add to the timeline. `data` is small and plain; never anything of a citizen."""
    event = Event.objects.create(
        report=report, kind=kind, at=timezone.now(), by_id=by.pk if by else None, data=data
    )
    changed(report)
    return event


def record_all(kind: EventKind, reports: Iterable[Report]) -> None:
    """The same event on several reports, by nobody. Says nothing to open desks: `changed` does."""
    now = timezone.now()
    Event.objects.bulk_create(Event(report=report, kind=kind, at=now) for report in reports)


def changed(*reports: Report, is_hiding: bool = False) -> None:
    """Let open desks know; call in the transaction that made the change.

    `is_hiding` when some who saw these reports may not see them from now on.
    """
    now = timezone.now()
    Change.objects.bulk_create(
        Change(report_id=report.pk, station_id=report.station_id, at=now, is_hiding=is_hiding)
        for report in reports
    )

"""A row of the queue: a report with its first words, ready to draw. Always the same number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from operators.desk.standing import Standing
from operators.models import Operator
from reports import reading
from reports.models import Report
from reports.models.report import ReportQuerySet

WINDOW_SHOWN_BELOW = timedelta(hours=6)
NEVER = "9999"


@dataclass(frozen=True)
class Row(Standing):
    """`opening` is None when the words do not open any more."""

    # Out of repr(): an error in a template prints whatever the template was given.
    opening: str | None = field(repr=False)

    @property
    def sort_key(self) -> str:
        """Text that sorts as `lost_first` orders: the page puts a row that arrives in its place with it."""
        report = self.report
        waiting = _sortable(report.waiting_since) if report.waiting_since else NEVER
        return f"{9 - report.urgency}|{waiting}|{_sortable(report.received_at)}|{report.pk}"

    @property
    def is_window_shown(self) -> bool:
        until = self.window_until
        return until is not None and until - self.now < WINDOW_SHOWN_BELOW


def with_what_a_row_shows(reports: ReportQuerySet) -> ReportQuerySet:
    return reports.select_related("category", "area", "unit", "holder", "contact__service_number")


def rows(reports: Iterable[Report], operator: Operator) -> list[Row]:
    reports = list(reports)
    openings = reading.openings(reports, by=operator)
    now = timezone.now()
    return [Row(report, operator, now, openings[report.pk]) for report in reports]


def _sortable(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%d%H%M%S%f")

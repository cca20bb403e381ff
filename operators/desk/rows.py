"""A row of the queue: a report with its first words, ready to draw. Always the same number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import ngettext

from operators.desk import paging
from operators.desk.standing import Standing
from operators.models import Operator
from reports import reading
from reports.models import Report
from reports.models.report import ReportQuerySet
from reports.workflow import Urgency

WINDOW_SHOWN_BELOW = timedelta(hours=6)
OPENING_LENGTH = 160
"""More than one line can hold at any width; what does not fit is cut with an ellipsis by the stylesheet."""


@dataclass(frozen=True)
class Row(Standing):
    """`opening` is None when the words do not open any more."""

    # Out of repr(): an error in a template prints whatever the template was given.
    opening: str | None = field(repr=False)

    @property
    def sort_key(self) -> str:
        """Text that sorts as `lost_first` orders: the page puts a row that arrives in its place with it."""
        return paging.key(self.report)

    @property
    def is_window_shown(self) -> bool:
        until = self.window_until
        return until is not None and until - self.now < WINDOW_SHOWN_BELOW

    @property
    def cells(self) -> dict[str, Any]:
        """What the row says, in plain words: a template reads a dictionary several times faster than properties."""
        report, holder = self.report, self.report.holder
        unread = report.unread_count
        return {
            "number": report.number,
            "url": report.get_absolute_url(),
            "sort_key": self.sort_key,
            "urgency": self.urgency,
            "urgency_word": str(report.get_urgency_display()),
            "is_routine": report.urgency == Urgency.ROUTINE,
            "category": report.category.short_label if report.category else "",
            "age": self.age,
            "opening": self.opening and self.opening[:OPENING_LENGTH],
            "kind": "" if self.opening else str(capfirst(report.get_opening_kind_display())),
            "is_closed": not report.is_open,
            "place": report.area.name if report.area else "",
            "unit": report.unit.name if report.unit else "",
            "is_mine": self.is_mine,
            "holder": str(holder) if holder else "",
            "initials": holder.initials if holder else "",
            "window_left": self.window_left if report.is_open else None,
            "is_window_shown": self.is_window_shown,
            "is_window_over": self.is_window_over,
            "due": self.due,
            "is_overdue": self.is_overdue,
            "is_paused": self.is_paused,
            "has_failed": report.failed_at is not None,
            "escalated": str(report.get_escalated_display()) if report.escalated else "",
            "unread_class": " is-unread" if unread else "",
            "unread": _unread(unread) if unread else "",
        }


def with_what_a_row_shows(reports: ReportQuerySet) -> ReportQuerySet:
    return reports.select_related("category", "area", "unit", "holder", "contact__service_number")


def rows(reports: Iterable[Report], operator: Operator) -> list[Row]:
    reports = list(reports)
    openings = reading.openings(reports, by=operator)
    now = timezone.now()
    return [Row(report, operator, now, openings[report.pk]) for report in reports]


def _unread(number: int) -> str:
    words = ngettext("{number} unread message", "{number} unread messages", number)
    return words.format(number=number)

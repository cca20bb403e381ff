"""A row of the queue: a report with its first words, ready to draw. Always the same number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import ngettext

from operators.desk import paging
from operators.desk.standing import Standing
from operators.models import Operator
from reports import reading
from reports.models import Incident, Report
from reports.models.report import ReportQuerySet
from reports.workflow import Urgency

WINDOW_SHOWN_BELOW = timedelta(hours=6)
SHOWN = (
    *(
        "number",
        "station_id",
        "status",
        "urgency",
        "received_at",
        "due_at",
        "unread_count",
        "failed_at",
        "escalated",
        "incident_id",
        "is_life_line",
    ),
    *(
        "opening_sealed",
        "opening_kind",
        "category__short_label",
        "area__name",
        "unit__name",
        "holder__name",
        "holder__rank",
    ),
    *("contact__last_inbound_at", "contact__service_number__channel"),
)
"""The columns that a row is made of: of a hundred, a fifth."""
OPENING_LENGTH = 160
"""More than one line can hold at any width; what does not fit is cut with an ellipsis by the stylesheet."""


@dataclass(frozen=True)
class Row(Standing):
    """`opening` is None when the words do not open any more."""

    # Out of repr(): an error in a template prints whatever the template was given.
    opening: str | None = field(repr=False)
    told_by: int = 0
    """How many reports its incident has, as far as this person may see them; 0 when it belongs to none."""

    @property
    def sort_key(self) -> str:
        """Text that sorts as `lost_first` orders: the page puts a row that arrives in its place with it."""
        return paging.key(self.report)

    @property
    def is_window_shown(self) -> bool:
        until = self.window_until
        return until is not None and until - self.now < WINDOW_SHOWN_BELOW

    @property
    def address(self) -> str:
        return f"{_desk()}{self.report.number}/"

    @property
    def is_routine(self) -> bool:
        return self.report.urgency == Urgency.ROUTINE

    @property
    def opening_shown(self) -> str:
        return self.opening[:OPENING_LENGTH] if self.opening else ""

    @property
    def opening_kind(self) -> str:
        """What came first, where that was not words."""
        return str(capfirst(self.report.get_opening_kind_display()))

    @property
    def place(self) -> str:
        return self.report.area.name if self.report.area else ""

    @property
    def unit(self) -> str:
        return self.report.unit.name if self.report.unit else ""

    @property
    def unread(self) -> str:
        """How much nobody has read yet, of the reporter or of a unit; "" for none."""
        number = self.report.unread_count
        if not number:
            return ""
        words = ngettext("{number} unread item", "{number} unread items", number)
        return words.format(number=number)


@cache
def _desk() -> str:
    """Where the reports are. Looking up an address for every row takes longer than drawing it."""
    return reverse("desk:report", args=["-"]).removesuffix("-/")


def with_what_a_row_shows(reports: ReportQuerySet) -> ReportQuerySet:
    return reports.select_related(
        "category", "area", "unit", "holder", "contact__service_number"
    ).only(*SHOWN)


def rows(reports: Iterable[Report], operator: Operator) -> list[Row]:
    reports = list(reports)
    openings = reading.openings(reports, by=operator)
    now = timezone.now()
    counts = _counts(reports, operator)
    return [
        Row(report, operator, now, openings[report.pk], counts.get(report.incident_id, 0))
        for report in reports
    ]


def _counts(reports: Iterable[Report], operator: Operator) -> dict[UUID | None, int]:
    """By incident. One query, where any of these belongs to one."""
    ids = {report.incident_id for report in reports if report.incident_id}
    if not ids:
        return {}
    return {pk: one.reports for pk, one in Incident.objects.counts(ids, operator).items()}

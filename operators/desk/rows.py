"""A row of the queue: a report with its first words, ready to draw. Always the same number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from operators.models import Operator
from reports import reading
from reports.models import Report
from reports.models.report import ReportQuerySet


@dataclass(frozen=True)
class Row:
    """`opening` is None when the words do not open any more."""

    report: Report
    opening: str | None
    is_mine: bool


def on_the_queue(operator: Operator) -> ReportQuerySet:
    """The reports of this person's queue, in its order, with what a row shows."""
    return with_what_a_row_shows(Report.objects.visible_to(operator)).at_the_desk().lost_first()


def with_what_a_row_shows(reports: ReportQuerySet) -> ReportQuerySet:
    return reports.select_related("category", "area", "unit", "holder", "contact__service_number")


def rows(reports: Iterable[Report], operator: Operator) -> list[Row]:
    reports = list(reports)
    openings = reading.openings(reports, by=operator)
    return [Row(report, openings[report.pk], report.holder_id == operator.pk) for report in reports]

"""What stands beside the conversation and takes some looking up: the reporter's history, the sentence it closed with."""

from dataclasses import dataclass, field

from django.db.models import Count

from operators.models import Operator
from reports import reading
from reports.models import Report
from reports.workflow import Outcome

LATEST = 3


@dataclass(frozen=True)
class History:
    """The reporter's other reports at this station, as far as this person may see them."""

    total: int
    outcomes: list[tuple[str, int]]
    latest: list[Report]


def history(report: Report, operator: Operator) -> History:
    others = Report.objects.visible_to(operator).filter(reporter=report.reporter_id)
    others = others.exclude(pk=report.pk)
    number_of = dict(others.values_list("outcome").annotate(number=Count("pk")).order_by("-number"))
    closed = [(str(Outcome(o).label), n) for o, n in number_of.items() if o in Outcome.values]
    latest = others.order_by("-received_at")[:LATEST] if number_of else []
    return History(sum(number_of.values()), closed, list(latest))


@dataclass(frozen=True)
class Ending:
    """The sentence with which a report was closed; None when it does not open any more."""

    note: str | None = field(repr=False)


def ending(report: Report, operator: Operator) -> Ending:
    return Ending("" if report.is_open else reading.outcome_note(report, by=operator))

"""The queue: what is open, in the order of what is lost first."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from operators.desk import feed
from operators.desk.rows import Row, on_the_queue, rows
from operators.models import Operator
from operators.permissions import OperatorRequest, requires
from reports.models import Report

SHOWN = 60


@dataclass(frozen=True)
class Queue:
    """What the left column shows. `more` is how many are not shown; `cursor` is where the feed goes on from."""

    rows: list[Row]
    counts: dict[str, int]
    view: str
    more: int
    cursor: str


VIEWS = {"station": _("All"), "new": _("New"), "mine": _("Mine")}


def load(operator: Operator, view: str) -> Queue:
    # The cursor first: what changes while we read is told again by the feed, and nothing is missed.
    cursor = feed.now()
    view = view if view in VIEWS else "station"
    filters = {"station": Q(), "new": Q(holder=None), "mine": Q(holder=operator.pk)}
    counts = (
        Report.objects.visible_to(operator)
        .at_the_desk()
        .aggregate(**{name: Count("pk", filter=condition) for name, condition in filters.items()})
    )
    shown = on_the_queue(operator).filter(filters[view])[:SHOWN]
    return Queue(
        rows=rows(shown, operator),
        counts=counts,
        view=view,
        more=max(0, counts[view] - SHOWN),
        cursor=cursor,
    )


@require_safe
@requires("read_report")
def queue(request: OperatorRequest) -> HttpResponse:
    context = {"queue": load(request.user, request.GET.get("view", "")), "views": VIEWS}
    return render(request, "desk/queue.html", context)

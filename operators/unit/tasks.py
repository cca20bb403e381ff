"""The list of a unit's tasks, and what an open list asks every ten seconds."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from operators.desk import times
from operators.models import Operator
from operators.permissions import OperatorRequest, requires
from operators.unit import mine, paging
from reports.models import Assignment
from reports.models.assignment import Progress
from reports.workflow import Urgency

MOST = 300
"""Rows of one answer to an open list that has been unrolled; beyond these somebody looks for something, not at it."""
HURRIES = (Progress.SENT, Progress.ACCEPTED, Progress.UNDER_WAY)


@dataclass(frozen=True)
class Row:
    """What a line says of a task. Of one that was given back or called off: that it was, and when."""

    number: str
    progress: str
    state: str
    urgency: str
    urgency_label: str
    category: str
    place: str
    sent: SafeString
    due: SafeString | None
    is_overdue: bool
    ended: SafeString | None
    result: str
    accepted_by: str
    is_gone: bool

    @property
    def is_new(self) -> bool:
        return self.progress == Progress.SENT


def row(task: Assignment, now: datetime, operator: Operator) -> Row:
    gone = mine.is_gone(task)
    hurries = task.progress in HURRIES and task.arrive_by is not None
    shows_names = operator.may("lead_unit") and not gone
    return Row(
        number=task.number,
        progress=task.progress,
        state=task.get_progress_display(),
        urgency=Urgency(task.urgency).slug,
        urgency_label=task.get_urgency_display(),
        category="" if gone else task.category_label,
        place="" if gone else task.place_name,
        sent=times.since(task.sent_at, now),
        due=times.due(task.arrive_by, now) if hurries and task.arrive_by else None,
        is_overdue=bool(hurries and task.arrive_by and task.arrive_by <= now),
        ended=times.since(task.ended_at, now) if task.ended_at else None,
        result=task.get_result_display() if task.result else "",
        accepted_by=str(task.accepted_by) if shows_names and task.accepted_by else "",
        is_gone=gone,
    )


@require_safe
@requires("work_assignment")
def tasks(request: OperatorRequest) -> HttpResponse:
    """The page, from its beginning or from `after`."""
    return render(request, "unit/tasks.html", _shown(request))


@require_safe
@requires("work_assignment")
def feed(request: OperatorRequest) -> HttpResponse:
    """204 when the tasks are as they were when `seen` was given out; else the list, as many rows of it as are open."""
    seen = state(request.user)
    if request.GET.get("seen") == seen.tag:
        return HttpResponse(status=204, headers={"ETag": f'"{seen.tag}"'})
    context = _shown(request, at_most=_rows(request), seen=seen)
    answer = render(request, "unit/_tasks.html", context)
    answer.headers["ETag"] = f'"{seen.tag}"'
    return answer


@require_safe
@requires("work_assignment")
def more(request: OperatorRequest) -> HttpResponse:
    """The rows behind `after`, for a list that is unrolled further."""
    return render(request, "unit/_more.html", _shown(request))


@dataclass(frozen=True)
class State:
    """What there is, in short: a digest that changes with every task that comes, moves on or ends; how many are new."""

    tag: str
    waiting: int


def state(operator: Operator) -> State:
    """Two queries."""
    tasks = mine.tasks(operator)
    running = list(tasks.running().order_by("pk").values_list("number", "progress"))
    last = tasks.aggregate(last=Max("ended_at"))["last"]
    told = hashlib.sha256(repr((running, last)).encode()).hexdigest()[:20]
    return State(told, sum(progress == Progress.SENT for _number, progress in running))


def _shown(
    request: OperatorRequest, *, at_most: int = paging.PAGE, seen: State | None = None
) -> dict[str, Any]:
    operator, now = request.user, timezone.now()
    found = mine.tasks(operator)
    if operator.may("lead_unit"):
        found = found.select_related("accepted_by")
    listed, further = paging.page(found, request.GET.get("after", ""), at_most=at_most)
    drawn = [row(task, now, operator) for task in listed]
    return {
        "is_field": True,
        "seen": seen or state(operator),
        "running": [one for one in drawn if one.ended is None],
        "ended": [one for one in drawn if one.ended is not None],
        "further": further,
        "is_first": not request.GET.get("after"),
    }


def _rows(request: OperatorRequest) -> int:
    asked = request.GET.get("rows", "")
    wanted = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    return min(max(wanted, paging.PAGE), MOST)

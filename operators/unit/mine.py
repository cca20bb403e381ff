"""The tasks of whoever asks. Nothing else in this package asks the database for one."""

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from operators.models import Operator
from reports.models import Assignment, DispatchPicture
from reports.models.assignment import AssignmentQuerySet, Progress

GONE = (Progress.RETURNED, Progress.CALLED_OFF)
"""Of these the unit is told that they have ended, and nothing else any more."""


def tasks(operator: Operator) -> AssignmentQuerySet:
    """Those of this person's own unit that run, or have ended within TASK_ENDED_SHOWN; without what leads to the report."""
    lately = timezone.now() - settings.TASK_ENDED_SHOWN
    mine = Assignment.objects.for_unit_of(operator)
    return mine.filter(Q(ended_at=None) | Q(ended_at__gt=lately)).defer("report")


def task(operator: Operator, number: str) -> Assignment:
    """That of this number. The same Http404 for one of another unit and for one that does not exist."""
    found = tasks(operator).select_related("accepted_by", "ended_by").filter(number=number).first()
    if found is None:
        raise Http404
    return found


def pictures(operator: Operator) -> QuerySet[DispatchPicture]:
    """Those of the tasks whose content is still there to be read."""
    readable = tasks(operator).exclude(progress__in=GONE)
    return DispatchPicture.objects.filter(assignment__in=readable.values("pk"))


def is_gone(assignment: Assignment) -> bool:
    return assignment.progress in GONE

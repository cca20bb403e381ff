"""Where a task is: its point in figures, and the ground around it for the small map."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from operators import maps
from operators.permissions import OperatorRequest, requires
from operators.unit import mine
from reports.models import Assignment

map_files = maps.files


def in_figures(task: Assignment) -> str:
    return maps.in_figures(task.latitude, task.longitude)


@require_safe
@requires("work_assignment")
def around(request: OperatorRequest, dispatch_number: str) -> HttpResponse:
    """What the map of a task draws; of one that was given back or called off, nothing."""
    task = mine.task(request.user, dispatch_number)
    point = (None, None) if mine.is_gone(task) else (task.latitude, task.longitude)
    return JsonResponse(maps.near(task.station_id, *point))

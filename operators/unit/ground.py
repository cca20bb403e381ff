"""Where a task is: its point in figures, and the ground around it for the small map."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from operators import maps
from operators.permissions import OperatorRequest, requires
from operators.unit import mine
from reports.models import Area, Assignment, Landmark
from reports.models.area import KM_PER_DEGREE

DEGREES = settings.TASK_MAP_KM / KM_PER_DEGREE
map_files = maps.files


def in_figures(task: Assignment) -> str:
    """Latitude and longitude, to a metre; "" without a point."""
    if task.latitude is None or task.longitude is None:
        return ""
    return f"{task.latitude:.5f},{task.longitude:.5f}"


@require_safe
@requires("work_assignment")
def around(request: OperatorRequest, dispatch_number: str) -> HttpResponse:
    """What the map of a task draws: only the villages and landmarks near it, for the line is thin out there."""
    task = mine.task(request.user, dispatch_number)
    if mine.is_gone(task) or task.latitude is None or task.longitude is None:
        return JsonResponse(maps.drawn([], []))
    near = {
        "station": task.station_id,
        "latitude__range": (task.latitude - DEGREES, task.latitude + DEGREES),
        "longitude__range": (task.longitude - DEGREES, task.longitude + DEGREES),
    }
    villages = Area.objects.filter(level=Area.Level.VILLAGE, **near)
    return JsonResponse(maps.drawn(villages, Landmark.objects.filter(**near)))

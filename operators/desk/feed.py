"""What changed since a desk last asked: rows to put in, rows to take out, counts, and the new cursor."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from operators.desk import cursor, presence, queue
from operators.desk.cursor import Cursor
from operators.desk.rows import rows
from operators.permissions import OperatorRequest, requires
from reports.models import Report

AT_ONCE = 60
"""More changes than this, and the desk draws its page anew."""


@require_safe
@requires("read_report")
def feed(request: OperatorRequest) -> HttpResponse:
    """204 when nothing changed; else what did. 205 tells the page to draw itself anew.

    With `hearing` the page also wants to know how well the desk hears, and is told in any case; with it come the counts,
    for a target may pass without anything having changed.
    """
    told = cursor.parse(request.GET.get("after", ""))
    if told is None:
        return HttpResponse(status=205)
    changes = cursor.later_than(told, station_id=request.user.station_id, at_most=AT_ONCE + 1)
    wants_hearing = bool(request.GET.get("hearing"))
    if changes is None or len(changes) > AT_ONCE or any(change.is_hiding for change in changes):
        return HttpResponse(status=205)
    here = presence.news(request)
    if not changes and not wants_hearing and here is None:
        return HttpResponse(status=204)
    context: dict[str, Any] = {"cursor": Cursor(*changes[-1][:2]) if changes else told}
    context["presence"] = here
    if changes:
        context |= _what_changed(request, {change.report_id for change in changes})
    return render(request, "desk/_feed.html", context | {"wants_hearing": wants_hearing})


def _what_changed(request: OperatorRequest, report_ids: set[UUID]) -> dict[str, Any]:
    """A report that this person may not see is neither among the rows nor among those that are gone."""
    operator, look = request.user, queue.looking_at(request)
    visible = Report.objects.visible_to(operator)
    changed = visible.filter(pk__in=report_ids)
    shown = rows(queue.on_view(changed, look, operator), operator)
    numbers = {row.report.number for row in shown}
    return {
        "rows": shown,
        "gone": [n for n in changed.values_list("number", flat=True) if n not in numbers],
        "tabs": queue.tabs(operator),
        "view": look.behind_view,
    }

"""What changed since a desk last asked. The cursor is "<transaction>-<id>" of the last change it was told of."""

from typing import NamedTuple

from django.db import connection
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from operators.desk.rows import rows, with_what_a_row_shows
from operators.permissions import OperatorRequest, requires
from reports.models import Change, Report

AT_ONCE = 200
"""More changed reports than this, and the desk draws its page anew."""


class Cursor(NamedTuple):
    transaction: int
    change: int

    def __str__(self) -> str:
        return f"{self.transaction}-{self.change}"


def now() -> str:
    """The cursor of somebody who has just been told everything."""
    last = _settled().order_by("-transaction", "-pk").values_list("transaction", "pk").first()
    return str(Cursor(*last) if last else Cursor(0, 0))


@require_safe
@requires("read_report")
def feed(request: OperatorRequest) -> HttpResponse:
    """204 when nothing changed; else the changed rows and the new cursor. 205 tells the page to draw itself anew."""
    cursor = _parsed(request.GET.get("after", ""))
    if cursor is None:
        return HttpResponse(status=205)
    changes = list(
        _after(cursor)
        .filter(station_id=request.user.station_id)
        .order_by("transaction", "pk")
        .values_list("transaction", "pk", "report_id")[: AT_ONCE + 1]
    )
    if not changes:
        return HttpResponse(status=204)
    if len(changes) > AT_ONCE or _is_too_old(cursor):
        return HttpResponse(status=205)
    changed = Report.objects.visible_to(request.user).filter(
        pk__in={report_id for _, _, report_id in changes}
    )
    context = {
        "rows": rows(with_what_a_row_shows(changed).lost_first(), request.user),
        "cursor": str(Cursor(*changes[-1][:2])),
        "view": request.GET.get("view", ""),
        "now": timezone.now(),
    }
    return render(request, "desk/_feed.html", context)


def _parsed(text: str) -> Cursor | None:
    try:
        transaction, change = text.split("-")
        return Cursor(int(transaction), int(change))
    except ValueError:
        return None


def _settled():  # type: ignore[no-untyped-def]
    """Changes of transactions that are over, with all older ones over too: none can still appear before them."""
    if connection.vendor != "postgresql":
        return Change.objects.all()
    return Change.objects.extra(
        where=["transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"]
    )


def _after(cursor: Cursor):  # type: ignore[no-untyped-def]
    return (
        _settled()
        .filter(transaction__gte=cursor.transaction)
        .filter(Q(transaction__gt=cursor.transaction) | Q(pk__gt=cursor.change))
    )


def _is_too_old(cursor: Cursor) -> bool:
    """Whether changes after this cursor may have been forgotten already."""
    return cursor != (0, 0) and not Change.objects.filter(pk=cursor.change).exists()

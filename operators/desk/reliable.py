"""How often reports turned out to be true, by place, time and category; and what waits for a check, the likeliest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from operators.desk import fairness
from operators.desk.rows import Row, rows
from operators.permissions import OperatorRequest, requires
from reports import reliability
from reports.models import Area, Category, Report
from reports.reliability import Estimate, Ledger, Part, Tally

IN_TABLE = 12
TO_CHECK_SHOWN = 30


class Entry(NamedTuple):
    """A line of the ledger: what it is about, what became of it, how likely the next one is true."""

    words: str
    tally: Tally
    estimate: Estimate


@dataclass(frozen=True)
class Waiting:
    """A report that is to be checked first, with how likely it is true, for the order alone."""

    row: Row
    likelihood: float


@require_safe
@requires("see_blocks")
def ledger(request: OperatorRequest) -> HttpResponse:
    now = timezone.now()
    known = fairness.ledger_of(request.user.station_id, now)
    districts = Area.objects.filter(
        station_id=request.user.station_id, level=Area.Level.DISTRICT
    ).values_list("pk", "name")
    # How often a reserved category occurs is for those it is reserved for.
    categories = Category.objects.filter(reserved_for__in={"", request.user.unit_slug}).values_list(
        "pk", "short_label"
    )
    context = {
        "days": settings.RELIABILITY_WINDOW.days,
        "latest": settings.RELIABILITY_LATEST,
        "known": known,
        "by_district": _entries(known.by_district, dict(districts), known),
        "by_part": [
            Entry(str(fairness.PARTS[part]), tally, tally.estimate(known.average))
            for part in Part
            if (tally := known.by_part.get(part))
        ],
        "by_category": _entries(known.by_category, dict(categories), known),
        "to_check": _to_check(request, known),
        "view": "station",
    }
    return render(request, "desk/reliability.html", context)


def _entries(tallies: Mapping[int, Tally], names: Mapping[int, str], known: Ledger) -> list[Entry]:
    named = [(names[key], tally) for key, tally in tallies.items() if key in names]
    most = sorted(named, key=lambda one: (-one[1].closed, one[0]))[:IN_TABLE]
    return [Entry(name, tally, tally.estimate(known.average)) for name, tally in most]


def _to_check(request: OperatorRequest, known: Ledger) -> list[Waiting]:
    """Of what is lost first, what the station has checked before anybody acts, and nobody has confirmed yet."""
    station = request.user.station
    related = ("category", "area", "unit", "holder", "contact__service_number")
    open_ones = Report.objects.visible_to(request.user).open().select_related(*related)
    wanted = open_ones.filter(category__in=station.checked_first.values("category")).exclude(
        verifications__result="confirmed"
    )
    reports = list(wanted.lost_first()[:TO_CHECK_SHOWN])
    own = reliability.of_reporters(reports, by=request.user)
    ordered = reliability.likeliest_first(reports, known, own)
    drawn = {row.report.pk: row for row in rows(ordered, request.user)}
    return [
        Waiting(
            drawn[report.pk],
            reliability.likelihood(report, known, own.get(report.reporter_id, Tally())),
        )
        for report in ordered
    ]

"""Linking from the page of one report, taking out, and two reports side by side."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from operators import maps
from operators.desk import page, times
from operators.desk.attached import Attached
from operators.desk.incident_forms import LinkForm
from operators.desk.incident_page import points_of
from operators.desk.incidents import link_from
from operators.desk.standing import Standing
from operators.models import Operator
from operators.permissions import OperatorRequest, requires
from reports import following, incidents, reading
from reports.actors import Refused
from reports.channels.base import Kind
from reports.models import Attachment, Report
from reports.models.message import Direction
from reports.reading import Line

WORDS_SHOWN, PICTURES_SHOWN = 6, 4


@require_POST
@requires("link")
def link(request: OperatorRequest, number: str) -> HttpResponse:
    shown = page.get_report(request, number)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return page.again(request, shown, link_form=form)
    return link_from(request, shown, form.cleaned_data["to"], link_form=form)


@require_POST
@requires("link")
def unlink(request: OperatorRequest, number: str) -> HttpResponse:
    shown = page.get_report(request, number)
    return page.do(request, shown, lambda: incidents.unlink(shown, by=request.user))


@require_POST
@requires("follow")
def follow(request: OperatorRequest, number: str) -> HttpResponse:
    """Bring the report to where its incident is."""
    shown = page.get_report(request, number)
    return page.do(request, shown, lambda: following.follow(shown, by=request.user))


@dataclass(frozen=True)
class Side:
    """One of two reports that are laid beside each other."""

    report: Report
    operator: Operator
    now: datetime
    letter: str
    lines: list[Line] = field(repr=False)
    pictures: list[Attached] = field(repr=False)

    @property
    def standing(self) -> Standing:
        return Standing(self.report, self.operator, self.now)

    @property
    def said(self) -> list[tuple[SafeString, str | None]]:
        return [(times.at_day_and_time(one.message.at), one.text) for one in self.lines]

    @property
    def received(self) -> SafeString:
        return times.at_day_and_time(self.report.received_at)


@require_safe
@requires("read_report")
def compare(request: OperatorRequest) -> HttpResponse:
    """Two reports side by side: words, pictures, places on one map, times. Linking them is one key."""
    numbers = [request.GET.get(name, "")[:20] for name in ("a", "b")]
    related = (
        *("reporter", "category", "area__parent", "landmark", "holder", "incident"),
        "contact__service_number",
    )
    rows = Report.objects.visible_to(request.user).select_related(*related)
    found = {one.number: one for one in rows.filter(number__in=numbers)}
    if len(found) != 2:
        raise Http404
    sides = _sides([found[number] for number in numbers], request.user)
    a, b = (side.report for side in sides)
    context = {
        "sides": sides,
        "a": a,
        "b": b,
        "are_linked": a.incident_id is not None and a.incident_id == b.incident_id,
        "points": points_of((side.report, side.letter) for side in sides),
        **maps.files(),
    }
    return render(request, "desk/compare.html", context)


@require_POST
@requires("link")
def link_compared(request: OperatorRequest) -> HttpResponse:
    """Link the two that were compared, and on to their incident."""
    rows = Report.objects.visible_to(request.user)
    found = [rows.filter(number=request.POST.get(name, "")[:20]).first() for name in ("a", "b")]
    a, b = found
    if a is None or b is None:
        raise Http404
    try:
        incident = incidents.link(a, b, by=request.user, held=settings.UNDO_WITHIN)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(a)
    return redirect(incident)


def _sides(reports: Iterable[Report], operator: Operator) -> list[Side]:
    now = timezone.now()
    return [
        Side(one, operator, now, letter, _lines(one, operator), _pictures(one))
        for one, letter in zip(reports, "AB", strict=True)
    ]


def _lines(report: Report, operator: Operator) -> list[Line]:
    """The first words of the reporter."""
    said = report.messages.filter(direction=Direction.INBOUND).exclude(body_sealed=b"")
    first = said.defer("raw_sealed").order_by("at", "id")[:WORDS_SHOWN]
    return reading.conversation(report, first, by=operator)


def _pictures(report: Report) -> list[Attached]:
    files = (
        Attachment.objects.filter(message__report=report, message__direction=Direction.INBOUND)
        .select_related("message")
        .prefetch_related("files")
        .order_by("message__at", "position")[: 2 * PICTURES_SHOWN]
    )
    every = [
        Attached(one, Kind(one.message.kind), 1, 1, None, list(one.files.all())) for one in files
    ]
    return [one for one in every if one.thumbnail and one.view][:PICTURES_SHOWN]

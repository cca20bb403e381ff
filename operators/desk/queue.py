"""The queue: what is at the desk, in the order of what is lost first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db.models import Count, DateTimeField, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from operators.desk import cursor, filters, paging
from operators.desk.cursor import Cursor
from operators.desk.filters import Look
from operators.desk.rail import Rail
from operators.desk.rows import Row, rows, with_what_a_row_shows
from operators.models import Operator
from operators.permissions import OperatorRequest, requires
from reports.actors import Actor
from reports.models import Report
from reports.models.readers import AnyReader
from reports.models.report import ReportQuerySet
from reports.statements import Given, Statement
from reports.workflow import Status

SHOWN = 30
"""More than the tallest screen holds; the list goes on when it is scrolled."""
SHOWN_BESIDE = 12
"""Beside a report: what most screens hold."""
MOST_SHOWN = 480


@dataclass(frozen=True)
class View:
    """A way to look at the queue: its word on the rail, its heading, its icon in static/icons.svg, its key."""

    label: str | Promise
    heading: str | Promise
    icon: str
    shortcut: str = ""


VIEWS: Mapping[str, View] = {
    "station": View(
        pgettext_lazy("view of the queue", "All"),
        pgettext_lazy("view of the queue", "All reports"),
        "inbox",
    ),
    "new": View(
        pgettext_lazy("view of the queue", "New"),
        pgettext_lazy("view of the queue", "Not claimed yet"),
        "arriving",
    ),
    "mine": View(
        pgettext_lazy("view of the queue", "Mine"),
        pgettext_lazy("view of the queue", "Held by me"),
        "person",
        shortcut="m",
    ),
    "waiting": View(
        pgettext_lazy("view of the queue", "Waiting"),
        pgettext_lazy("view of the queue", "Waiting for the reporter"),
        "paused",
    ),
    "overdue": View(
        pgettext_lazy("view of the queue", "Overdue"),
        pgettext_lazy("view of the queue", "Past their target"),
        "overdue",
    ),
    "life_line": View(
        pgettext_lazy("view of the queue", "Life line"),
        pgettext_lazy("view of the queue", "Through the life line"),
        "lifeline",
    ),
    "failed": View(
        pgettext_lazy("view of the queue", "Failed"),
        pgettext_lazy("view of the queue", "Answers that did not arrive"),
        "unsent",
    ),
}


@dataclass(frozen=True)
class Tab:
    """A view on the rail, and how many reports are on it."""

    name: str
    view: View
    number: int


@dataclass(frozen=True)
class Queue:
    """What the left column shows. `more` says whether the list goes on; `cursor` is where the feed goes on from.

    None for a list that does not begin at its top: a page with a script draws itself anew then.
    """

    rows: list[Row]
    tabs: list[Tab]
    look: Look
    more: bool
    cursor: Cursor | None

    @property
    def view(self) -> str:
        return self.look.view

    @property
    def heading(self) -> str | Promise:
        return VIEWS[self.view].heading

    @property
    def last_key(self) -> str:
        return self.rows[-1].sort_key if self.rows else ""


def chosen_view(request: HttpRequest) -> str:
    view = request.GET.get("view", "")
    return view if view in VIEWS else "station"


def looking_at(request: HttpRequest) -> Look:
    return filters.look(request, chosen_view(request), request.GET)


def behind_view(request: HttpRequest) -> str:
    """What stands behind "?view=" on the links of this page: the view, and what narrows it."""
    return Look(chosen_view(request), filters.narrowing(request.GET)).behind_view


NOW = Given("now", DateTimeField())


def belongs_to(view: str, operator: Actor, at: datetime | Given) -> Q:
    return {
        "station": Q(),
        "new": Q(holder=None),
        "mine": Q(holder=operator.pk),
        "waiting": Q(status=Status.WAITING),
        "overdue": Q(due_at__lte=at),
        "life_line": Q(is_life_line=True),
        "failed": Q(failed_at__isnull=False),
    }[view]


def tabs(operator: Operator) -> list[Tab]:
    """The views with how many reports are on each. One query."""
    counted = NUMBERS.first(now=timezone.now(), **AnyReader.values_of(operator))
    numbers = dict(zip(VIEWS, counted or (), strict=False))
    return [Tab(name, view, numbers.get(name, 0)) for name, view in VIEWS.items()]


def _numbers() -> "QuerySet[Report, tuple[int, ...]]":
    at_the_desk = Report.objects.visible_to(AnyReader()).at_the_desk()
    each = {f"on_{name}": Count("pk", filter=belongs_to(name, AnyReader(), NOW)) for name in VIEWS}
    # Grouped by what is the same for all: one row, or none for an empty desk.
    together = at_the_desk.order_by().values(all_of_them=Value(1)).annotate(**each)
    return together.values_list(*each)


NUMBERS = Statement(_numbers)


def on_view(reports: ReportQuerySet, look: Look, operator: Operator) -> ReportQuerySet:
    """Of these reports those that this look shows, in order, with what their rows say."""
    at_the_desk = with_what_a_row_shows(reports).at_the_desk()
    return look.narrow(
        at_the_desk.filter(belongs_to(look.view, operator, timezone.now()))
    ).lost_first()


def load(request: OperatorRequest, *, how_many: int | None = None) -> Queue:
    operator, look = request.user, looking_at(request)
    # The cursor first: what changes while we read is told again by the feed, and nothing is missed.
    told = cursor.now(station_id=operator.station_id)
    from_top = "from" not in request.GET
    least = how_many or SHOWN
    wanted = _how_many(request, least)
    if from_top and look.filterset is None and wanted == least:
        shown, more = _first(look.view, operator, least)
    else:
        visible = Report.objects.visible_to(operator)
        shown, more = _some(request, on_view(visible, look, operator), wanted)
    return Queue(shown, tabs(operator), look, more, told if from_top else None)


@cache
def _from_top(view: str, how_many: int) -> Statement[Report]:
    """What most pages show: the beginning of a view that nothing narrows."""

    def build() -> ReportQuerySet:
        visible = Report.objects.visible_to(AnyReader())
        on_it = with_what_a_row_shows(visible).at_the_desk()
        return on_it.filter(belongs_to(view, AnyReader(), NOW)).lost_first()[: how_many + 1]

    return Statement(build)


def _first(view: str, operator: Operator, how_many: int) -> tuple[list[Row], bool]:
    found = _from_top(view, how_many).ask(now=timezone.now(), **AnyReader.values_of(operator))
    return rows(found[:how_many], operator), len(found) > how_many


@require_safe
@requires("read_report")
def queue(request: OperatorRequest) -> HttpResponse:
    return render(request, "desk/queue.html", around(load(request)))


@require_safe
@requires("read_report")
def more(request: OperatorRequest) -> HttpResponse:
    """The rows that follow: the same queries however far down."""
    look = looking_at(request)
    reports = on_view(Report.objects.visible_to(request.user), look, request.user)
    shown, goes_on = _some(request, reports, SHOWN)
    context = {"rows": shown, "more": goes_on, "view": look.behind_view}
    return render(request, "desk/_more.html", context)


def around(loaded: Queue) -> dict[str, object]:
    """What every page that shows the queue hands to its template."""
    rail = Rail(lambda: loaded.tabs, loaded.view)
    return {"queue": loaded, "view": loaded.look.behind_view, "tabs": loaded.tabs, "rail": rail}


def _some(
    request: OperatorRequest, reports: ReportQuerySet, how_many: int
) -> tuple[list[Row], bool]:
    """So many rows behind the place that the address names, and whether there are more."""
    if place := paging.parse(request.GET.get("from", "")):
        reports = reports.filter(paging.after(place))
    found = list(reports[: how_many + 1])
    return rows(found[:how_many], request.user), len(found) > how_many


def _how_many(request: HttpRequest, least: int) -> int:
    """A page that draws itself anew asks for as many as it had."""
    try:
        return min(max(int(request.GET.get("shown", "")), least), MOST_SHOWN)
    except ValueError:
        return least

"""The queue: what is open, in the order of what is lost first."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from operators.desk import cursor
from operators.desk.cursor import Cursor
from operators.desk.rows import Row, rows, with_what_a_row_shows
from operators.models import Operator
from operators.permissions import OperatorRequest, requires
from reports.models import Report
from reports.models.report import ReportQuerySet

SHOWN = 60
MOST_SHOWN = 480


@dataclass(frozen=True)
class View:
    """A way to look at the queue: its word on the rail, its heading, its icon in static/icons.svg."""

    label: str | Promise
    heading: str | Promise
    icon: str


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
    """What the left column shows. `more` is how many are not shown; `cursor` is where the feed goes on from."""

    rows: list[Row]
    tabs: list[Tab]
    view: str
    shown: int
    more: int
    cursor: Cursor

    @property
    def heading(self) -> str | Promise:
        return VIEWS[self.view].heading

    @property
    def shown_next(self) -> int:
        return min(self.shown * 2, MOST_SHOWN)

    @property
    def may_show_more(self) -> bool:
        return self.more > 0 and self.shown < MOST_SHOWN


def chosen_view(request: HttpRequest) -> str:
    view = request.GET.get("view", "")
    return view if view in VIEWS else "station"


def belongs_to(view: str, operator: Operator) -> Q:
    return {"station": Q(), "new": Q(holder=None), "mine": Q(holder=operator.pk)}[view]


def tabs(operator: Operator) -> list[Tab]:
    return tabs_of(Report.objects.visible_to(operator), operator)


def tabs_of(visible: ReportQuerySet, operator: Operator) -> list[Tab]:
    """The views with how many of these reports are on each. One query."""
    each = {name: Count("pk", filter=belongs_to(name, operator)) for name in VIEWS}
    numbers = visible.at_the_desk().aggregate(**each)
    return [Tab(name, view, numbers[name]) for name, view in VIEWS.items()]


def load(request: OperatorRequest) -> Queue:
    operator, view = request.user, chosen_view(request)
    # The cursor first: what changes while we read is told again by the feed, and nothing is missed.
    told = cursor.now(station_id=operator.station_id)
    visible = Report.objects.visible_to(operator)
    all_tabs = tabs_of(visible, operator)
    total = next(tab.number for tab in all_tabs if tab.name == view)
    on_the_queue = with_what_a_row_shows(visible).at_the_desk().lost_first()
    shown = _how_many(request)
    return Queue(
        rows=rows(on_the_queue.filter(belongs_to(view, operator))[:shown], operator),
        tabs=all_tabs,
        view=view,
        shown=shown,
        more=max(0, total - shown),
        cursor=told,
    )


@require_safe
@requires("read_report")
def queue(request: OperatorRequest) -> HttpResponse:
    loaded = load(request)
    return render(request, "desk/queue.html", around(loaded))


def around(loaded: Queue) -> dict[str, object]:
    """What every page that shows the queue hands to its template."""
    return {"queue": loaded, "view": loaded.view, "tabs": loaded.tabs}


def _how_many(request: HttpRequest) -> int:
    try:
        return min(max(int(request.GET.get("shown", "")), SHOWN), MOST_SHOWN)
    except ValueError:
        return SHOWN

"""What narrows the queue, as the address of the page holds it. Never who somebody is, and never free text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import django_filters
from django.db.models import Model, Prefetch, Q, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from operators.models import Operator, Unit
from operators.permissions import OperatorRequest, requires
from reports.api.filters import ReportFilter
from reports.models import Area, Category, Report
from reports.models.report import ReportQuerySet
from reports.models.service_number import Channel
from reports.workflow import OPEN_STATUSES, URGENCY_SLUGS, Urgency


def categories(request: OperatorRequest) -> QuerySet[Category]:
    return Category.objects.select_related("parent")


def units(request: OperatorRequest) -> QuerySet[Unit]:
    return Unit.objects.filter(station_id=request.user.station_id, is_active=True)


def areas(request: OperatorRequest) -> QuerySet[Area]:
    return Area.objects.filter(station_id=request.user.station_id)


def colleagues(request: OperatorRequest) -> QuerySet[Operator]:
    return Operator.objects.filter(station_id=request.user.station_id)


ANY = pgettext_lazy("no filter", "Any")


class DeskFilter(ReportFilter):
    """The API's filters for the desk: with labels, over one station, and with values that must exist."""

    # A queue is one station's, and holds what has no outcome yet.
    station = None
    outcome = None
    category = django_filters.ModelChoiceFilter(
        queryset=categories, to_field_name="slug", method="in_category", label=_("category")
    )
    urgency = django_filters.ChoiceFilter(
        choices=[(URGENCY_SLUGS[urgency], urgency.label) for urgency in reversed(Urgency)],
        method="with_urgency",
        label=_("urgency"),
        empty_label=ANY,
    )
    status = django_filters.MultipleChoiceFilter(
        choices=[(status.value, status.label) for status in OPEN_STATUSES],
        widget=CheckboxSelectMultiple,
        label=_("status"),
    )
    unit = django_filters.ModelChoiceFilter(
        queryset=units, to_field_name="slug", label=_("unit"), empty_label=ANY
    )
    channel = django_filters.ChoiceFilter(
        choices=Channel.choices, label=_("channel"), empty_label=ANY
    )
    place = django_filters.ModelChoiceFilter(
        queryset=areas, to_field_name="code", method="in_area", label=_("place")
    )
    holder = django_filters.ModelChoiceFilter(
        queryset=colleagues, label=_("held by"), empty_label=ANY
    )
    received = django_filters.DateFromToRangeFilter(field_name="received_at", label=_("received"))

    class Meta:
        model = Report
        fields: ClassVar[list[str]] = []

    def in_category(
        self, reports: QuerySet[Report], name: str, value: Category
    ) -> QuerySet[Report]:
        return reports.filter(Q(category=value) | Q(category__parent=value))

    def in_area(self, reports: QuerySet[Report], name: str, value: Area) -> QuerySet[Report]:
        return reports.filter(Q(area=value) | Q(area__parent=value))


NAMES = (
    "category", "urgency", "status", "unit", "channel", "place", "holder",
    "received_after", "received_before",
)  # fmt: skip
BOUNDS: Mapping[str, str | Promise] = {
    "received_after": pgettext_lazy("filter: received", "from"),
    "received_before": pgettext_lazy("filter: received", "until"),
}


@dataclass(frozen=True)
class Chip:
    """One thing that narrows the queue, and the address without it."""

    label: str | Promise
    value: str
    without: str


@dataclass(frozen=True)
class Look:
    """A view of the queue and what narrows it. When a value is wrong, nothing narrows, and `wrong` names the filters."""

    view: str
    given: QueryDict
    chips: list[Chip] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    filterset: DeskFilter | None = None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chips)

    @property
    def is_wrong(self) -> bool:
        return bool(self.wrong)

    @property
    def address(self) -> str:
        """The query of the page: the same look always has the same one."""
        return address(self.view, self.given)

    @property
    def behind_view(self) -> str:
        """What stands behind "?view=" on every link and form of the desk."""
        return self.address.removeprefix("view=")

    def narrow(self, reports: ReportQuerySet) -> ReportQuerySet:
        return self.filterset.filter_queryset(reports) if self.filterset else reports


def address(view: str, given: QueryDict) -> str:
    query = QueryDict(mutable=True)
    query["view"] = view
    for name in NAMES:
        query.setlist(name, given.getlist(name))
    return query.urlencode()


def narrowing(given: QueryDict) -> QueryDict:
    """Of what an address says, what narrows the queue: known names, values that are not empty, each once."""
    kept = QueryDict(mutable=True)
    for name in NAMES:
        values = dict.fromkeys(value.replace("\0", "") for value in given.getlist(name))
        kept.setlist(name, [value for value in values if value])
    return kept


def look(request: HttpRequest, view: str, given: QueryDict) -> Look:
    kept = narrowing(given)
    if not any(kept.values()):
        return Look(view, kept)
    filterset = DeskFilter(kept, Report.objects.none(), request=request)
    if filterset.is_valid():
        return Look(view, kept, _chips(view, kept, filterset), filterset=filterset)
    wrong = [str(filterset.filters[name].label) for name in filterset.form.errors]
    return Look(view, QueryDict(), wrong=wrong)


def _chips(view: str, given: QueryDict, filterset: DeskFilter) -> list[Chip]:
    chips = []
    for name in NAMES:
        for value in given.getlist(name):
            without = given.copy()
            without.setlist(name, [other for other in given.getlist(name) if other != value])
            label = filterset.filters[name.removesuffix("_after").removesuffix("_before")].label
            words = _in_words(name, value, filterset)
            chips.append(Chip(label, words, address(view, without)))
    return chips


def _in_words(name: str, value: str, filterset: DeskFilter) -> str:
    if name in BOUNDS:
        received = filterset.form.cleaned_data["received"]
        day = received.start if name == "received_after" else received.stop
        return f"{BOUNDS[name]} {formats.date_format(day, 'SHORT_DATE_FORMAT')}"
    found: Any = filterset.form.cleaned_data[name]
    if isinstance(found, Category):
        return found.short_label
    if isinstance(found, Model):
        return str(found)
    return str(dict(filterset.filters[name].field.choices)[value])


@require_safe
@requires("read_report")
def choose(request: OperatorRequest) -> HttpResponse:
    """The form that narrows the queue, with what is chosen now."""
    kept = narrowing(request.GET)
    form = DeskFilter(kept, Report.objects.none(), request=request).form
    simple = [form[name] for name in ("urgency", "unit", "channel", "holder")]
    context = {
        "form": form,
        "simple": simple,
        "filter_view": request.GET.get("view", ""),
        "groups": Category.objects.filter(parent=None).prefetch_related("children"),
        "districts": areas(request)
        .filter(level=Area.Level.DISTRICT)
        .order_by("name")
        .prefetch_related(Prefetch("children", Area.objects.order_by("name"))),
        "received_after": kept.get("received_after", ""),
        "received_before": kept.get("received_before", ""),
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "desk/_filter.html", context)
    return render(request, "desk/filter.html", context | {"filter_action": reverse("desk:queue")})

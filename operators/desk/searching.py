"""Search among the reports that this person may see. What is searched for is posted, never in an address or a title."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from operators.desk import choices, times
from operators.desk.page import is_htmx
from operators.permissions import OperatorRequest, requires
from reports import searching
from reports.actors import Refused
from reports.models import Area, Category
from reports.searching import Found, Hit, Wanted
from reports.workflow import Status, Urgency

WORDS_LIMIT = 120
FURTHER_LIMIT = 80
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SearchForm(forms.Form):
    words = forms.CharField(required=False, max_length=WORDS_LIMIT)
    category = forms.ChoiceField(required=False, label=gettext_lazy("Category"))
    area = forms.ChoiceField(required=False, label=gettext_lazy("Place"))
    status = forms.ChoiceField(required=False, label=gettext_lazy("Status"))
    since = forms.DateField(required=False, widget=DAY, label=pgettext_lazy("a first day", "From"))
    until = forms.DateField(required=False, widget=DAY, label=pgettext_lazy("a last day", "To"))
    further = forms.CharField(required=False, max_length=FURTHER_LIMIT)

    def __init__(self, *args: Any, station_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "search-%s"
        every = ("", str(pgettext_lazy("filter of a search", "All")))
        offered: dict[str, list[Any]] = {
            "category": choices.categories(),
            "area": choices.areas(station_id),
            "status": [(status.value, str(status.label)) for status in Status],
        }
        for name, among in offered.items():
            self.fields[name].choices = [every, *among]  # type: ignore[attr-defined]

    def narrowing(self) -> list[forms.BoundField]:
        """What stands under the words."""
        return [self[name] for name in ("since", "until", "category", "area", "status")]

    @property
    def is_narrowed(self) -> bool:
        return any(field.value() for field in self.narrowing())

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        category, area, status = given["category"], given["area"], given["status"]
        return Wanted(
            words=given["words"],
            category=Category.objects.get(slug=category) if category else None,
            area=Area.objects.get(code=area) if area else None,
            status=Status(status) if status else None,
            since=given["since"],
            until=given["until"],
        )


@dataclass(frozen=True)
class Shown:
    """A hit as it stands in the list."""

    hit: Hit

    @property
    def urgency(self) -> str:
        return Urgency(self.hit.report.urgency).slug

    @property
    def received(self) -> SafeString | str:
        return _when(self.hit.report.received_at)


@dataclass(frozen=True)
class Answer:
    """What was found, how far back was looked, and how to go on."""

    found: Found
    is_further: bool
    """Whether this goes on from an earlier answer."""

    @property
    def shown(self) -> list[Shown]:
        return [Shown(hit) for hit in self.found.hits]

    @property
    def until(self) -> SafeString | str:
        return _when(self.found.until) if self.found.until else ""


def _when(at: datetime) -> SafeString | str:
    """With its year when that is not this one."""
    local = timezone.localtime(at)
    if local.year == timezone.localtime().year:
        return times.at_day_and_time(at)
    return formats.date_format(local, "j M Y")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("search")
def search(request: OperatorRequest) -> HttpResponse:
    """The form; sent, what was found. With `further`, what comes after the answer that gave it."""
    station_id = request.user.station_id
    if request.method != "POST":
        return _show(request, SearchForm(station_id=station_id))
    form = SearchForm(request.POST, station_id=station_id)
    if not form.is_valid():
        return _show(request, form, status=422)
    wanted, further = form.wanted(), form.cleaned_data["further"]
    if wanted.is_nothing:
        return _show(request, form)
    try:
        found = searching.search(wanted, by=request.user, further=further)
    except Refused as refusal:
        return _show(request, form, status=409, refusal=str(refusal))
    return _show(request, form, answer=Answer(found, is_further=bool(further)))


def _show(
    request: OperatorRequest,
    form: SearchForm,
    *,
    status: int = 200,
    answer: Answer | None = None,
    refusal: str = "",
) -> HttpResponse:
    template = "desk/search.html"
    if is_htmx(request):
        template = "desk/_hits.html" if answer and answer.is_further else "desk/_found.html"
    context = {"form": form, "answer": answer, "refusal": refusal}
    return render(request, template, context, status=status)

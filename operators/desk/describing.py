"""What is done to a report from its facts: category, urgency, place, summary; and opening it again."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from operators.desk import page, places
from operators.desk.forms import (
    AcceptForm,
    CategoryForm,
    DismissForm,
    PlaceForm,
    ReopenForm,
    SummaryForm,
    UrgencyForm,
)
from operators.models import Operator
from operators.permissions import OperatorRequest, requires
from reports import describing, triage
from reports.models import Landmark, Report
from reports.models.finding import Enricher
from reports.workflow import Urgency


@require_POST
@requires("categorise")
def categorise(request: OperatorRequest, number: str) -> HttpResponse:
    def verb(shown: Report, given: dict[str, Any]) -> None:
        describing.categorise(shown, given["category"], by=request.user)

    return page.submit(request, number, CategoryForm, "category_form", verb)


@require_POST
@requires("set_urgency")
def urgency(request: OperatorRequest, number: str) -> HttpResponse:
    shown = page.get_report(request, number)
    form = UrgencyForm(request.POST)
    if not form.is_valid():
        return page.again(request, shown, refusal=_("Choose how urgent it is."))
    (chosen,) = (each for each in Urgency if each.slug == form.cleaned_data["urgency"])
    return page.do(request, shown, lambda: describing.set_urgency(shown, chosen, by=request.user))


@require_POST
@requires("place")
def place(request: OperatorRequest, number: str) -> HttpResponse:
    """The place that was pressed; else the point; else what was typed, when only one place is called so."""
    shown = page.get_report(request, number)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return page.again(request, shown, place_form=form)
    given = _given(form, request.user)
    if not given:
        return page.again(request, shown, **_offer(form, request.user))
    note = form.cleaned_data["note"]
    return page.do(
        request,
        shown,
        lambda: describing.place(shown, **given, note=note, by=request.user),
        place_form=form,
    )


@require_POST
@requires("accept")
def accept(request: OperatorRequest, number: str) -> HttpResponse:
    """Take over a suggestion."""
    shown = page.get_report(request, number)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return page.again(request, shown, refusal=_("Choose one of the suggestions."))
    finding, candidate = form.cleaned_data["suggestion"]
    return page.do(
        request, shown, lambda: describing.accept(shown, finding, candidate, by=request.user)
    )


@require_POST
@requires("accept")
def dismiss(request: OperatorRequest, number: str) -> HttpResponse:
    """Say that what is suggested of one thing is wrong."""

    def verb(shown: Report, given: dict[str, Any]) -> None:
        describing.dismiss(shown, Enricher(given["enricher"]), by=request.user)

    return page.submit(request, number, DismissForm, "dismiss_form", verb)


@require_POST
@requires("summarise")
def summarise(request: OperatorRequest, number: str) -> HttpResponse:
    def verb(shown: Report, given: dict[str, Any]) -> None:
        describing.summarise(shown, given["summary"], by=request.user)

    return page.submit(request, number, SummaryForm, "summary_form", verb)


@require_POST
@requires("reopen")
def reopen(request: OperatorRequest, number: str) -> HttpResponse:
    def verb(shown: Report, given: dict[str, Any]) -> None:
        triage.reopen(shown, reason=given["reason"], by=request.user)

    return page.submit(request, number, ReopenForm, "reopen_form", verb)


def _given(form: PlaceForm, operator: Operator) -> dict[str, Any]:
    """The place for the verb; empty when the form does not settle on one."""
    given: dict[str, Any] = {}
    chosen = places.chosen(form.cleaned_data["choice"], operator)
    if chosen is None and form.cleaned_data["sought"] and not form.cleaned_data["coordinates"]:
        fitting = places.search(form.cleaned_data["sought"], operator)
        chosen = places.chosen(fitting[0].choice, operator) if len(fitting) == 1 else None
    if chosen is not None:
        given["landmark" if isinstance(chosen, Landmark) else "area"] = chosen
    if point := form.cleaned_data["coordinates"]:
        given |= point._asdict()
    return given


def _offer(form: PlaceForm, operator: Operator) -> dict[str, Any]:
    """The form again with what fits to choose from, or with a word that nothing does."""
    sought = form.cleaned_data["sought"]
    fitting = places.search(sought, operator)
    if not sought:
        form.add_error("sought", _("Choose a place, or give its coordinates."))
    elif fitting:
        form.add_error("sought", _("Several places are called like this: choose one."))
    else:
        form.add_error("sought", _("No place of this station is called like this."))
    return {"place_form": form, "sought": sought, "places": fitting}

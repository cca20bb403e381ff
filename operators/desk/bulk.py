"""One verb on many reports: each by itself, and each that was refused named with the reason."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from operators.desk.forms import AssignForm, CloseForm, ReplyForm
from operators.models import Operator
from operators.permissions import OperatorRequest, requires
from reports import claims, describing, incidents, triage
from reports.actors import Refused
from reports.models import Category, Report
from reports.workflow import Outcome

logger = logging.getLogger(__name__)


class CategoriseForm(forms.Form):
    category = forms.ModelChoiceField(
        queryset=Category.objects.all(),
        to_field_name="slug",
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose a category.")
        ),
    )


class LinkAllForm(forms.Form):
    """`to` is a number; without one they are linked to each other."""

    to = forms.CharField(required=False, max_length=20)


Run = Callable[[Report, dict[str, Any], Operator], object]


@dataclass(frozen=True)
class Verb:
    form: type[forms.Form]
    run: Run


def _assign(report: Report, given: dict[str, Any], by: Operator) -> object:
    return claims.assign(report, to=_colleagues(by).get(username=given["to"]), by=by)


def _link(report: Report, given: dict[str, Any], by: Operator) -> object:
    to = incidents.named(given["to"], by=by)
    if to is None:
        raise Refused(_("There is no report and no incident with this number."))
    if to == report:
        # The first of those that are linked to each other.
        return report
    return incidents.link(report, to, by=by, held=settings.UNDO_WITHIN)


VERBS: Mapping[str, Verb] = {
    "claim": Verb(forms.Form, lambda report, given, by: claims.claim(report, by=by)),
    "categorise": Verb(
        CategoriseForm,
        lambda report, given, by: describing.categorise(report, given["category"], by=by),
    ),
    "close": Verb(
        CloseForm,
        lambda report, given, by: triage.close(
            report, Outcome(given["outcome"]), given["note"], by=by
        ),
    ),
    "assign": Verb(AssignForm, _assign),
    "link": Verb(LinkAllForm, _link),
    "reply": Verb(ReplyForm, lambda report, given, by: triage.reply(report, given["text"], by=by)),
}


@dataclass(frozen=True)
class Failure:
    number: str
    reason: str


@dataclass(frozen=True)
class Result:
    done: list[str]
    failed: list[Failure]


@require_http_methods(["GET", "HEAD", "POST"])
@requires("read_report")
def bulk(request: OperatorRequest) -> HttpResponse:
    """What can be done with the rows that are chosen; by POST, do it."""
    if request.method != "POST":
        return render(request, "desk/_bulk.html", _choices(request.user))
    numbers = list(dict.fromkeys(request.POST.getlist("number")))
    verb = VERBS.get(request.POST.get("verb", ""))
    if verb is None or not numbers:
        return _wrong(request, _("Choose reports, and what is to be done with them."))
    if len(numbers) > settings.BULK_MOST:
        words = _("At most %(most)d reports at once; %(number)d are chosen. Nothing was done.")
        return _wrong(request, words % {"most": settings.BULK_MOST, "number": len(numbers)})
    form = _bound(verb, request.POST, request.user)
    if not form.is_valid():
        return _wrong(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
    result = each(verb.run, numbers, form.cleaned_data, request.user)
    return render(request, "desk/_bulk_result.html", {"result": result})


def _bound(verb: Verb, given: QueryDict, by: Operator) -> forms.Form:
    form = verb.form(given)
    if isinstance(form, AssignForm) and form.is_valid():
        is_there = _colleagues(by).filter(username=form.cleaned_data["to"]).exists()
        if not is_there:
            form.add_error("to", _("Choose a colleague."))
    if isinstance(form, LinkAllForm) and form.is_valid() and not form.cleaned_data["to"]:
        numbers = given.getlist("number")
        if len(set(numbers)) < 2:
            form.add_error("to", _("Choose another report as well, or write a number."))
        form.cleaned_data["to"] = _first(numbers, by)
    return form


def _first(numbers: list[str], by: Operator) -> str:
    """The oldest of these that this person may see: the others are linked to it."""
    visible = Report.objects.visible_to(by).filter(number__in=numbers).order_by("received_at")
    return visible.values_list("number", flat=True).first() or ""


def each(run: Run, numbers: list[str], given: dict[str, Any], by: Operator) -> Result:
    """Every verb is a transaction of its own: one that is refused leaves the others as they are."""
    visible = Report.objects.visible_to(by).filter(number__in=numbers)
    reports = {report.number: report for report in visible}
    done, failed = [], []
    for number in numbers:
        try:
            if number not in reports:
                raise Refused(_("It cannot be opened with your account."))
            run(reports[number], given, by)
            done.append(number)
        except Refused as refusal:
            failed.append(Failure(number, str(refusal)))
        except DatabaseError as error:
            logger.warning("not done in bulk: %s", type(error).__name__)
            failed.append(Failure(number, _("The database did not take it. Try again.")))
    return Result(done, failed)


def _colleagues(operator: Operator) -> QuerySet[Operator]:
    return Operator.objects.filter(station_id=operator.station_id, is_active=True)


def _choices(operator: Operator) -> dict[str, Any]:
    """What the forms offer: categories under their groups, outcomes, and who may be given a report."""
    colleagues = _colleagues(operator).exclude(pk=operator.pk)
    return {
        "groups": Category.objects.filter(parent=None).prefetch_related("children"),
        "outcomes": Outcome.choices,
        "colleagues": [somebody for somebody in colleagues if somebody.may("claim")],
        "most": settings.BULK_MOST,
    }


def _wrong(request: OperatorRequest, words: str) -> HttpResponse:
    return render(request, "desk/_bulk_result.html", {"wrong": words}, status=422)

"""One incident: its page, and what is done to it from there."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from operators.desk import bulk, page
from operators.desk.incident_forms import AnswerForm, CloseIncidentForm, IncidentStatusForm
from operators.desk.incident_page import Page
from operators.permissions import OperatorRequest, requires
from reports import following, incident_answers, incidents
from reports.actors import Refused
from reports.following import is_behind
from reports.models import Incident, IncidentAnswer, IncidentDelivery, Report
from reports.workflow import Outcome

RELATED = ("station", "category", "area", "opened_by", "closed_by")


def get_incident(request: OperatorRequest, number: str) -> Incident:
    """One that this person may not see anything of does not exist; the number of one that was joined names the other."""
    found = incidents.named(number, by=request.user)
    if not isinstance(found, Incident):
        raise Http404
    return Incident.objects.select_related(*RELATED).get(pk=found.pk)


@require_safe
@requires("read_report")
def incident(request: OperatorRequest, incident: str) -> HttpResponse:
    shown = get_incident(request, incident)
    if shown.number != incident:
        return redirect(shown)
    return _show(request, shown)


@require_safe
@requires("read_report")
def ledger(request: OperatorRequest, incident: str) -> HttpResponse:
    """What became of the answers, for a page that waits for it."""
    shown = Page(get_incident(request, incident), request.user, timezone.now())
    return render(request, "desk/_ledger.html", {"shown": shown})


@require_POST
@requires("link")
def set_status(request: OperatorRequest, incident: str) -> HttpResponse:
    shown, form = get_incident(request, incident), IncidentStatusForm(request.POST)
    return _submit(
        request,
        shown,
        status_form=form,
        verb=lambda: incidents.set_status(shown, form.cleaned_data["status"], by=request.user),
    )


@require_POST
@requires("link")
def close(request: OperatorRequest, incident: str) -> HttpResponse:
    shown, form = get_incident(request, incident), CloseIncidentForm(request.POST)

    def verb() -> None:
        given = form.cleaned_data
        incidents.close(shown, Outcome(given["outcome"]), given["note"], by=request.user)

    return _submit(request, shown, close_form=form, verb=verb)


@require_POST
@requires("follow")
def follow(request: OperatorRequest, incident: str) -> HttpResponse:
    """Bring the reports that are behind it to where it is, each by itself; those that were refused are named."""
    shown = get_incident(request, incident)
    visible = Report.objects.visible_to(request.user).filter(incident=shown).open()
    numbers = [one.number for one in visible.order_by("received_at") if is_behind(one, shown)]
    if not numbers:
        return _show(request, shown, status=409, refusal=_("No report is behind the incident."))
    result = bulk.each(
        lambda report, given, by: following.follow(report, by=by),
        numbers[: settings.BULK_MOST],
        {},
        request.user,
    )
    return _show(request, shown, result=result, left=len(numbers[settings.BULK_MOST :]))


@require_POST
@requires("answer_incident")
def answer(request: OperatorRequest, incident: str) -> HttpResponse:
    shown, form = get_incident(request, incident), AnswerForm(request.POST)

    def verb() -> None:
        given = form.cleaned_data
        incident_answers.answer(
            shown,
            given["text"],
            by=request.user,
            picture_id=given["picture"],
            held=settings.UNDO_WITHIN,
            standing=given["standing"],
        )

    return _submit(request, shown, answer_form=form, verb=verb, anchor="#ledger")


@require_POST
@requires("answer_incident")
def withdraw(request: OperatorRequest, incident: str, answer_id: UUID) -> HttpResponse:
    shown = get_incident(request, incident)
    given = get_object_or_404(IncidentAnswer, incident=shown, pk=answer_id)
    return _submit(
        request,
        shown,
        verb=lambda: incident_answers.withdraw(given, by=request.user),
        anchor="#ledger",
    )


@require_POST
@requires("answer_incident")
def stop_standing(request: OperatorRequest, incident: str, answer_id: UUID) -> HttpResponse:
    shown = get_incident(request, incident)
    given = get_object_or_404(IncidentAnswer, incident=shown, pk=answer_id)
    return _submit(
        request,
        shown,
        verb=lambda: incident_answers.stop_standing(given, by=request.user),
        anchor="#ledger",
    )


@require_POST
@requires("answer_incident")
def again(request: OperatorRequest, incident: str, delivery_id: int) -> HttpResponse:
    """Try once more for one whom it failed for; by SMS if that button was pressed."""
    shown = get_incident(request, incident)
    visible = Report.objects.visible_to(request.user)
    row = get_object_or_404(
        IncidentDelivery, answer__incident=shown, report__in=visible, pk=delivery_id
    )
    by_sms = "by_sms" in request.POST
    return _submit(
        request,
        shown,
        verb=lambda: incident_answers.again(row, by=request.user, by_sms=by_sms),
        anchor="#ledger",
    )


@require_POST
@requires("link")
def split(request: OperatorRequest, incident: str) -> HttpResponse:
    """Make an incident of its own out of the reports that are chosen, or take them out."""
    shown = get_incident(request, incident)
    numbers = request.POST.getlist("number")[: settings.BULK_MOST]
    mine = Report.objects.visible_to(request.user).filter(incident=shown, number__in=numbers)
    chosen = list(mine)
    if "unlink" in request.POST:
        return _take_out(request, shown, chosen)
    try:
        own = incidents.split(shown, chosen, by=request.user)
    except Refused as refusal:
        return _show(request, shown, status=409, refusal=str(refusal), chosen=numbers)
    messages.success(request, _("The incident %(number)s was made.") % {"number": own.number})
    return redirect(own)


def _take_out(request: OperatorRequest, shown: Incident, chosen: list[Report]) -> HttpResponse:
    if not chosen:
        refusal = _("Choose reports of this incident.")
        return _show(request, shown, status=409, refusal=refusal)
    for report in chosen:
        incidents.unlink(report, by=request.user)
    words = ngettext("%(n)d report was taken out.", "%(n)d reports were taken out.", len(chosen))
    messages.success(request, words % {"n": len(chosen)})
    if incidents.named(shown.number, by=request.user) is None:
        return redirect("desk:incidents")
    return redirect(shown)


def _submit(
    request: OperatorRequest,
    shown: Incident,
    *,
    verb: Callable[[], object],
    anchor: str = "",
    **forms: Form,
) -> HttpResponse:
    """Run one verb. Filled in wrongly or refused: the page again with what was typed, and why."""
    if not all(form.is_valid() for form in forms.values()):
        return _show(request, shown, status=422, **forms)
    try:
        verb()
    except Refused as refusal:
        return _show(request, shown, status=409, refusal=str(refusal), **forms)
    return redirect(f"{shown.get_absolute_url()}{anchor}")


def _show(
    request: OperatorRequest, shown: Incident, *, status: int = 200, **extra: Any
) -> HttpResponse:
    fresh = Incident.objects.select_related(*RELATED).get(pk=shown.pk)
    context = {
        "incident": fresh,
        "shown": Page(fresh, request.user, timezone.now()),
        "close_form": CloseIncidentForm(),
        "answer_form": AnswerForm(),
        **extra,
    }
    return render(request, "desk/incident.html", context, status=status)


def link_from(request: OperatorRequest, shown: Report, to: str, **forms: Any) -> HttpResponse:
    """Link the report of a page to what has this number."""
    found = incidents.named(to, by=request.user)
    if found is None:
        refusal = _("There is no report and no incident with this number.")
        return page.again(request, shown, status=422, refusal=refusal, **forms)
    return page.do(
        request,
        shown,
        lambda: incidents.link(shown, found, by=request.user, held=settings.UNDO_WITHIN),
        **forms,
    )

"""One report: the conversation, the facts, and the verbs that the desk may use on it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from operators.desk import queue
from operators.desk.forms import CloseForm, ReplyForm
from operators.desk.rows import with_what_a_row_shows
from operators.permissions import OperatorRequest, requires
from reports import reading, triage
from reports.actors import Refused
from reports.channels.twilio.errors import meaning_of
from reports.models import Report
from reports.workflow import Outcome


def get_report(request: OperatorRequest, number: str) -> Report:
    """Fetching is the permission check: a report that this person may not see does not exist."""
    reports = with_what_a_row_shows(Report.objects.visible_to(request.user))
    report = reports.select_related("reporter", "station").filter(number=number).first()
    if report is None:
        raise Http404
    return report


@require_safe
@requires("read_report")
def report(request: OperatorRequest, number: str) -> HttpResponse:
    shown = get_report(request, number)
    triage.mark_read(shown, by=request.user)
    context = _everything(request, shown)
    context |= {
        "queue": queue.load(request.user, request.GET.get("view", "")),
        "views": queue.VIEWS,
    }
    return render(request, "desk/report.html", context)


@require_safe
@requires("read_report")
def conversation(request: OperatorRequest, number: str) -> HttpResponse:
    """The parts that change by themselves: conversation, facts, what can be done next."""
    shown = get_report(request, number)
    triage.mark_read(shown, by=request.user)
    return render(request, "desk/_live.html", _everything(request, shown))


@require_POST
@requires("claim")
def claim(request: OperatorRequest, number: str) -> HttpResponse:
    shown = get_report(request, number)
    return _do(request, shown, lambda: triage.claim(shown, by=request.user))


@require_POST
@requires("reply")
def reply(request: OperatorRequest, number: str) -> HttpResponse:
    shown = get_report(request, number)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _again(request, shown, reply_form=form)
    text = form.cleaned_data["text"]
    return _do(request, shown, lambda: triage.reply(shown, text, by=request.user), reply_form=form)


@require_POST
@requires("close")
def close(request: OperatorRequest, number: str) -> HttpResponse:
    shown = get_report(request, number)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _again(request, shown, close_form=form)
    outcome, note = Outcome(form.cleaned_data["outcome"]), form.cleaned_data["note"]
    return _do(
        request,
        shown,
        lambda: triage.close(shown, outcome, note, by=request.user),
        close_form=form,
    )


def _do(
    request: OperatorRequest, shown: Report, verb: Callable[[], object], **forms: Any
) -> HttpResponse:
    """Run one verb. Refused: the page again, with the reason and with everything that was typed."""
    try:
        verb()
    except Refused as refusal:
        fresh = get_report(request, shown.number)
        return _again(request, fresh, status=409, refusal=str(refusal), **forms)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(shown)
    fresh = get_report(request, shown.number)
    return render(request, "desk/_work.html", _everything(request, fresh))


def _again(
    request: OperatorRequest, shown: Report, *, status: int = 422, **extra: Any
) -> HttpResponse:
    context = _everything(request, shown) | extra
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "desk/_work.html", context, status=status)
    context |= {"queue": queue.load(request.user, ""), "views": queue.VIEWS}
    return render(request, "desk/report.html", context, status=status)


def _everything(request: OperatorRequest, shown: Report) -> dict[str, Any]:
    messages = (
        shown.messages.in_order()
        .select_related("author", "contact__service_number", "quoted")
        .prefetch_related("attachments")
    )
    lines = reading.conversation(shown, messages, by=request.user)
    return {
        "report": shown,
        "lines": [(line, meaning_of(line.message.error_code).reason) for line in lines],
        "events": shown.events.select_related("by").order_by("at", "id"),
        "outcome_note": reading.outcome_note(shown, by=request.user),
        "free_text_until": shown.contact.free_text_until(),
        "is_mine": shown.holder_id == request.user.pk,
        "reply_form": ReplyForm(),
        "close_form": CloseForm(),
    }

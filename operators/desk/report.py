"""One report: the conversation, the facts, and the verbs that the desk may use on it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from operators.desk import conversation as conversations
from operators.desk import facts, queue, timeline
from operators.desk.forms import CloseForm, ReplyForm
from operators.desk.rows import with_what_a_row_shows
from operators.desk.standing import Standing
from operators.permissions import OperatorRequest, requires
from reports import triage
from reports.actors import Refused
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
    shown = _read(request, number)
    return _page(request, _everything(request, shown))


@require_safe
@requires("read_report")
def conversation(request: OperatorRequest, number: str) -> HttpResponse:
    """The parts that change by themselves: conversation, facts, what can be done next."""
    shown = _read(request, number)
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


def _read(request: OperatorRequest, number: str) -> Report:
    """The report, now before this person's eyes."""
    shown = get_report(request, number)
    if shown.unread_count:
        triage.mark_read(shown, by=request.user)
    return shown


def _do(
    request: OperatorRequest, shown: Report, verb: Callable[[], object], **forms: Any
) -> HttpResponse:
    """Run one verb. Refused: the page again, with the reason and with everything that was typed."""
    try:
        verb()
    except Refused as refusal:
        fresh = get_report(request, shown.number)
        return _again(request, fresh, status=409, refusal=str(refusal), **forms)
    if not _is_htmx(request):
        return redirect(f"{shown.get_absolute_url()}?view={queue.chosen_view(request)}")
    return _page(request, _everything(request, get_report(request, shown.number)))


def _again(
    request: OperatorRequest, shown: Report, *, status: int = 422, **extra: Any
) -> HttpResponse:
    return _page(request, _everything(request, shown) | extra, status=status)


def _page(request: OperatorRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The report with the queue beside it, or without when the page has its queue already."""
    if _is_htmx(request):
        return render(request, "desk/_work.html", context | {"is_part": True}, status=status)
    context |= queue.around(queue.load(request))
    return render(request, "desk/report.html", context, status=status)


def _is_htmx(request: OperatorRequest) -> bool:
    """Whether the page asks for its part only. Going back in the browser asks for the whole page."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request


def _everything(request: OperatorRequest, shown: Report) -> dict[str, Any]:
    all_of_it = "all" in request.GET
    happenings = timeline.load(shown)
    return {
        "report": shown,
        "shown_number": shown.number,
        "standing": Standing(shown, request.user, timezone.now()),
        "view": queue.chosen_view(request),
        "all_of_it": all_of_it,
        "conversation": conversations.load(shown, happenings, by=request.user, all_of_it=all_of_it),
        "timeline": happenings,
        "history": facts.history(shown, request.user),
        "ending": facts.ending(shown, request.user),
        "reply_form": ReplyForm(),
        "close_form": CloseForm(),
    }

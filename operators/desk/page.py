"""The page of one report, whole or in part, and how a verb of the desk is run from it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from operators.desk import conversation as conversations
from operators.desk import facts, queue, timeline
from operators.desk.forms import CloseForm, ReplyForm
from operators.desk.rows import with_what_a_row_shows
from operators.desk.standing import Standing
from operators.permissions import OperatorRequest
from reports import claims
from reports.actors import Refused
from reports.models import Report


def get_report(request: OperatorRequest, number: str) -> Report:
    """Fetching is the permission check: a report that this person may not see does not exist."""
    reports = with_what_a_row_shows(Report.objects.visible_to(request.user))
    report = reports.select_related("reporter", "station").filter(number=number).first()
    if report is None:
        raise Http404
    return report


def read(request: OperatorRequest, number: str) -> Report:
    """The report, now before this person's eyes."""
    shown = get_report(request, number)
    if shown.unread_count:
        claims.mark_read(shown, by=request.user)
    return shown


def do(
    request: OperatorRequest, shown: Report, verb: Callable[[], object], **forms: Any
) -> HttpResponse:
    """Run one verb. Refused: the page again, with the reason and with everything that was typed."""
    try:
        verb()
    except Refused as refusal:
        fresh = get_report(request, shown.number)
        return again(request, fresh, status=409, refusal=str(refusal), **forms)
    if not is_htmx(request):
        return redirect(f"{shown.get_absolute_url()}?view={queue.chosen_view(request)}")
    return show(request, everything(request, get_report(request, shown.number)))


def again(
    request: OperatorRequest, shown: Report, *, status: int = 422, **extra: Any
) -> HttpResponse:
    return show(request, everything(request, shown) | extra, status=status)


def show(request: OperatorRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The report with the queue beside it, or without when the page has its queue already."""
    if is_htmx(request):
        return render(request, "desk/_work.html", context | {"is_part": True}, status=status)
    context |= queue.around(queue.load(request))
    return render(request, "desk/report.html", context, status=status)


def is_htmx(request: OperatorRequest) -> bool:
    """Whether the page asks for its part only. Going back in the browser asks for the whole page."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request


def everything(request: OperatorRequest, shown: Report) -> dict[str, Any]:
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

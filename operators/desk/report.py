"""One report: read it, claim it, answer it, close it."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from operators.desk import drafts, page
from operators.desk.forms import CloseForm, ReplyForm
from operators.permissions import OperatorRequest, requires
from reports import answering, claims, pictures, triage
from reports.models import Draft, Report
from reports.workflow import Outcome


@require_safe
@requires("read_report")
def report(request: OperatorRequest, number: str) -> HttpResponse:
    shown = page.read(request, number)
    return page.show(request, page.everything(request, shown))


@require_safe
@requires("read_report")
def conversation(request: OperatorRequest, number: str) -> HttpResponse:
    """The parts that change by themselves: conversation, facts, what can be done next."""
    shown = page.read(request, number)
    return render(request, "desk/_live.html", page.everything(request, shown))


@require_POST
@requires("claim")
def claim(request: OperatorRequest, number: str) -> HttpResponse:
    shown = page.get_report(request, number)
    return page.do(request, shown, lambda: claims.claim(shown, by=request.user))


@require_POST
@requires("reply")
def reply(request: OperatorRequest, number: str) -> HttpResponse:
    shown = page.get_report(request, number)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return page.again(request, shown, reply_form=form)
    text, seen = form.cleaned_data["text"], form.cleaned_data["seen"]

    def send() -> None:
        chosen = pictures.chosen(shown, form.cleaned_data["picture"] or [], by=request.user)
        held, what = settings.UNDO_WITHIN, form.cleaned_data["asks"]
        by_sms = form.cleaned_data["by_sms"]
        if what and not chosen and not by_sms:
            answering.ask(shown, what, text=text, by=request.user, seen=seen, held=held)
            return
        triage.reply(
            shown, text, by=request.user, seen=seen, held=held, by_sms=by_sms, pictures=chosen
        )

    answer = drafts.settled(request, shown, Draft.Kind.ANSWER, text, send)
    return page.do(request, shown, answer, reply_form=form)


@require_POST
@requires("close")
def close(request: OperatorRequest, number: str) -> HttpResponse:
    def verb(shown: Report, given: dict[str, Any]) -> None:
        outcome = Outcome(given["outcome"])
        triage.close(shown, outcome, given["note"], by=request.user, seen=given["seen"])

    return page.submit(request, number, CloseForm, "close_form", verb)

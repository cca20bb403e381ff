"""Writing to the reporter: words to choose from, asking for what is missing, templates; and what can be done afterwards."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from operators.desk import page, ways
from operators.desk.forms import SeenForm
from operators.permissions import OperatorRequest, requires
from reports import answering, drafts, findings, pictures, reading, wordings
from reports.actors import Refused
from reports.models import Draft, Message, Report
from reports.models.finding import Enricher


class AskForm(SeenForm):
    ask = forms.ChoiceField(choices=ways.ask_choices)


class TemplateForm(SeenForm):
    template = forms.CharField(max_length=40)


@require_safe
@requires("reply")
def words(request: OperatorRequest, number: str) -> HttpResponse:
    """The canned replies, filled in for this report; with `q` those that hold it in their title or text.

    The answer to the latest question stands first.
    """
    shown = page.get_report(request, number)
    suggested = findings.latest(shown, Enricher.KIND, by=request.user).get("template_key") or ""
    sought = request.GET.get("q", "").strip().casefold()
    found = [
        each
        for each in wordings.canned(shown, by=request.user, first=suggested)
        if sought in f"{each.template.label} {each.text}".casefold()
    ]
    takes_pictures = pictures.can_go_to(shown.contact)
    context = {"report": shown, "words": found, "takes_pictures": takes_pictures}
    return render(request, "desk/_words.html", context)


@require_POST
@requires("ask")
def ask(request: OperatorRequest, number: str) -> HttpResponse:
    shown = page.get_report(request, number)
    form = AskForm(request.POST)
    if not form.is_valid():
        return page.again(request, shown)
    what, after = ways.parse(form.cleaned_data["ask"])
    seen = form.cleaned_data["seen"]
    return page.do(
        request,
        shown,
        lambda: answering.ask(
            shown, what, by=request.user, after=after, seen=seen, held=settings.UNDO_WITHIN
        ),
    )


@require_POST
@requires("reply")
def template(request: OperatorRequest, number: str) -> HttpResponse:
    """Send words that WhatsApp has approved."""
    shown = page.get_report(request, number)
    form = TemplateForm(request.POST)
    if not form.is_valid():
        return page.again(request, shown)
    key, seen = form.cleaned_data["template"], form.cleaned_data["seen"]
    return page.do(
        request,
        shown,
        lambda: answering.send_template(
            shown, key, by=request.user, seen=seen, held=settings.UNDO_WITHIN
        ),
    )


@require_POST
@requires("reply")
def withdraw(request: OperatorRequest, number: str, message_id: UUID) -> HttpResponse:
    """Take an answer back; its words lie in the composer again, before what has been written since."""
    shown, message = _message(request, number, message_id)

    def verb() -> None:
        answering.withdraw(message, by=request.user)
        _keep_words(shown, message, request)

    return page.do(request, shown, verb)


@require_POST
@requires("reply")
def again(request: OperatorRequest, number: str, message_id: UUID) -> HttpResponse:
    shown, message = _message(request, number, message_id)
    return page.do(request, shown, lambda: answering.send_again(message, by=request.user))


@require_POST
@requires("split_off")
def split_off(request: OperatorRequest, number: str, message_id: UUID) -> HttpResponse:
    shown, message = _message(request, number, message_id)
    return page.do(request, shown, lambda: answering.split_off(message, by=request.user))


def _message(request: OperatorRequest, number: str, message_id: UUID) -> tuple[Report, Message]:
    shown = page.get_report(request, number)
    return shown, get_object_or_404(shown.messages, pk=message_id)


def _keep_words(shown: Report, message: Message, request: OperatorRequest) -> None:
    (line,) = reading.conversation(shown, [message], by=request.user)
    begun = drafts.of(shown, by=request.user).get(Draft.Kind.ANSWER, "")
    if not line.text or message.content_sid:
        return
    try:
        both = f"{line.text}\n\n{begun}" if begun.strip() else line.text
        drafts.keep(shown, Draft.Kind.ANSWER, both, by=request.user)
    except Refused:
        # Too long together: what was withdrawn still stands in the conversation.
        return

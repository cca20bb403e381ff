"""The page of one report, whole or in part, and how a verb of the desk is run from it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from operators.desk import conversation as conversations
from operators.desk import facts, fairness, notes, presence, queue, timeline
from operators.desk.forms import (
    AssignForm,
    CategoryForm,
    CloseForm,
    NoteForm,
    PlaceForm,
    ReopenForm,
    ReplyForm,
    SummaryForm,
    TakeOverForm,
)
from operators.desk.hints import Hints
from operators.desk.standing import Standing
from operators.desk.ways import Ways
from operators.permissions import OperatorRequest
from reports import claims, drafts, noting, pictures
from reports.actors import Refused
from reports.models import Draft, Report


def get_report(request: OperatorRequest, number: str) -> Report:
    """Fetching is the permission check: a report that this person may not see does not exist."""
    related = (
        *("reporter", "station", "contact__service_number", "unit", "holder"),
        *("landmark", "area__parent", "category__parent"),
    )
    visible = Report.objects.visible_to(request.user)
    report = visible.select_related(*related).filter(number=number).first()
    if report is None:
        raise Http404
    return report


def read(request: OperatorRequest, number: str) -> Report:
    """The report, now before this person's eyes."""
    shown = get_report(request, number)
    if shown.unread_count:
        claims.mark_read(shown, by=request.user)
    noting.see(shown, by=request.user)
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
    try:
        now = get_report(request, shown.number)
    except Http404:
        return out_of_sight(request)
    if not is_htmx(request):
        return redirect(f"{shown.get_absolute_url()}?view={queue.behind_view(request)}")
    return show(request, everything(request, now))


def submit(
    request: OperatorRequest,
    number: str,
    shape: type[Form],
    name: str,
    verb: Callable[[Report, dict[str, Any]], object],
) -> HttpResponse:
    """Run one verb with what was filled in; `name` is the form's on the page. Filled in wrongly: the page with it again."""
    shown = get_report(request, number)
    form = shape(request.POST)
    on_page: dict[str, Any] = {name: form}
    if not form.is_valid():
        return again(request, shown, **on_page)
    return do(request, shown, lambda: verb(shown, form.cleaned_data), **on_page)


def out_of_sight(request: OperatorRequest) -> HttpResponse:
    """What was just done has put the report where this person cannot follow: back to the queue, with a word about it."""
    messages.success(request, _("Passed on. Only those in charge of such reports see it now."))
    address = f"{reverse('desk:queue')}?view={queue.behind_view(request)}"
    return HttpResponseClientRedirect(address) if is_htmx(request) else redirect(address)


def again(
    request: OperatorRequest, shown: Report, *, status: int = 422, **extra: Any
) -> HttpResponse:
    return show(request, everything(request, shown) | extra, status=status)


def show(request: OperatorRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The report with the queue beside it, or without when the page has its queue already."""
    if is_htmx(request):
        return render(request, "desk/_work.html", context | {"is_part": True}, status=status)
    context |= queue.around(queue.load(request, how_many=queue.SHOWN_BESIDE))
    return render(request, "desk/report.html", context, status=status)


def is_htmx(request: OperatorRequest) -> bool:
    """Whether the page asks for its part only. Going back in the browser asks for the whole page."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request


def beside_answer(request: OperatorRequest, shown: Report) -> dict[str, Any]:
    """What the composer shows of pictures."""
    return {
        "takes_pictures": pictures.can_go_to(shown.contact),
        # Asked for by the composer only, not by each renewal of the parts.
        "unsent_pictures": pictures.unsent(shown, by=request.user)[: pictures.AT_ONCE],
    }


def everything(request: OperatorRequest, shown: Report) -> dict[str, Any]:
    all_of_it = "all" in request.GET
    now = timezone.now()
    happenings = timeline.load(shown)
    talk = conversations.load(shown, happenings, by=request.user, all_of_it=all_of_it)
    begun = drafts.of(shown, by=request.user)
    standing = Standing(shown, request.user, now)
    return {
        "report": shown,
        **beside_answer(request, shown),
        "shown_number": shown.number,
        "standing": standing,
        "ways": Ways(standing),
        "view": queue.behind_view(request),
        "all_of_it": all_of_it,
        "conversation": talk,
        "timeline": happenings,
        "presence": presence.on_page(shown, request.user),
        "reply_form": ReplyForm(initial={"text": begun.get(Draft.Kind.ANSWER)}),
        "close_form": CloseForm(),
        "note_form": NoteForm(initial={"note": begun.get(Draft.Kind.NOTE)}),
        "take_over_form": TakeOverForm(),
        "assign_form": AssignForm(),
        "candidates": partial(claims.candidates, shown, by=request.user),
        # Only the whole page asks for it, not each renewal of its parts.
        "colleagues": partial(notes.colleagues, shown),
        **facts.load(shown, talk, now, by=request.user),
        **fairness.load(shown, talk, now, by=request.user),
        "hints": Hints(shown, talk.found, happenings, request.user, now),
        "category_form": CategoryForm(),
        "place_form": PlaceForm(),
        "summary_form": SummaryForm(),
        "reopen_form": ReopenForm(),
    }

"""The page of one report, whole or in part, and how a verb of the desk is run from it."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.contrib import messages
from django.db.models import CharField
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from operators.desk import (
    checks,
    dispatched,
    facts,
    fairness,
    notes,
    presence,
    proven,
    queue,
    timeline,
)
from operators.desk import conversation as conversations
from operators.desk.forms import (
    AssignForm,
    CategoryForm,
    CheckForm,
    CloseForm,
    NoteForm,
    PlaceForm,
    ReopenForm,
    ReplyForm,
    SummaryForm,
    TakeOverForm,
)
from operators.desk.hints import Hints
from operators.desk.incident_forms import LinkForm
from operators.desk.incident_part import Part
from operators.desk.ways import Ways
from operators.permissions import OperatorRequest
from reports import claims, drafts, findings, noting, pictures
from reports.actors import Refused
from reports.models import Draft, Report
from reports.models.readers import AnyReader
from reports.statements import Given, Statement

RELATED = (
    *("reporter", "station", "contact__service_number", "unit", "holder"),
    *("landmark", "area__parent", "category__parent", "incident"),
)
BY_NUMBER = Statement(
    lambda: (
        Report.objects.visible_to(AnyReader())
        .annotate(is_named=findings.IS_NAMED)
        .select_related(*RELATED)
        .filter(number=Given("number", CharField()))[:1]
    )
)


def get_report(request: OperatorRequest, number: str) -> Report:
    """Fetching is the permission check: a report that this person may not see does not exist."""
    report = BY_NUMBER.first(number=number, **AnyReader.values_of(request.user))
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
        return render(request, "desk/_part.html", context | {"is_part": True}, status=status)
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
        "unsent_pictures": partial(pictures.beside_answer, shown, by=request.user),
    }


def everything(request: OperatorRequest, shown: Report) -> dict[str, Any]:
    all_of_it = "all" in request.GET
    now = timezone.now()
    happenings = timeline.load(shown)
    talk = conversations.load(shown, happenings, by=request.user, all_of_it=all_of_it)
    begun = drafts.of(shown, by=request.user)
    checking = checks.load(shown, happenings, request.user, now)
    units = dispatched.load(shown, happenings, now, by=request.user)
    standing = dispatched.StandingWithUnits(shown, request.user, now, units, checks=checking)
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
        "begun": {
            "answer": begun.get(Draft.Kind.ANSWER, ""),
            "note": begun.get(Draft.Kind.NOTE, ""),
        },
        "presence": presence.on_page(shown, request.user),
        **_empty_forms(),
        "units": units,
        "proving": proven.load(happenings, has_photos=units.has_photos),
        **({"close_form": CloseForm(initial=units.closing)} if units.closing else {}),
        "candidates": partial(claims.candidates, shown, by=request.user),
        # Only the whole page asks for it, not each renewal of its parts.
        "colleague_options": partial(notes.options, shown, request.user),
        **facts.load(shown, talk, now, by=request.user),
        **fairness.load(shown, talk, now, by=request.user),
        "incident_part": Part(shown, request.user),
        "link_form": LinkForm(),
        "hints": Hints(shown, talk.found, happenings, request.user, now),
        "checks": checking,
        "check_form": CheckForm(shown),
    }


@cache
def _empty_forms() -> dict[str, Form]:
    """Nobody has filled them in, so they are the same for all: making them takes as long as a query."""
    return {
        "reply_form": ReplyForm(),
        "close_form": CloseForm(),
        "note_form": NoteForm(),
        "take_over_form": TakeOverForm(),
        "assign_form": AssignForm(),
        "category_form": CategoryForm(),
        "place_form": PlaceForm(),
        "summary_form": SummaryForm(),
        "reopen_form": ReopenForm(),
    }

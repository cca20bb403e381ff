"""Asking at the desk for a check in plain clothes, and calling it off."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from operators.desk import page, queue
from operators.desk.forms import CheckForm
from operators.permissions import OperatorRequest, requires
from reports import briefing, verification
from reports.verification import SENTENCE_LIMIT

BRIEF_BEGUN = 1000
"""Characters of the reporter's words that the brief begins with: the rest is for who writes it."""


@require_http_methods(["GET", "HEAD", "POST"])
@requires("ask_check")
def ask_check(request: OperatorRequest, number: str) -> HttpResponse:
    """The form, for the page that has the report; or the report with the form open. POST asks for the check."""
    shown = page.get_report(request, number)
    if request.method != "POST":
        words = {
            "brief": briefing.begin(shown, at_most=BRIEF_BEGUN, by=request.user).text,
            "place_note": briefing.begin_place(shown, at_most=SENTENCE_LIMIT, by=request.user),
        }
        begun = {"check_form": CheckForm(shown, initial=words)}
        if page.is_htmx(request):
            context = {"report": shown, "view": queue.behind_view(request)} | begun
            return render(request, "desk/_check_form.html", context)
        return page.show(request, page.everything(request, shown) | begun | {"is_check_open": True})
    form = CheckForm(shown, request.POST)
    if not form.is_valid():
        return page.again(request, shown, check_form=form)

    def ask() -> None:
        verification.ask(
            shown,
            officers=[int(officer) for officer in form.cleaned_data["officers"]],
            brief=form.cleaned_data["brief"],
            place_note=form.cleaned_data["place_note"],
            confirmed=form.confirmed,
            by=request.user,
        )

    return page.do(request, shown, ask, check_form=form)


@require_POST
@requires("ask_check")
def call_off_check(request: OperatorRequest, number: str) -> HttpResponse:
    shown = page.get_report(request, number)
    return page.do(request, shown, lambda: verification.call_off(shown, by=request.user))

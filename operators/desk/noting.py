"""Writing a note on a report, and the list of notes that call this person."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from operators.desk import drafts, notes, page
from operators.desk.forms import NoteForm
from operators.permissions import OperatorRequest, requires
from reports import noting
from reports.models import Draft

SHOWN = 100


@require_POST
@requires("note")
def note(request: OperatorRequest, number: str) -> HttpResponse:
    shown = page.get_report(request, number)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return page.again(request, shown, note_form=form)
    text = form.cleaned_data["note"]
    add = drafts.settled(
        request, shown, Draft.Kind.NOTE, text, lambda: noting.add(shown, text, by=request.user)
    )
    return page.do(request, shown, add, note_form=form)


@require_safe
@requires("read_report")
def mentions(request: OperatorRequest) -> HttpResponse:
    calls = notes.calls(request.user, at_most=SHOWN)
    return render(request, "desk/mentions.html", {"calls": calls, "at_most": SHOWN})

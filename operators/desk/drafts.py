"""Keeping what somebody is writing: saved by the page after a pause, settled when it was sent or refused."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from operators.desk import page
from operators.desk.forms import Writing
from operators.permissions import OperatorRequest, requires
from reports import drafts
from reports.actors import Refused
from reports.models import Draft, Report


class DraftForm(forms.Form):
    kind = forms.ChoiceField(choices=Draft.Kind.choices)
    text = Writing(max_length=drafts.TEXT_LIMIT, strip=False, required=False)


@require_POST
@requires("read_report")
def draft(request: OperatorRequest, number: str) -> HttpResponse:
    """204 when it is kept; 422 for a kind that there is not, or a text too long to be kept."""
    shown = page.get_report(request, number)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    kind = Draft.Kind(form.cleaned_data["kind"])
    drafts.keep(shown, kind, form.cleaned_data["text"], by=request.user)
    return HttpResponse(status=204)


def settled(
    request: OperatorRequest,
    shown: Report,
    kind: Draft.Kind,
    text: str,
    send: Callable[[], object],
) -> Callable[[], object]:
    """The verb `send` with its draft: kept, as it would have gone out, when the verb is refused; gone when it is done."""

    def run() -> None:
        try:
            send()
        except Refused:
            drafts.keep(shown, kind, text, by=request.user)
            raise
        drafts.forget(shown, kind, by=request.user)

    return run

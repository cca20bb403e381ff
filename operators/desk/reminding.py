"""Reminding the reporter of a report, taking that back, asking for a block: from the report's own page."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from operators.desk import page
from operators.desk.forms_of_fairness import AskBlockForm, WarnForm
from operators.permissions import OperatorRequest, requires
from reports import blocking
from reports.models import Report


@require_POST
@requires("warn")
def warn(request: OperatorRequest, number: str) -> HttpResponse:
    def verb(shown: Report, given: dict[str, Any]) -> None:
        proof = given["evidence"]
        blocking.warn(
            shown,
            given["reason"],
            given["note"],
            evidence=shown.messages.filter(pk=proof).first() if proof else None,
            although_unanswered=given["although_unanswered"],
            by=request.user,
        )

    return page.submit(request, number, WarnForm, "warn_form", verb)


@require_POST
@requires("warn")
def lift_strike(request: OperatorRequest, number: str) -> HttpResponse:
    """Take back the strike of this report."""
    shown = page.get_report(request, number)
    strike = shown.strikes.filter(lifted_at=None).first()
    if strike is None:
        refusal = _("This has been taken back already.")
        return page.again(request, shown, status=409, refusal=refusal)
    return page.do(request, shown, lambda: blocking.lift_strike(strike, by=request.user))


@require_POST
@requires("ask_block")
def ask_block(request: OperatorRequest, number: str) -> HttpResponse:
    def verb(shown: Report, given: dict[str, Any]) -> None:
        blocking.ask_block(shown, given["note"], by=request.user)

    return page.submit(request, number, AskBlockForm, "ask_block_form", verb)

"""Giving a report back, taking it over, giving it to a colleague."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from operators.desk import page
from operators.desk.forms import AssignForm, TakeOverForm
from operators.models import Operator
from operators.permissions import OperatorRequest, requires
from reports import claims
from reports.models import Report


@require_POST
@requires("release")
def release(request: OperatorRequest, number: str) -> HttpResponse:
    shown = page.get_report(request, number)
    return page.do(request, shown, lambda: claims.release(shown, by=request.user))


@require_POST
@requires("take_over")
def take_over(request: OperatorRequest, number: str) -> HttpResponse:
    def verb(shown: Report, given: dict[str, Any]) -> None:
        claims.take_over(shown, given["reason"], by=request.user)

    return page.submit(request, number, TakeOverForm, "take_over_form", verb)


@require_POST
@requires("assign")
def assign(request: OperatorRequest, number: str) -> HttpResponse:
    shown = page.get_report(request, number)
    form = AssignForm(request.POST)
    if not form.is_valid():
        return page.again(request, shown, assign_form=form)
    colleagues = Operator.objects.filter(station=request.user.station_id, is_active=True)
    to = colleagues.filter(username=form.cleaned_data["to"]).first()
    if to is None:
        form.add_error("to", _("Choose a colleague."))
        return page.again(request, shown, assign_form=form)
    return page.do(
        request, shown, lambda: claims.assign(shown, to=to, by=request.user), assign_form=form
    )

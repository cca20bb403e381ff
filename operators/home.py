"""Where somebody lands after login: at the place that their role works in."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from operators.permissions import OperatorRequest, Role

COMING: Mapping[str, str | Promise] = {
    Role.CHIEF: _(
        "The station's figures: what is reported, how fast we answer, what became of it."
    ),
    Role.AUDITOR: _("The record of who read or exported what, and its check."),
}
"""What each role will find here once its pages are built."""


def home(request: OperatorRequest) -> HttpResponse:
    if request.user.may("read_report"):
        return redirect("desk:queue")
    if request.user.may("work_assignment"):
        return redirect("unit:tasks")
    if request.user.is_staff:
        return redirect("admin:index")
    coming = [(Role(role).label, COMING[role]) for role in request.user.roles if role in COMING]
    return render(request, "accounts/nothing_yet.html", {"coming": coming})

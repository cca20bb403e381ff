"""After login: to the page that the account's roles are for."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from operators.permissions import OperatorRequest


def home(request: OperatorRequest) -> HttpResponse:
    if request.user.may("read_report"):
        return redirect("desk:queue")
    if request.user.is_staff:
        return redirect("admin:index")
    return render(request, "accounts/nothing_yet.html")

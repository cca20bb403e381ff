"""My duty telephone: set by whoever carries it, for the calls when nobody takes a report. Never shown again."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from operators.permissions import OperatorRequest, requires
from reports import duty_phones
from reports.models import DutyPhone

LONGEST = 40


class DutyPhoneForm(forms.Form):
    number = forms.CharField(
        max_length=LONGEST,
        error_messages={
            "required": gettext_lazy("Write the number of your telephone."),
            "max_length": gettext_lazy("This is not a telephone number. Nothing was changed."),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("be_called")
def duty_phone(request: OperatorRequest) -> HttpResponse:
    form = DutyPhoneForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            duty_phones.set_number(request.user.pk, form.cleaned_data["number"])
        except duty_phones.NotANumber:
            form.add_error("number", _("This is not a telephone number. Nothing was changed."))
        else:
            messages.success(request, _("Your duty telephone is set."))
            return redirect("duty-phone")
    phone = DutyPhone.objects.filter(operator=request.user).first()
    status = 422 if form.is_bound else 200
    return render(
        request, "accounts/duty_phone.html", {"form": form, "phone": phone}, status=status
    )


@require_POST
@requires("be_called")
def remove(request: OperatorRequest) -> HttpResponse:
    if duty_phones.remove(request.user.pk):
        messages.success(
            request, _("Your duty telephone is taken away: you are not called on it any more.")
        )
    return redirect("duty-phone")

"""A call or a walk-in, typed in by whoever hears it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from operators.desk import choices
from operators.desk.forms import Writing
from operators.desk.page import is_htmx
from operators.models import Operator
from operators.permissions import OperatorRequest, requires
from reports import typing_in
from reports.actors import Refused
from reports.models import Area, Category, Report
from reports.models.service_number import Channel
from reports.workflow import URGENCY_SLUGS

OF_SLUG = {slug: urgency for urgency, slug in URGENCY_SLUGS.items()}
NUMBER_LENGTH = 40
"""With all the signs that somebody may write between the figures."""


class TypingForm(forms.Form):
    """`key` is the report's own: pressed twice, the form still makes one report."""

    key = forms.UUIDField(required=False)
    channel = forms.ChoiceField(
        choices=[
            (Channel.VOICE, pgettext_lazy("somebody reports", "By telephone")),
            (Channel.DESK, pgettext_lazy("somebody reports", "At the desk")),
        ],
        initial=Channel.VOICE,
        error_messages={"required": gettext_lazy("Choose whether it was a call or a visit.")},
    )
    number = forms.CharField(required=False, max_length=NUMBER_LENGTH)
    name = forms.CharField(required=False, max_length=typing_in.NAME_LIMIT)
    words = Writing(
        max_length=typing_in.TEXT_LIMIT,
        error_messages={
            "required": gettext_lazy("Write down what was said."),
            "max_length": ngettext_lazy(
                "What was said has %(show_value)d characters; at most %(limit_value)d fit.",
                "What was said has %(show_value)d characters; at most %(limit_value)d fit.",
                "limit_value",
            ),
        },
    )
    category = forms.ChoiceField(required=False)
    urgency = forms.ChoiceField(required=False)
    area = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, station_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "typing-%s"
        later = str(pgettext_lazy("nothing chosen", "Not known yet"))
        offered: dict[str, list[Any]] = {
            "category": [("", later), *choices.categories()],
            "urgency": [
                ("", str(pgettext_lazy("urgency", "As its category"))),
                *choices.urgencies(),
            ],
            "area": [("", later), *choices.areas(station_id)],
        }
        for name, among in offered.items():
            self.fields[name].choices = among  # type: ignore[attr-defined]

    def told(self) -> typing_in.Told:
        given = self.cleaned_data
        category, area = given["category"], given["area"]
        return typing_in.Told(
            channel=Channel(given["channel"]),
            words=given["words"],
            number=given["number"],
            name=given["name"],
            category=Category.objects.get(slug=category) if category else None,
            urgency=OF_SLUG.get(given["urgency"]),
            area=Area.objects.get(code=area) if area else None,
        )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("type_in")
def type_in(request: OperatorRequest) -> HttpResponse:
    """The form; sent, the report. Whatever is refused or wrong, everything that was typed stays."""
    station_id = request.user.station_id
    if request.method != "POST":
        return _show(request, TypingForm(initial={"key": uuid4()}, station_id=station_id))
    form = TypingForm(request.POST, station_id=station_id)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        report = typing_in.take_down(form.told(), by=request.user, key=form.cleaned_data["key"])
    except typing_in.WrongNumber as wrong:
        form.add_error("number", str(wrong))
        return _show(request, form, status=422)
    except Refused as refusal:
        return _show(request, form, status=409, refusal=str(refusal))
    address = _after(request, report, request.user)
    return HttpResponseClientRedirect(address) if is_htmx(request) else redirect(address)


def _after(request: OperatorRequest, report: Report, operator: Operator) -> str:
    """Where to go on, with a word about what became of it."""
    if report.is_visible_to(operator):
        messages.success(request, _("Report %(number)s is taken down.") % {"number": report})
        return report.get_absolute_url()
    words = _(
        "Report %(number)s is taken down. Its category is reserved: only those it is meant for can open it."
    )
    messages.success(request, words % {"number": report})
    return reverse("desk:queue")


def _show(
    request: OperatorRequest, form: TypingForm, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    template = "desk/_typing.html" if is_htmx(request) else "desk/typing_in.html"
    context = {"form": form, "refusal": refusal}
    return render(request, template, context, status=status)

"""Sending the reporter a photo of the result, and asking whether it is settled."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from operators.desk import page, queue, times
from operators.desk.forms import Writing
from operators.models import Operator
from operators.permissions import OperatorRequest, requires
from reports import feedback, pictures, proofs
from reports.models import Report
from reports.proofs import Doubt, Offer

DOUBTS: dict[Doubt, str | Promise] = {
    Doubt.BEFORE: gettext_lazy("Taken before the report came in"),
    Doubt.FAR: gettext_lazy("Taken far from the place of the report"),
    Doubt.UNKNOWN_TIME: gettext_lazy("Does not say when it was taken"),
    Doubt.UNKNOWN_PLACE: gettext_lazy("Does not say where it was taken"),
}


class ProofForm(forms.Form):
    picture = forms.UUIDField(
        error_messages={"required": _("Choose a photo."), "invalid": _("Choose a photo.")}
    )
    text = Writing(
        max_length=pictures.CAPTION_LIMIT,
        error_messages={"required": _("Write a sentence with the photo.")},
    )
    asks = forms.BooleanField(required=False)
    seen = forms.IntegerField(required=False)


@dataclass(frozen=True)
class ShownOffer:
    """A photo with what is known of it, in words."""

    offer: Offer

    @property
    def number(self) -> str:
        """Of the report that it was taken for."""
        return self.offer.picture.assignment.report.number

    @property
    def pk(self) -> UUID:
        return self.offer.picture.pk

    @property
    def who(self) -> str:
        return f"{self.offer.picture.assignment.unit.name}, {self.offer.picture.by}"

    @property
    def taken(self) -> SafeString:
        return times.at_day_and_time(self.offer.taken_at or self.offer.picture.at)

    @property
    def distance(self) -> str:
        if self.offer.distance_km is None:
            return ""
        if self.offer.distance_km < 1:
            return gettext("%(metres)s m from the place") % {
                "metres": round(self.offer.distance_km * 1000, -1).__int__()
            }
        return gettext("%(km)s km from the place") % {
            "km": number_format(self.offer.distance_km, decimal_pos=1)
        }

    @property
    def doubts(self) -> list[str | Promise]:
        return [DOUBTS[doubt] for doubt in self.offer.doubts]


@dataclass
class ProofPanel:
    """What the form shows. Each part is looked up when a template draws it."""

    report: Report
    operator: Operator
    form: ProofForm | None = None

    @cached_property
    def offers(self) -> list[ShownOffer]:
        return [ShownOffer(offer) for offer in proofs.offers(self.report, by=self.operator)]

    @property
    def chosen(self) -> str:
        if self.form is not None:
            return str(self.form["picture"].value() or "")
        fresh = [one for one in self.offers if not one.offer.is_sent]
        return str(fresh[0].pk) if fresh else ""

    @property
    def text(self) -> str:
        if self.form is not None:
            return str(self.form["text"].value() or "")
        return proofs.words_for(self.report, by=self.operator)

    @cached_property
    def question(self) -> str:
        """What is added when the reporter is asked; empty when that is not possible now."""
        if feedback.is_asked(self.report):
            return ""
        return feedback.question_of(self.report)

    @property
    def asks(self) -> bool:
        return bool(self.form["asks"].value()) if self.form is not None else True

    @property
    def longest(self) -> int:
        return pictures.CAPTION_LIMIT

    @property
    def goes_by_whatsapp(self) -> bool:
        return pictures.can_go_to(self.report.contact)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("send_proof")
def proof(request: OperatorRequest, number: str) -> HttpResponse:
    """The form, and what it sends."""
    shown = page.get_report(request, number)
    if request.method != "POST":
        panel = ProofPanel(shown, request.user)
        if page.is_htmx(request):
            context = {"report": shown, "proof_panel": panel, "view": queue.behind_view(request)}
            return render(request, "desk/_proof_form.html", context)
        return page.show(request, page.everything(request, shown) | {"proof_panel": panel})
    form = ProofForm(request.POST)
    extra: dict[str, Any] = {"proof_panel": ProofPanel(shown, request.user, form)}
    if not form.is_valid():
        return page.again(request, shown, **extra)
    given = form.cleaned_data

    def send() -> None:
        proofs.send(
            shown,
            given["picture"],
            given["text"],
            by=request.user,
            seen=given["seen"],
            held=settings.UNDO_WITHIN,
            asks=given["asks"],
        )

    return page.do(request, shown, send, **extra)


@require_POST
@requires("reply")
def settled(request: OperatorRequest, number: str) -> HttpResponse:
    """Ask the reporter whether the matter is settled."""
    shown = page.get_report(request, number)
    return page.do(
        request,
        shown,
        lambda: feedback.ask(shown, by=request.user, held=settings.UNDO_WITHIN),
    )

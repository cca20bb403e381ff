"""Shape of what the desk sends. Whether it may happen now is the verbs' business."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from reports import briefing, noting, verification
from reports.models import Category, Report
from reports.models.area import Point
from reports.models.finding import Enricher
from reports.models.reply_template import ASKED
from reports.redaction import Doubt, unconfirmed
from reports.replies import TEXT_LIMIT
from reports.workflow import Outcome, ReopenReason, Urgency

NOTE_LIMIT = 500
SUMMARY_LIMIT = 1000
COORDINATES = re.compile(
    r"(-?\d{1,3}(?:[.,]\d{1,15})?)\s*(?:[;,]\s*|\s)(-?\d{1,3}(?:[.,]\d{1,15})?)"
)
"""Latitude and longitude, with a point or a comma in them; between them a comma, a semicolon or blanks."""


class Writing(forms.CharField):
    """Text as it was written: browsers send a line's end as two characters, which would count against the limit."""

    def to_python(self, value: Any) -> str | None:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class SeenForm(forms.Form):
    """What is refused when the report has changed since the page was drawn. A page without the field is not guarded."""

    seen = forms.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("This page is damaged. Load it again.")
        ),
    )


class ReplyForm(SeenForm):
    text = Writing(
        max_length=TEXT_LIMIT,
        strip=False,
        required=False,
        error_messages={
            "max_length": ngettext_lazy(
                "The answer has %(show_value)d characters; at most %(limit_value)d can be sent.",
                "The answer has %(show_value)d characters; at most %(limit_value)d can be sent.",
                "limit_value",
            ),
        },
    )
    picture = forms.Field(required=False, widget=forms.MultipleHiddenInput)
    """Ids of the pictures that lie beside the answer. With one there need be no words."""
    asks = forms.ChoiceField(choices=[(what, what) for what in ASKED], required=False)
    """What these words ask the reporter for, when they are a question that the program knows."""
    by_sms = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any] | None:
        data = self.cleaned_data
        if data.get("text") == "" and not data.get("picture"):
            self.add_error("text", _("The answer is empty."))
        return data


class NoteForm(forms.Form):
    note = Writing(
        max_length=noting.TEXT_LIMIT,
        error_messages={
            "required": _("The note is empty."),
            "max_length": ngettext_lazy(
                "The note has %(show_value)d characters; at most %(limit_value)d fit.",
                "The note has %(show_value)d characters; at most %(limit_value)d fit.",
                "limit_value",
            ),
        },
    )


class CloseForm(SeenForm):
    outcome = forms.ChoiceField(
        choices=Outcome.choices,
        error_messages={
            "required": _("Choose the outcome."),
            "invalid_choice": _("Choose the outcome."),
        },
    )
    note = Writing(
        max_length=NOTE_LIMIT,
        error_messages={
            "required": _("Write one sentence about what was found or done."),
            "max_length": ngettext_lazy(
                "The sentence has %(show_value)d characters; at most %(limit_value)d fit.",
                "The sentence has %(show_value)d characters; at most %(limit_value)d fit.",
                "limit_value",
            ),
        },
    )


class TakeOverForm(forms.Form):
    reason = Writing(
        max_length=NOTE_LIMIT,
        error_messages={
            "required": _("Write why you take the report over."),
            "max_length": ngettext_lazy(
                "The sentence has %(show_value)d characters; at most %(limit_value)d fit.",
                "The sentence has %(show_value)d characters; at most %(limit_value)d fit.",
                "limit_value",
            ),
        },
    )


class AssignForm(forms.Form):
    """`to` is a user name; whether this person may have the report is the verb's business."""

    to = forms.CharField(max_length=60, error_messages={"required": _("Choose a colleague.")})


class CategoryForm(forms.Form):
    category = forms.ModelChoiceField(
        Category.objects.all(),
        to_field_name="slug",
        error_messages={
            "required": _("Choose the category."),
            "invalid_choice": _("Choose the category."),
        },
    )


class UrgencyForm(forms.Form):
    urgency = forms.TypedChoiceField(choices=[(u.slug, u.label) for u in Urgency])


class SummaryForm(forms.Form):
    summary = Writing(
        required=False,
        max_length=SUMMARY_LIMIT,
        error_messages={
            "max_length": ngettext_lazy(
                "The summary has %(show_value)d characters; at most %(limit_value)d fit.",
                "The summary has %(show_value)d characters; at most %(limit_value)d fit.",
                "limit_value",
            ),
        },
    )


class ReopenForm(forms.Form):
    reason = forms.ChoiceField(
        choices=ReopenReason.choices,
        error_messages={
            "required": _("Choose why the report is opened again."),
            "invalid_choice": _("Choose why the report is opened again."),
        },
    )


class AcceptForm(forms.Form):
    """One candidate of one finding: its id and the candidate's place among them, 0 being the best."""

    suggestion = forms.RegexField(r"^[0-9a-f-]{36} [0-9]{1,2}$")

    def clean_suggestion(self) -> tuple[UUID, int]:
        finding, _blank, candidate = self.cleaned_data["suggestion"].partition(" ")
        try:
            return UUID(finding), int(candidate)
        except ValueError:
            raise forms.ValidationError(_("This page is damaged. Load it again.")) from None


class DismissForm(forms.Form):
    enricher = forms.ChoiceField(choices=Enricher.choices)


class PlaceForm(forms.Form):
    """What was pressed (`choice`), typed (`sought`), or pointed at (`coordinates`); what of it counts, the view decides."""

    choice = forms.CharField(required=False, max_length=40)
    sought = forms.CharField(required=False, max_length=80)
    coordinates = forms.CharField(required=False, max_length=60)
    note = Writing(
        required=False,
        max_length=NOTE_LIMIT,
        error_messages={
            "max_length": ngettext_lazy(
                "The note on the place has %(show_value)d characters; at most %(limit_value)d fit.",
                "The note on the place has %(show_value)d characters; at most %(limit_value)d fit.",
                "limit_value",
            ),
        },
    )

    def clean_coordinates(self) -> Point | None:
        """Two figures in degrees, south negative, as maps and telephones write them: -7.4264, 111.0223."""
        text: str = self.cleaned_data["coordinates"].strip()
        if not text:
            return None
        if not (found := COORDINATES.fullmatch(text)):
            raise forms.ValidationError(_("Write the coordinates like this: -7.4264, 111.0223"))
        latitude, longitude = (float(figure.replace(",", ".")) for figure in found.groups())
        return Point(latitude, longitude)


class CheckForm(forms.Form):
    """Who of the officers can be asked, is the verb's business."""

    officers = forms.MultipleChoiceField(
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"),
            _("Choose at least one officer of your station who makes such checks."),
        )
    )
    brief = Writing(
        max_length=verification.TEXT_LIMIT,
        error_messages={"required": _("Write what the officers are to look for.")},
    )
    place_note = Writing(required=False, max_length=verification.SENTENCE_LIMIT)

    def __init__(self, report: Report, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.report = report
        self.confirmed: list[str] = [] if data is None else data.getlist("confirmed")
        if data is not None:
            self.fields["officers"].choices = [  # type: ignore[attr-defined]
                (str(person.pk), str(person)) for person in self.people
            ]

    @cached_property
    def doubts(self) -> list[Doubt]:
        """What in the words could tell who has reported, each once: looked up when the form is drawn."""
        texts = [str(self[name].value() or "") for name in ("brief", "place_note")]
        return list(
            {one.words.lower(): one for one in briefing.doubts(self.report, texts)}.values()
        )

    @property
    def is_refused(self) -> bool:
        """Whether it was sent with doubts that nobody has confirmed."""
        return self.is_bound and bool(unconfirmed(self.doubts, self.confirmed))

    @property
    def people(self) -> list[Any]:
        """Whoever can be ticked, with whether they are: looked up when the form is opened."""
        ticked = set(self["officers"].value() or ())
        people = verification.candidates(self.report)
        for person in people:
            person.is_ticked = str(person.pk) in ticked
        return people

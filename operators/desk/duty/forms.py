"""What is filled in about shifts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from operators import shifts
from operators.handover import WORDS_LIMIT
from operators.models import Operator, Regu


class CrewForm(forms.Form):
    """A regu and who of the desk is there."""

    regu = forms.ModelChoiceField(
        queryset=Regu.objects.none(),
        label=_("Regu"),
        empty_label=None,
        error_messages={
            "required": _("Choose the regu."),
            "invalid_choice": _("Choose the regu."),
        },
    )
    members = forms.MultipleChoiceField(
        label=_("On duty"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, station_id: int, by: Operator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regus = Regu.objects.filter(station_id=station_id, is_active=True)
        self.fields["regu"].queryset = regus  # type: ignore[attr-defined]
        # The leader is there in any case.
        people = [one for one in shifts.of_the_desk(station_id) if one.pk != by.pk]
        self.fields["members"].choices = [(str(one.pk), str(one)) for one in people]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["members"]]


class WordsForm(forms.Form):
    """What the leader who goes adds to the sheet."""

    words = forms.CharField(
        label=_("Notes for the next shift"),
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What stood out, what is kept at the desk, who is to be called back."),
        error_messages={"max_length": _("These notes are too long: at most 4,000 characters fit.")},
    )


class WhenForm(forms.Form):
    """A day and time to look up."""

    at = forms.DateTimeField(
        label=_("Who was on duty at"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Write a day and a time."),
            "invalid": _("Write a day and a time."),
        },
    )

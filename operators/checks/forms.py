"""Shape of what officers send. Whether it may happen now is the verbs' business."""

from django import forms
from django.utils.translation import gettext_lazy as _

from operators.desk.forms import Writing
from reports import verification
from reports.models.verification import Result


class NoteForm(forms.Form):
    text = Writing(
        max_length=verification.TEXT_LIMIT, error_messages={"required": _("The note is empty.")}
    )


class ResultForm(forms.Form):
    result = forms.ChoiceField(
        choices=Result.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what was found.")),
    )
    note = Writing(
        max_length=verification.SENTENCE_LIMIT,
        error_messages={"required": _("Write in one sentence what was found.")},
    )


class OfficerForm(forms.Form):
    """The key of an account."""

    officer = forms.IntegerField(min_value=1, max_value=2**31 - 1)

"""Shape of what the desk sends. Whether it may happen now is the verbs' business."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.replies import TEXT_LIMIT
from reports.workflow import Outcome


class ReplyForm(forms.Form):
    text = forms.CharField(
        label=_("Answer to the reporter"),
        max_length=TEXT_LIMIT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": TEXT_LIMIT, "autocomplete": "off"}),
        error_messages={"required": _("The answer is empty.")},
    )


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("", _("Choose the outcome"))],
        error_messages={"required": _("Choose the outcome.")},
    )
    note = forms.CharField(
        label=_("What was found or done, in one sentence"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500, "autocomplete": "off"}),
        error_messages={"required": _("Write one sentence.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["outcome"].choices += Outcome.choices  # type: ignore[attr-defined]

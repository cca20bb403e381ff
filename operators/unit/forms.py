"""Shape of what a unit sends at the end. Whether it may happen now is the verbs' business."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from reports.assignment import TEXT_LIMIT
from reports.models.assignment import RESULTS


class Sentence(forms.CharField):
    """Text as it was written: browsers send a line's end as two characters, which would count against the limit."""

    def __init__(self, *, missing: Any) -> None:
        too_long = ngettext_lazy(
            "The text is too long: at most %(limit_value)d character fits.",
            "The text is too long: at most %(limit_value)d characters fit.",
            "limit_value",
        )
        super().__init__(
            max_length=TEXT_LIMIT, error_messages={"required": missing, "max_length": too_long}
        )

    def to_python(self, value: Any) -> str | None:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class FinishForm(forms.Form):
    result = forms.ChoiceField(
        choices=[(result.value, result.label) for result in RESULTS],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose what you found there.")
        ),
    )
    note = Sentence(missing=_("Write a sentence: what did you find, what did you do?"))


class GiveBackForm(forms.Form):
    reason = Sentence(missing=_("Write why you give the task back."))

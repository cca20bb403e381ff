"""Shape of what the desk sends. Whether it may happen now is the verbs' business."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from reports.replies import TEXT_LIMIT
from reports.workflow import Outcome

NOTE_LIMIT = 500


class Writing(forms.CharField):
    """Text as it was written: browsers send a line's end as two characters, which would count against the limit."""

    def to_python(self, value: Any) -> str | None:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class ReplyForm(forms.Form):
    text = Writing(
        max_length=TEXT_LIMIT,
        strip=False,
        error_messages={
            "required": _("The answer is empty."),
            "max_length": ngettext_lazy(
                "The answer has %(show_value)d characters; at most %(limit_value)d can be sent.",
                "The answer has %(show_value)d characters; at most %(limit_value)d can be sent.",
                "limit_value",
            ),
        },
    )


class CloseForm(forms.Form):
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

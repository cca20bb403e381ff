"""Shape of what is sent to remind a reporter, and to ask for, confirm, refuse or lift a block."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from operators.desk.forms import NOTE_LIMIT, Writing
from reports.models.block import StrikeReason


def sentence(missing: Any) -> Writing:
    return Writing(
        max_length=NOTE_LIMIT,
        error_messages={
            "required": missing,
            "max_length": ngettext_lazy(
                "The sentence has %(show_value)d characters; at most %(limit_value)d fit.",
                "The sentence has %(show_value)d characters; at most %(limit_value)d fit.",
                "limit_value",
            ),
        },
    )


class WarnForm(forms.Form):
    reason = forms.ChoiceField(
        choices=StrikeReason.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose the reason.")),
    )
    note = sentence(_("Write in one sentence what was proven."))
    evidence = forms.UUIDField(required=False)
    """The message that proves it; whether it is one of this report is the verb's business."""
    although_unanswered = forms.BooleanField(required=False)


class AskBlockForm(forms.Form):
    note = sentence(_("Write in one sentence why the reporter should be blocked."))


class ConfirmForm(forms.Form):
    days = forms.TypedChoiceField(
        coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose for how long.")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [(days, days) for days in settings.BLOCK_DAYS]  # type: ignore[attr-defined]


class RefuseForm(forms.Form):
    note = sentence(_("Write in one sentence why the reporter is not blocked."))


class LiftForm(forms.Form):
    note = sentence(_("Write in one sentence why the block is lifted."))
    was_wrong = forms.BooleanField(required=False)

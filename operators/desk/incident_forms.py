"""Shape of what the pages of incidents send. Whether it may happen is the verbs' business."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from operators.desk.forms import CloseForm, Writing
from reports.replies import TEXT_LIMIT
from reports.workflow import OPEN_STATUSES, Status

CHOOSE = _("Write the number of a report or an incident.")


class LinkForm(forms.Form):
    to = forms.CharField(max_length=20, error_messages={"required": CHOOSE, "max_length": CHOOSE})


class IncidentStatusForm(forms.Form):
    status = forms.ChoiceField(
        choices=[(one.value, one.label) for one in Status if one in OPEN_STATUSES],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a status.")),
    )


class CloseIncidentForm(CloseForm):
    pass


class AnswerForm(forms.Form):
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
    standing = forms.BooleanField(required=False)
    picture = forms.UUIDField(required=False, error_messages={"invalid": _("Choose a photo.")})

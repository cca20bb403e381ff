"""The photo of the cleared place that goes back to the reporter, and what the reporter says of it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from reports.models.assignment import DispatchPicture
from reports.models.message import Message
from reports.models.report import Report


class Proof(models.Model):
    """A unit's photo that was sent to a reporter: bound to the officer, time and place that its picture names."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="proofs")
    picture = models.ForeignKey(DispatchPicture, on_delete=models.PROTECT, related_name="proofs")
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="proof")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"proof {self.pk}"


class Feedback(models.Model):
    """The reporter was asked whether the matter is settled, and what they said."""

    class Answer(models.TextChoices):
        SETTLED = "settled", pgettext_lazy("answer of the reporter", "settled")
        NOT_YET = "not_yet", pgettext_lazy("answer of the reporter", "not yet")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="feedback")
    question = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    said_in = models.OneToOneField(Message, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            # Whether the reporter's next word may be an answer.
            models.Index(
                fields=["report"], condition=models.Q(answered_at=None), name="feedback_open"
            ),
        ]

    def __str__(self) -> str:
        return f"feedback {self.pk}"

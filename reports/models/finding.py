"""What an enricher has made of a message: a hint for people, with where it comes from, how sure it is, and why."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from reports.models.attachment import Attachment
from reports.models.message import Message
from reports.models.report import Report


class Enricher(models.TextChoices):
    """Each reads one thing out of a message."""

    KIND = "kind", pgettext_lazy("enricher", "kind of message")
    CATEGORY = "category", pgettext_lazy("enricher", "category")
    URGENCY = "urgency", pgettext_lazy("enricher", "urgency")
    PLACE = "place", pgettext_lazy("enricher", "place")
    DUPLICATE = "duplicate", pgettext_lazy("enricher", "the same incident")
    CAMERA = "camera", pgettext_lazy("enricher", "what the camera noted")


class Decision(models.TextChoices):
    """What a person has made of it."""

    OPEN = "", pgettext_lazy("finding", "not decided")
    ACCEPTED = "accepted", pgettext_lazy("finding", "accepted")
    CORRECTED = "corrected", pgettext_lazy("finding", "corrected")
    DISMISSED = "dismissed", pgettext_lazy("finding", "dismissed")


class Finding(models.Model):
    """One outcome of one enricher for one message (or one of its attachments). Without candidates it abstained."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="findings")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="findings")
    attachment = models.ForeignKey(
        Attachment, on_delete=models.CASCADE, null=True, related_name="findings"
    )
    enricher = models.CharField(max_length=10, choices=Enricher)
    source = models.CharField(max_length=20, blank=True)
    """What it was read from or by: "pin", "text", "link", "keywords", "model" ...; plain, ours, the best candidate's."""
    confidence = models.FloatField(default=0)
    """Of the best candidate, 0 to 1; 0 when there is none."""
    candidates_sealed = models.BinaryField()
    """JSON, the best first: value, confidence, source and reason of each."""
    at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.OPEN, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    chosen_sealed = models.BinaryField(default=bytes)
    """JSON of the value that a person chose, beside what was suggested."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "message",
                "enricher",
                condition=Q(attachment=None),
                name="finding_once_a_message",
            ),
            models.UniqueConstraint(
                "attachment",
                "enricher",
                condition=Q(attachment__isnull=False),
                name="finding_once_an_attachment",
            ),
        ]
        indexes: ClassVar = [
            # The facts of a report's page.
            models.Index(fields=["report", "enricher", "at"], name="finding_of_report"),
            # What was decided lately, for learning and for counting how good the hints are.
            models.Index(
                fields=["enricher", "decided_at"],
                condition=Q(decided_at__isnull=False),
                name="finding_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"finding {self.pk}"


class Likeness(models.Model):
    """A report that a finding calls one of the same incident, so that its own page can name the later one as well."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="likenesses")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="likenesses")
    is_dismissed = models.BooleanField(default=False)
    """Somebody has said on the page of the report that is named that it is another incident."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("finding", "report", name="likeness_once_a_finding"),
        ]

    def __str__(self) -> str:
        return f"likeness {self.pk}"

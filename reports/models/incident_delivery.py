"""The ledger of an answer to all reporters of an incident: who has been written to, and for whom it failed why."""

from typing import ClassVar

from django.db import models

from reports.models.incident import IncidentAnswer
from reports.models.message import Message
from reports.models.report import Report


class IncidentDelivery(models.Model):
    """One reporter's part of an answer to all: the message that went to them, or the code of why none did."""

    answer = models.ForeignKey(IncidentAnswer, on_delete=models.PROTECT, related_name="deliveries")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    message = models.OneToOneField(
        Message, on_delete=models.PROTECT, null=True, related_name="incident_delivery"
    )
    failure = models.CharField(max_length=20, blank=True)
    """The code of the refusal, such as window_closed; empty when a message was queued."""
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("answer", "report", name="incident_delivery_once_a_report"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"

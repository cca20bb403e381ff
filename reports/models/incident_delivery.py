"""The ledger of an answer to all reporters of an incident: who has been written to, and for whom it failed why."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.models.incident import IncidentAnswer
from reports.models.message import Delivery, Message
from reports.models.report import Report

QUEUED = Q(message=None, failure="")


WITHDRAWN = "withdrawn"
"""In place of a failure: somebody has taken it back."""
STATES = {
    Delivery.SENT: "sent",
    Delivery.ACCEPTED: "sent",
    Delivery.DELIVERED: "delivered",
    Delivery.READ: "delivered",
    Delivery.FAILED: "failed",
    Delivery.UNKNOWN: "failed",
    Delivery.CANCELLED: WITHDRAWN,
}
UNSENT = {"": "queued", WITHDRAWN: WITHDRAWN}


class IncidentDeliveryQuerySet(models.QuerySet["IncidentDelivery"]):
    def queued(self) -> Self:
        """Nothing has come of them yet."""
        return self.filter(QUEUED)

    def due(self, at: datetime) -> Self:
        """Queued, and it is time; the longest waiting first."""
        return self.queued().filter(at__lte=at).order_by("at", "pk")


class IncidentDelivery(models.Model):
    """One reporter's part of an answer to all: the message that went to them, or the code of why none did. With neither
    of them it is still to be done: the row is the queue."""

    answer = models.ForeignKey(IncidentAnswer, on_delete=models.PROTECT, related_name="deliveries")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    message = models.OneToOneField(
        Message, on_delete=models.PROTECT, null=True, related_name="incident_delivery"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    """Who answered all, or linked this report when the answer stood already."""
    failure = models.CharField(max_length=20, blank=True)
    """The code of the refusal, such as window_closed; empty when a message was queued."""
    at = models.DateTimeField()
    """When something came of it; until then, since when it is to be done."""

    objects: ClassVar[IncidentDeliveryQuerySet] = IncidentDeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("answer", "report", name="incident_delivery_once_a_report"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["at"], condition=QUEUED, name="incident_delivery_due"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"

    @property
    def state(self) -> str:
        """How far it is: "queued", "sent", "delivered", "failed" or "withdrawn"."""
        if self.message is None:
            return UNSENT.get(self.failure, "failed")
        return STATES.get(Delivery(self.message.status), "queued")

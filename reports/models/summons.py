"""A message without content to a duty telephone: a report that nobody takes."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from reports.models.message import Delivery
from reports.models.report import Escalation, Report


class DutyPhone(models.Model):
    """The telephone on which somebody is called when the desk does not answer. The number is sealed like any other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operator = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duty_phone"
    )
    number_sealed = models.BinaryField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"duty telephone {self.pk}"


class SummonsQuerySet(models.QuerySet["Summons"]):
    def ready_to_go(self, at: datetime) -> Self:
        return self.filter(status=Delivery.QUEUED, due_at__lte=at).order_by("due_at")

    def lost(self, at: datetime) -> Self:
        """Claimed by a sender who has not come back."""
        return self.filter(status=Delivery.SENDING, due_at__lte=at)


class Summons(models.Model):
    """One row for a report, a step and a telephone: called for the same again, it is used again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="summonses")
    step = models.PositiveSmallIntegerField(choices=Escalation)
    duty_phone = models.ForeignKey(DutyPhone, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=10, choices=Delivery, default=Delivery.QUEUED)
    provider_sid = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    error_code = models.CharField(max_length=20, blank=True)

    objects: ClassVar[SummonsQuerySet] = SummonsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "report", "step", "duty_phone", name="summons_once_a_step_and_phone"
            ),
        ]
        indexes: ClassVar = [
            # What is to be sent.
            models.Index(
                fields=["due_at"],
                condition=models.Q(status__in=["queued", "sending"]),
                name="summons_to_send",
            ),
        ]

    def __str__(self) -> str:
        return f"summons {self.pk}"

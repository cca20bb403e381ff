"""What arrived and has not been understood yet: stored first, sealed with a key of its own."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class InboxEntryQuerySet(models.QuerySet["InboxEntry"]):
    def unread(self) -> Self:
        """Neither understood nor given up."""
        return self.filter(processed_at=None, parked_at=None)

    def due(self, at: datetime) -> Self:
        return self.unread().filter(due_at__lte=at).order_by("due_at", "id")

    def oldest_unread(self) -> datetime | None:
        """When the oldest message arrived that is not understood; a receipt may wait long for its message."""
        return self.longest_unread().values_list("received_at", flat=True).first()

    def longest_unread(self) -> Self:
        return (
            self.unread()
            .exclude(kind=InboxEntry.Kind.STATUS, reason="unmatched")
            .order_by("received_at")
        )

    def parked(self) -> Self:
        return self.filter(processed_at=None, parked_at__isnull=False).order_by("received_at")


class InboxEntry(models.Model):
    class Kind(models.TextChoices):
        MESSAGE = "message", pgettext_lazy("inbox", "message")
        STATUS = "status", pgettext_lazy("inbox", "delivery receipt")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    provider_id = models.CharField(max_length=64)
    provider_status = models.CharField(max_length=32, blank=True)
    payload_sealed = models.BinaryField()
    """Emptied once the entry is processed: the message then holds it, sealed with the report's key."""
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=60, blank=True)
    """Why the last try failed: the name of a rule or of an exception, never its text."""
    processed_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)

    objects: ClassVar[InboxEntryQuerySet] = InboxEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            # Twilio repeats itself: retries, the fallback, replays. Each thing is taken in once.
            models.UniqueConstraint(
                "kind", "provider_id", "provider_status", name="inbox_entry_once"
            ),
        ]
        indexes: ClassVar = [
            # The drain takes the oldest that is due.
            models.Index(
                fields=["due_at", "id"],
                condition=Q(processed_at=None, parked_at=None),
                name="inbox_due",
            ),
            # The desk's list of what could not be understood.
            models.Index(
                fields=["received_at"],
                condition=Q(processed_at=None, parked_at__isnull=False),
                name="inbox_parked",
            ),
            # Emptying what is old.
            models.Index(
                fields=["processed_at"], condition=Q(processed_at__isnull=False), name="inbox_done"
            ),
        ]

    def __str__(self) -> str:
        return f"inbox entry {self.pk}"

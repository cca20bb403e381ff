"""A picture, voice note, film or file of a message, and how far it is on its way to us. The row is its place in the queue.

The provider's address of it is sealed, and so is everything that the file itself says.
"""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from reports.models.message import Message


class FileKind(models.TextChoices):
    """What sort of file it is, by its content."""

    IMAGE = "image", pgettext_lazy("file kind", "picture")
    AUDIO = "audio", pgettext_lazy("file kind", "voice note")
    VIDEO = "video", pgettext_lazy("file kind", "film")
    DOCUMENT = "document", pgettext_lazy("file kind", "document")
    CARD = "card", pgettext_lazy("file kind", "contact card")
    OTHER = "other", pgettext_lazy("file kind", "file")


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def to_fetch(self, at: datetime) -> Self:
        """Due, or claimed by somebody who has not come back; the longest waiting first."""
        return self.filter(due_at__lte=at).order_by("due_at", "position", "id")

    def to_delete_at_provider(self, at: datetime) -> Self:
        """Safely ours, and still to be deleted where it came from."""
        return self.filter(delete_due_at__lte=at).order_by("delete_due_at", "id")


class Attachment(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("attachment", "waiting to be fetched")
        FETCHING = "fetching", pgettext_lazy("attachment", "being fetched")
        STORED = "stored", pgettext_lazy("attachment", "here")
        REFUSED = "refused", pgettext_lazy("attachment", "cannot be shown")
        GONE = "gone", pgettext_lazy("attachment", "gone at the provider")
        FAILED = "failed", pgettext_lazy("attachment", "could not be fetched")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=20, blank=True)
    """Why it is not shown, or what the last try ran into: a code of `reports.enrichment.fetching.refusals`."""
    declared_type = models.CharField(max_length=100)
    """What the sender's telephone called it; never believed."""
    url_sealed = models.BinaryField()
    due_at = models.DateTimeField(null=True)
    """Waiting: not before this. Being fetched: somebody else may have it after this. NULL: nothing is owed."""
    tries = models.PositiveSmallIntegerField(default=0)

    kind = models.CharField(max_length=10, choices=FileKind, blank=True)
    """By its content, as the type and the size are; empty until it is here."""
    media_type = models.CharField(max_length=100, blank=True)
    byte_size = models.PositiveIntegerField(default=0)
    duration_seconds = models.FloatField(null=True)
    about_sealed = models.BinaryField(default=bytes)
    """JSON of what was read out of the file: waveform, card, warnings, fingerprint."""
    fetched_at = models.DateTimeField(null=True)
    """Since when the original is sealed and on disk, whatever became of it then."""
    delete_due_at = models.DateTimeField(null=True)
    """When to delete it at the provider; NULL when that is done, or not wanted."""
    delete_tries = models.PositiveSmallIntegerField(default=0)
    deleted_at_provider_at = models.DateTimeField(null=True)

    objects: ClassVar[AttachmentQuerySet] = AttachmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint("message", "position", name="attachment_once_a_position"),
        ]
        indexes: ClassVar = [
            # What the clock looks for once a second.
            models.Index(
                fields=["due_at"], condition=Q(due_at__isnull=False), name="attachment_to_fetch"
            ),
            models.Index(
                fields=["delete_due_at"],
                condition=Q(delete_due_at__isnull=False),
                name="attachment_to_delete",
            ),
        ]

    def __str__(self) -> str:
        return f"attachment {self.pk}"

"""What the desk writes to itself about a report; never sent to anybody."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from reports.models.report import Report


class Note(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    body_sealed = models.BinaryField()

    class Meta:
        indexes: ClassVar = [
            # Among the lines of the conversation.
            models.Index(fields=["report", "at"], name="note_conversation"),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"


class Mention(models.Model):
    """Somebody is called by a note, until they have seen it."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="mentions")
    operator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions"
    )
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("note", "operator", name="mention_once_a_note"),
        ]
        indexes: ClassVar = [
            # The count on the rail.
            models.Index(
                fields=["operator"],
                condition=models.Q(seen_at=None),
                name="mention_unseen",
            ),
        ]

    def __str__(self) -> str:
        return f"mention {self.pk}"

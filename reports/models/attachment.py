"""A picture, voice note, film or file of a message. The provider's address of it is sealed."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from reports.models.message import Message


class Attachment(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("attachment", "waiting to be fetched")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    declared_type = models.CharField(max_length=100)
    """What the sender's telephone called it; never believed."""
    url_sealed = models.BinaryField()

    class Meta:
        ordering = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint("message", "position", name="attachment_once_a_position"),
        ]

    def __str__(self) -> str:
        return f"attachment {self.pk}"

"""A picture on its way out to a reporter: made clean, sealed, in a file of VAR_DIR under its own id."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from reports.models.message import Message
from reports.models.report import Report


class Picture(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="pictures")
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, null=True, related_name="pictures"
    )
    """NULL while it lies beside an answer that is being written."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    byte_size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "at"]

    def __str__(self) -> str:
        return f"picture {self.pk}"

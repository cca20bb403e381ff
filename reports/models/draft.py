"""What somebody has begun to write on a report and not yet sent: theirs alone, whoever holds the report."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from reports.models.report import Report


class Draft(models.Model):
    class Kind(models.TextChoices):
        ANSWER = "answer", pgettext_lazy("draft", "answer")
        NOTE = "note", pgettext_lazy("draft", "note")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="drafts")
    operator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    body_sealed = models.BinaryField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("report", "operator", "kind", name="draft_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"

"""A model of categories that was learned one night, and how it did beside the keywords. Its weights are sealed."""

import uuid
from typing import ClassVar

from django.db import models


class CategoryModel(models.Model):
    """Of all stations together. The newest row decides: when it was not better, the keywords are used."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    train_count = models.PositiveIntegerField()
    held_back_count = models.PositiveIntegerField()
    """Decisions, the newest, on which both were compared, and from which that model had not learned."""
    top1 = models.FloatField()
    top3 = models.FloatField()
    """Share of those that were right at first, and among the first three."""
    keywords_top1 = models.FloatField()
    keywords_top3 = models.FloatField()
    confusion = models.JSONField(default=dict)
    """Slug that was decided -> slug that the model gave ("" when none) -> how often."""
    slugs = models.JSONField(default=list)
    """The categories that it knows, in the order of its weights."""
    is_used = models.BooleanField(default=False)
    weights_sealed = models.BinaryField(default=bytes)
    """Numbers, sealed with a key of its own; only of the one that is used."""

    class Meta:
        get_latest_by = "at"
        indexes: ClassVar = [
            # The newest, every minute in every enricher, and the page on the quality of hints.
            models.Index(fields=["at"], name="category_model_newest"),
        ]

    def __str__(self) -> str:
        return f"category model {self.pk}"

"""One sealed file of an attachment: what the citizen sent, or something clean that was made of it to be shown.

The content lies in MEDIA_DIR under the row's id (`reports.identity.blobs`), under a key of its own that is sealed here.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from reports.models.attachment import Attachment


class FileRole(models.TextChoices):
    ORIGINAL = "original", pgettext_lazy("file role", "as it was sent")
    VIEW = "view", pgettext_lazy("file role", "picture")
    THUMBNAIL = "thumbnail", pgettext_lazy("file role", "small picture")
    SOUND = "sound", pgettext_lazy("file role", "sound")
    FILM = "film", pgettext_lazy("file role", "film")
    POSTER = "poster", pgettext_lazy("file role", "picture of the film")
    PAGE = "page", pgettext_lazy("file role", "page")


class MediaFile(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Whoever forgets an attachment forgets its files first: a row alone would leave its file behind.
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="files")
    role = models.CharField(max_length=10, choices=FileRole)
    position = models.PositiveSmallIntegerField(default=0)
    """Of a page, or of one picture of several."""
    media_type = models.CharField(max_length=100)
    byte_size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    key_sealed = models.BinaryField()
    """Under the report's key. A message that moves to another report takes its files along by this alone."""
    digest_sealed = models.BinaryField(default=bytes)
    """SHA-256 of the content, of an original: a hash tells whoever has the same file that it was sent here."""

    class Meta:
        ordering: ClassVar = ["role", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "attachment", "role", "position", name="media_file_once_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"media file {self.pk}"

    @property
    def is_original(self) -> bool:
        return self.role == FileRole.ORIGINAL

"""Files of citizens: sealed as they come, opened for whoever may see them, forgotten together with their content.

A file's row is made first and goes last, so that no content lies anywhere without one. Its key is sealed under the report's:
whoever writes a row holds the attachment's, so that it cannot move to another report in between.
"""

import json
import logging
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from reports.actors import Actor
from reports.identity import blobs, vault
from reports.identity.segments import Reader, Writer
from reports.models import Attachment, MediaFile, Message, Report
from reports.models.media_file import FileRole

logger = logging.getLogger(__name__)

KEY = "media_file.key"
DIGEST = "media_file.digest"
ABOUT = "attachment.about"
URL = "attachment.url"


@dataclass(frozen=True)
class About:
    """What was read out of a file. Empty for one that does not open any more, and until it was read."""

    card: dict[str, Any] | None = field(default=None, repr=False)
    waveform: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    fingerprint: int | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Begun:
    """A file whose row is there and whose content is to be written."""

    row: MediaFile
    key: vault.FileKey = field(repr=False)

    def writing(self) -> AbstractContextManager[Writer]:
        """Raises OSError when there is no room; then there is no content."""
        return blobs.writing(self.key)


def begin(attachment: Attachment, box: vault.Box, role: FileRole, **fields: Any) -> Begun:
    """Write the row of a file, in a transaction that holds the attachment; `box` of the report that it is in."""
    row = MediaFile(attachment=attachment, role=role, at=timezone.now(), **fields)
    key, row.key_sealed = box.new_file_key(KEY, row.pk)
    row.save(force_insert=True)
    return Begun(row, key)


def forget(files: Iterable[MediaFile]) -> None:
    """Content first, then the row. Again changes nothing."""
    for file in files:
        blobs.remove(file.pk)
        file.delete()


def visible_to(actor: Actor) -> QuerySet[MediaFile]:
    """The files of reports that this person may read, once they are whole."""
    reports = Report.objects.visible_to(actor)
    return MediaFile.objects.filter(
        attachment__message__report__in=reports, attachment__fetched_at__isnull=False
    ).select_related("attachment__message")


def opened(file: MediaFile) -> Reader:
    """The content, for whoever may see it, which is decided above; to be closed. Raises Unreadable."""
    try:
        box = vault.box_of("content", file.attachment.message.report_id)
        return blobs.reading(box.file_key(KEY, file.pk, file.key_sealed))
    except vault.Unreadable:
        logger.error("a file does not open", extra={"file": str(file.pk)})
        raise


def read(file: MediaFile) -> bytes:
    """All of it at once. Raises Unreadable."""
    with closing(opened(file)) as reader:
        return b"".join(reader.read())


def sealed_about(attachment: Attachment, box: vault.Box, about: About) -> bytes:
    plain = {
        "card": about.card,
        "waveform": about.waveform,
        "warnings": about.warnings,
        "fingerprint": about.fingerprint,
    }
    return box.seal(ABOUT, attachment.pk, json.dumps(plain))


def about(attachments: Iterable[Attachment], box: vault.Box | None) -> Mapping[UUID, About]:
    """What was read out of these files of one report, by attachment; every one of them has an entry."""
    return {attachment.pk: _about(attachment, box) for attachment in attachments}


def carry(message: Message, former: vault.Box, box: vault.Box) -> None:
    """Put the files of a message under the key of the report that it moves to, in the transaction that moves it.

    Raises Unreadable when something of it does not open any more.
    """
    attachments = list(message.attachments.select_for_update())
    files = list(MediaFile.objects.filter(attachment__in=attachments))
    for attachment in attachments:
        attachment.url_sealed = _anew(former, box, URL, attachment.pk, attachment.url_sealed)
        attachment.about_sealed = _anew(former, box, ABOUT, attachment.pk, attachment.about_sealed)
    for file in files:
        file.key_sealed = _anew(former, box, KEY, file.pk, file.key_sealed)
        file.digest_sealed = _anew(former, box, DIGEST, file.pk, file.digest_sealed)
    Attachment.objects.bulk_update(attachments, ["url_sealed", "about_sealed"])
    MediaFile.objects.bulk_update(files, ["key_sealed", "digest_sealed"])


def _anew(former: vault.Box, box: vault.Box, column: str, row: UUID, sealed: vault.Buffer) -> bytes:
    if not sealed:
        return b""
    return box.seal_bytes(column, row, former.open_bytes(column, row, sealed))


def _about(attachment: Attachment, box: vault.Box | None) -> About:
    if box is None or not attachment.about_sealed:
        return About()
    try:
        plain = json.loads(box.open(ABOUT, attachment.pk, attachment.about_sealed).expose())
    except vault.Unreadable:
        logger.error("what was read out of a file does not open", extra={"row": str(attachment.pk)})
        return About()
    return About(
        card=plain["card"],
        waveform=tuple(plain["waveform"]),
        warnings=tuple(plain["warnings"]),
        fingerprint=plain["fingerprint"],
    )

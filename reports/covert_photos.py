"""Photos of a check in plain clothes: a row, and a file sealed under the check's own key. Nothing leads here from a report.

The row is made first and goes last, so that no file is ever without one.
"""

import json
import logging
from datetime import datetime
from typing import Any

from reports.actors import Actor
from reports.identity import blobs, vault
from reports.imaging import Clean
from reports.models import Verification, VerificationPhoto

logger = logging.getLogger(__name__)

FILE = "verification_photo.file"
ABOUT = "verification_photo.about"


def keep(
    verification: Verification, content: Clean, about: dict[str, Any], *, by: Actor, at: datetime
) -> VerificationPhoto:
    """Keep a clean picture, with what its camera had noted. Not in a transaction: the row must be there before the file.

    Raises vault.Unreadable when the key of the check is gone; then nothing is kept.
    """
    box = vault.box_of("covert", verification.pk)
    photo = VerificationPhoto(
        verification=verification,
        by_id=by.pk,
        at=at,
        byte_size=len(content.jpeg),
        width=content.width,
        height=content.height,
    )
    if about:
        photo.about_sealed = box.seal(ABOUT, photo.pk, json.dumps(about))
    photo.save(force_insert=True)
    try:
        blobs.put(photo.pk, box.seal_bytes(FILE, photo.pk, content.jpeg))
    except Exception:
        blobs.remove(photo.pk)
        photo.delete()
        raise
    return photo


def read(photo: VerificationPhoto) -> bytes:
    """The JPEG. For whoever may see it, which is decided above. Raises vault.Unreadable."""
    try:
        box = vault.box_of("covert", photo.verification_id)
        return box.open_bytes(FILE, photo.pk, blobs.get(photo.pk))
    except vault.Unreadable:
        logger.error("a picture does not open", extra={"picture": str(photo.pk)})
        raise


def about(photo: VerificationPhoto, box: vault.Box) -> dict[str, Any]:
    """When and where the camera says it was taken; nothing when it said neither. Raises vault.Unreadable."""
    if not photo.about_sealed:
        return {}
    noted: dict[str, Any] = json.loads(box.open(ABOUT, photo.pk, photo.about_sealed).expose())
    return noted

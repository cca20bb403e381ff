"""Pictures of an assignment: a row, and a file sealed under the assignment's key. Nothing leads to a citizen's file."""

import logging
from datetime import datetime
from io import BytesIO

from PIL import Image

from reports.actors import Actor
from reports.identity import blobs, vault
from reports.models import Assignment, DispatchPicture

logger = logging.getLogger(__name__)

COLUMN = "dispatch_picture.file"


def give(
    assignment: Assignment, jpeg: bytes, *, by: Actor, position: int, at: datetime
) -> DispatchPicture:
    """Keep a clean picture that the desk gives along, in the transaction that writes the assignment.

    Whoever called this forgets the files (`forget_files`) when that transaction does not come to its end.
    """
    with Image.open(BytesIO(jpeg), formats=("JPEG",)) as image:
        width, height = image.size
    picture = DispatchPicture.objects.create(
        assignment=assignment,
        origin=DispatchPicture.Origin.DESK,
        by_id=by.pk,
        at=at,
        byte_size=len(jpeg),
        width=width,
        height=height,
        position=position,
    )
    box = vault.box_of("dispatch", assignment.pk)
    blobs.put(picture.pk, box.seal_bytes(COLUMN, picture.pk, jpeg))
    return picture


def forget_files(pictures: list[DispatchPicture]) -> None:
    """The files of rows that were never committed."""
    for picture in pictures:
        blobs.remove(picture.pk)


def read(picture: DispatchPicture) -> bytes:
    """The JPEG. For whoever may see it, which is decided above. Raises vault.Unreadable."""
    try:
        box = vault.box_of("dispatch", picture.assignment_id)
        return box.open_bytes(COLUMN, picture.pk, blobs.get(picture.pk))
    except vault.Unreadable:
        logger.error("a picture does not open", extra={"picture": str(picture.pk)})
        raise

"""Pictures of an assignment: a row, and a file sealed under the assignment's key. Nothing leads to a citizen's file.

Those of the desk are given along when it hands the task over; those of the unit are taken in the field, made clean, and
what they said before (when, where, what they look like) is kept sealed beside them.
"""

import hashlib
import json
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from io import BytesIO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image

from reports import camera, events, exif, imaging
from reports.actors import Actor, NotAllowed, Refused
from reports.fingerprints import fingerprint
from reports.identity import blobs, vault
from reports.imaging import Clean, PictureUnfit
from reports.models import Assignment, DispatchPicture

logger = logging.getLogger(__name__)

COLUMN = "dispatch_picture.file"
ABOUT = "dispatch_picture.about"


class TaskEnded(Refused):
    """Nothing is added to a task that is over, and nothing taken away from it."""

    code = "ended"


class PictureGone(Refused):
    """There is no such picture of the unit."""

    code = "picture_gone"


@dataclass(frozen=True)
class About:
    """What a picture of the unit said before it was made clean. A camera notes what its clock and receiver tell it, and
    both can be wrong or forged."""

    taken_at: datetime | None = None
    latitude: float | None = field(default=None, repr=False)
    longitude: float | None = field(default=None, repr=False)
    fingerprint: int | None = field(default=None, repr=False)
    """64 bits that similar pictures share most of (`reports.fingerprints`); None for one too plain to be told apart."""
    digest: str = field(default="", repr=False)
    """Of the file as it came: the same file sent again is no other picture."""


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


def add(assignment: Assignment, data: bytes, *, by: Actor) -> DispatchPicture:
    """Keep a picture that somebody of the unit has taken: made clean, and what it said before sealed beside it.

    The same file again gives the picture that is there already. Raises NotAllowed, TaskEnded, PictureUnfit; then nothing
    of it is kept.
    """
    _refuse_unless_of_the_unit(assignment, by)
    imaging.refuse_size(len(data))
    about, clean = _read_and_cleaned(data)
    made = DispatchPicture(assignment=assignment, origin=DispatchPicture.Origin.UNIT, by_id=by.pk)
    try:
        with transaction.atomic():
            locked = _running(assignment)
            taken = list(of_the_unit(locked))
            for one in taken:
                if about_of(one).digest == about.digest:
                    return one
            if len(taken) >= settings.TASK_PICTURES_MOST:
                raise PictureUnfit(too_many(), "too_many")
            _store(made, clean, about)
            events.changed(locked.report)
    except BaseException:
        forget_files([made])
        raise
    return made


def remove(assignment: Assignment, picture_id: UUID, *, by: Actor) -> None:
    """Take a picture of the unit away again while the task runs. Raises NotAllowed, TaskEnded, PictureGone."""
    _refuse_unless_of_the_unit(assignment, by)
    with transaction.atomic():
        locked = _running(assignment)
        picture = of_the_unit(locked).filter(pk=picture_id).first()
        if picture is None:
            raise PictureGone(_("This photo is not there any more."))
        blobs.remove(picture.pk)
        picture.delete()
        events.changed(locked.report)


def of_the_unit(assignment: Assignment) -> QuerySet[DispatchPicture]:
    return assignment.pictures.filter(origin=DispatchPicture.Origin.UNIT)


def opened(picture: DispatchPicture) -> bytes | None:
    """The JPEG, as `read` has it; None when it does not open any more."""
    try:
        return read(picture)
    except vault.Unreadable:
        return None


def about_of(picture: DispatchPicture) -> About:
    """What a picture of the unit said. For whoever may see the picture, which is decided above. Empty for one of the
    desk, and for what does not open any more."""
    return abouts_of([picture])[picture.pk]


def abouts_of(pictures: Iterable[DispatchPicture]) -> dict[UUID, About]:
    """The same of many, their keys in one query; every one of them has an entry."""
    pictures = list(pictures)
    boxes = vault.boxes_of("dispatch", {picture.assignment_id for picture in pictures})
    return {one.pk: _opened(one, boxes.get(one.assignment_id)) for one in pictures}


def _opened(picture: DispatchPicture, box: vault.Box | None) -> About:
    if not picture.about_sealed or box is None:
        return About()
    try:
        plain = json.loads(box.open(ABOUT, picture.pk, picture.about_sealed).expose())
    except vault.Unreadable:
        logger.error("what a picture said does not open", extra={"picture": str(picture.pk)})
        return About()
    taken_at = plain.pop("taken_at")
    return About(datetime.fromisoformat(taken_at) if taken_at else None, **plain)


def too_many() -> str:
    """What is said where a task has its number of photos."""
    return ngettext(
        "A task takes at most %(limit)d photo.",
        "A task takes at most %(limit)d photos.",
        settings.TASK_PICTURES_MOST,
    ) % {"limit": settings.TASK_PICTURES_MOST}


def _refuse_unless_of_the_unit(assignment: Assignment, by: Actor) -> None:
    if not Assignment.objects.for_unit_of(by).filter(pk=assignment.pk).exists():
        raise NotAllowed(_("Your account may not do this."))


def _running(assignment: Assignment) -> Assignment:
    """The task as it is now, locked: of two that come at once, one sees what the other has kept."""
    locked = Assignment.objects.select_for_update(of=("self",), no_key=True).get(pk=assignment.pk)
    if not locked.is_running:
        raise TaskEnded(_("The task is over: no photo can be added or taken away any more."))
    return locked


def _read_and_cleaned(data: bytes) -> tuple[About, Clean]:
    """What the file says, read before nothing but its pixels is left. Raises PictureUnfit."""
    noted = camera.note(exif.block(data)) or camera.CameraNote()
    pixels = imaging.look(data, imaging.OUTGOING).pixels
    about = About(
        noted.taken_at,
        noted.latitude,
        noted.longitude,
        fingerprint(pixels),
        hashlib.sha256(data).hexdigest(),
    )
    return about, imaging.encoded(pixels, settings.PICTURE_BYTES_SENT)


def _store(picture: DispatchPicture, clean: Clean, about: About) -> None:
    box = vault.box_of("dispatch", picture.assignment_id)
    plain = asdict(about) | {"taken_at": about.taken_at.isoformat() if about.taken_at else None}
    picture.about_sealed = box.seal(ABOUT, picture.pk, json.dumps(plain))
    picture.at, picture.byte_size = timezone.now(), len(clean.jpeg)
    picture.width, picture.height = clean.width, clean.height
    blobs.put(picture.pk, box.seal_bytes(COLUMN, picture.pk, clean.jpeg))
    picture.save(force_insert=True)

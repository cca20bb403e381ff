"""What a unit is given of a report: a copy, sealed anew under a key of its own, that leads back to nothing.

Works on a locked report, in the caller's transaction; raises before it writes.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from reports import briefs, dispatch_pictures, media_files
from reports.actors import Actor, Refused
from reports.identity import vault
from reports.models import Assignment, DispatchPicture, MediaFile, Report
from reports.models.media_file import FileRole

PICTURES_LIMIT = 6
GIVEN_ALONG = (FileRole.VIEW, FileRole.POSTER, FileRole.PAGE)
"""What we have made of a citizen's file. The file itself, and every sound, stays at the desk: a voice is a person."""


class PictureUnfit(Refused):
    """Not a clean picture of this report."""

    code = "picture_unfit"


def write(
    report: Report,
    unit: Any,
    *,
    brief: str,
    place_note: str,
    wants_photo: bool,
    at: datetime,
    by: Actor,
) -> Assignment:
    """The row of the assignment, with the place and the names that we have given, and these words."""
    minutes = report.category.arrive_minutes if report.category else None
    assignment = Assignment(
        report=report,
        station=report.station,
        unit=unit,
        by_id=by.pk,
        sent_at=at,
        arrive_by=None if minutes is None else at + timedelta(minutes=minutes),
        urgency=report.urgency,
        category_label=report.category.label if report.category else "",
        place_name=place_name(report),
        latitude=report.latitude,
        longitude=report.longitude,
        wants_photo=wants_photo,
    )
    box = vault.new_boxes("dispatch", [assignment.pk])[assignment.pk]
    assignment.brief_sealed = box.seal(briefs.BRIEF, assignment.pk, brief)
    if place_note:
        assignment.place_note_sealed = box.seal(briefs.PLACE_NOTE, assignment.pk, place_note)
    assignment.save(force_insert=True)
    return assignment


def place_name(report: Report) -> str:
    """Landmark, village and kecamatan, as far as they are known."""
    area = report.area
    names = [report.landmark.name if report.landmark else "", area.name if area else ""]
    if area is not None and area.parent is not None and area.level == area.Level.VILLAGE:
        names.append(area.parent.name)
    known = ", ".join(dict.fromkeys(name for name in names if name))
    return known[: Assignment._meta.get_field("place_name").max_length]


@contextmanager
def pictures_given() -> Iterator[list[DispatchPicture]]:
    """Around the transaction that gives pictures along: when it fails, their files go as their rows do."""
    given: list[DispatchPicture] = []
    try:
        yield given
    except BaseException:
        dispatch_pictures.forget_files(given)
        raise


def contents(report: Report, pictures: Sequence[MediaFile], *, by: Actor) -> list[bytes]:
    """These clean pictures of the report as JPEG. Raises PictureUnfit."""
    if len(pictures) > PICTURES_LIMIT:
        raise PictureUnfit(
            _("At most %(limit)d pictures can be given along.") % {"limit": PICTURES_LIMIT}
        )
    known = available(report, by=by) if pictures else {}
    try:
        return [media_files.read(known[one.pk]) for one in pictures]
    except KeyError:
        raise PictureUnfit(_("Only pictures of this report can be given along.")) from None
    except vault.Unreadable:
        raise PictureUnfit(_("A picture does not open any more. Leave it out.")) from None


def available(report: Report, *, by: Actor) -> dict[Any, MediaFile]:
    """What can be given along of a report, by id, in the order in which it came."""
    files = media_files.visible_to(by).filter(
        attachment__message__report=report, role__in=GIVEN_ALONG, media_type="image/jpeg"
    )
    ordered = files.order_by(
        "attachment__message__at", "attachment__position", "role", "position", "pk"
    )
    return {file.pk: file for file in ordered}

"""What those named in a check may read of it: opens what is sealed under its key. Nothing here looks at the report."""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from reports import covert_photos
from reports.actors import Actor
from reports.identity import vault
from reports.models import Verification, VerificationNote, VerificationOfficer, VerificationPhoto

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class NoteInside:
    """`text` is None when it cannot be read any more."""

    note: VerificationNote
    text: str | None = field(repr=False)


@dataclass(frozen=True)
class PhotoInside:
    """With what the camera noted, as far as it did: hints that are easily forged."""

    photo: VerificationPhoto
    taken_at: datetime | None = field(default=None, repr=False)
    latitude: float | None = field(default=None, repr=False)
    longitude: float | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Inside:
    """A check with everything in it. Words are "" where there are none, None where they do not open any more."""

    verification: Verification
    officers: list[VerificationOfficer]
    brief: str | None = field(repr=False)
    place_note: str | None = field(repr=False)
    result_note: str | None = field(repr=False)
    notes: list[NoteInside] = field(repr=False)
    photos: list[PhotoInside] = field(repr=False)

    def names(self, actor: Actor) -> bool:
        """Whether this person is one of the officers; whoever asked need not be."""
        return any(officer.operator_id == actor.pk for officer in self.officers)


def of(actor: Actor) -> QuerySet[Verification]:
    """The checks that this person is named in or has asked for: what runs first, then what ended last."""
    named = Verification.objects.named_to(actor).select_related("asked_by", "begun_by", "done_by")
    ended = Coalesce("done_at", "called_off_at").desc(nulls_first=True)
    return named.order_by(ended, "-asked_at", "pk")


def opened(verification_id: UUID, *, by: Actor) -> Inside | None:
    """A check for somebody who is named in it; None for everybody else, as for one that does not exist. Five queries."""
    named = Verification.objects.named_to(by).select_related("asked_by", "begun_by", "done_by")
    found = named.filter(pk=verification_id).first()
    if found is None:
        return None
    box = vault.boxes_of("covert", [found.pk]).get(found.pk)
    officers = found.officers.select_related("operator__unit").order_by("operator__name", "pk")
    notes = found.notes.select_related("author").order_by("at", "pk")
    photos = found.photos.select_related("by").order_by("at", "pk")
    return Inside(
        found,
        list(officers),
        _open(box, "verification.brief", found.pk, found.brief_sealed),
        _open(box, "verification.place_note", found.pk, found.place_note_sealed),
        _open(box, "verification.result_note", found.pk, found.result_note_sealed),
        [
            NoteInside(note, _open(box, "verification_note.body", note.pk, note.body_sealed))
            for note in notes
        ],
        [_photo(photo, box) for photo in photos],
    )


def photo(verification_id: UUID, photo_id: UUID, *, by: Actor) -> bytes | None:
    """The JPEG for somebody who is named; None for everybody else. Raises vault.Unreadable."""
    named = Verification.objects.named_to(by).filter(pk=verification_id)
    found = VerificationPhoto.objects.filter(pk=photo_id, verification__in=named).first()
    return covert_photos.read(found) if found else None


def _photo(photo: VerificationPhoto, box: vault.Box | None) -> PhotoInside:
    try:
        noted = covert_photos.about(photo, box) if box else {}
    except vault.Unreadable:
        noted = {}
    taken_at = noted.get("taken_at")
    return PhotoInside(
        photo,
        datetime.fromisoformat(taken_at) if taken_at else None,
        noted.get("latitude"),
        noted.get("longitude"),
    )


def _open(box: vault.Box | None, column: str, row: UUID, sealed: vault.Buffer) -> str | None:
    if not sealed:
        return ""
    try:
        if box is None:
            raise vault.Unreadable
        return box.open(column, row, sealed).expose()
    except vault.Unreadable:
        logger.error("sealed value does not open", extra={"column": column, "row": str(row)})
        return None

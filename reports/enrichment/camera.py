"""What the camera wrote into a picture, as a hint: where and when it was taken. Whoever sent it may have been elsewhere."""

from typing import Any

from django.utils.translation import gettext as _

from reports.enrichment.hints import Candidate, Hint
from reports.enrichment.media.derived import CameraNote
from reports.models.finding import Enricher

SURE = 0.6
"""A picture is forwarded, and taken long before: less sure than a pin."""


def hint_of(note: CameraNote | None) -> Hint | None:
    """None when the camera wrote nothing down. Value: latitude, longitude (both or neither), taken_at (ISO 8601)."""
    if note is None:
        return None
    value: dict[str, Any] = {}
    if note.latitude is not None and note.longitude is not None:
        value |= {"latitude": note.latitude, "longitude": note.longitude}
    if note.taken_at is not None:
        value["taken_at"] = note.taken_at.isoformat()
    if not value:
        return None
    reason = _("The camera noted it in the picture.")
    return Hint(Enricher.CAMERA, (Candidate(value, SURE, "exif", reason),))

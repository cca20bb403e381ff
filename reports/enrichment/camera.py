"""What the camera wrote into a picture, as a hint: where and when it was taken. Whoever sent it may have been elsewhere."""

from typing import Any

from django.utils.translation import gettext as _

from reports.camera import CameraNote
from reports.enrichment import location
from reports.enrichment.hints import Candidate, Hint
from reports.enrichment.surroundings import Surroundings
from reports.models.area import Point
from reports.models.finding import Enricher

SOURCE = "exif"
SURE = 0.6
"""A picture is forwarded, and taken long before: less sure than a pin."""


def hint_of(note: CameraNote | None, around: Surroundings) -> Hint | None:
    """None when the camera wrote nothing down. Value: that of a place, if it noted where; taken_at (ISO 8601), if when."""
    if note is None:
        return None
    value: dict[str, Any] = {}
    reason = _("The camera noted it in the picture.")
    if note.latitude is not None and note.longitude is not None:
        point = Point(note.latitude, note.longitude)
        there = location.from_point(point, around, source=SOURCE, reason=reason)
        value, reason = dict(there.value), there.reason
    if note.taken_at is not None:
        value["taken_at"] = note.taken_at.isoformat()
    if not value:
        return None
    return Hint(Enricher.CAMERA, (Candidate(value, SURE, SOURCE, reason),))

"""Where and when, as the camera noted it. A hint about a picture, not about the incident, and easily forged."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.conf import settings

from reports import exif

NOWHERE = 0.001
"""Degrees. A position so near to where equator and prime meridian cross is a receiver's word for not knowing."""
EARLIEST = 2000
"""Telephones without a set clock say 1970 or 1980."""
ISO_6709 = re.compile(r"^([+-]\d{1,2}\.\d+)([+-]\d{1,3}\.\d+)")
"""The way films note a place: +DD.DDDD+DDD.DDDD, then perhaps a height."""


@dataclass(frozen=True)
class CameraNote:
    """What the camera wrote down: where (degrees, WGS 84) and when (with its time zone). Either may be missing."""

    latitude: float | None = field(default=None, repr=False)
    longitude: float | None = field(default=None, repr=False)
    taken_at: datetime | None = field(default=None, repr=False)


def note(block: bytes) -> CameraNote | None:
    """What an Exif block says of place and time; None when neither can be used."""
    notes = exif.read(block)
    latitude, longitude = _position(notes.place)
    return _noted(latitude, longitude, _taken_at(notes))


def note_of_film(tags: Mapping[str, str]) -> CameraNote | None:
    """What a film's tags say, their names in lower case."""
    place = tags.get("com.apple.quicktime.location.iso6709") or tags.get("location", "")
    latitude = longitude = None
    if found := ISO_6709.match(place):
        latitude, longitude = _somewhere(float(found[1]), float(found[2]))
    moment = tags.get("com.apple.quicktime.creationdate") or tags.get("creation_time", "")
    return _noted(latitude, longitude, _moment(moment))


def _noted(
    latitude: float | None, longitude: float | None, taken_at: datetime | None
) -> CameraNote | None:
    if latitude is None and taken_at is None:
        return None
    return CameraNote(latitude, longitude, taken_at)


def _position(place: Mapping[int, exif.Value]) -> tuple[float, float] | tuple[None, None]:
    latitude = _degrees(place.get(exif.LATITUDE), place.get(exif.LATITUDE_REFERENCE), "NS")
    longitude = _degrees(place.get(exif.LONGITUDE), place.get(exif.LONGITUDE_REFERENCE), "EW")
    if latitude is None or longitude is None:
        return None, None
    return _somewhere(latitude, longitude)


def _somewhere(latitude: float, longitude: float) -> tuple[float, float] | tuple[None, None]:
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None, None
    if abs(latitude) < NOWHERE and abs(longitude) < NOWHERE:
        return None, None
    return round(latitude, 6), round(longitude, 6)


def _degrees(value: exif.Value | None, side: exif.Value | None, sides: str) -> float | None:
    """Degrees, minutes and seconds as one number, negative in the south and west; None unless all of it makes sense."""
    if not isinstance(value, tuple) or not isinstance(side, str) or side[:1].upper() not in sides:
        return None
    parts = [*value, Fraction(0), Fraction(0)][:3]
    if not side or any(part is None or part < 0 for part in parts):
        return None
    degrees, minutes, seconds = (float(part) for part in parts if part is not None)
    # Some cameras round 59.9 up.
    if minutes > 60 or seconds > 60:
        return None
    total = degrees + minutes / 60 + seconds / 3600
    return -total if side[0].upper() == sides[1] else total


def _taken_at(notes: exif.Notes) -> datetime | None:
    """The camera's clock with its own zone if it noted one; else the satellites' clock; else the camera's as local time."""
    offset = notes.camera.get(exif.OFFSET_TIME_ORIGINAL)
    local = notes.camera.get(exif.DATE_TIME_ORIGINAL) or notes.picture.get(exif.DATE_TIME)
    if isinstance(local, str):
        words = local.replace(":", "-", 2)
        if isinstance(offset, str) and (exact := _moment(words + offset)):
            return exact
        return _of_satellites(notes.place) or _moment(words)
    return _of_satellites(notes.place)


def _of_satellites(place: Mapping[int, exif.Value]) -> datetime | None:
    day, clock = place.get(exif.GPS_DATE), place.get(exif.GPS_TIME)
    if not isinstance(day, str) or not isinstance(clock, tuple) or len(clock) != 3:
        return None
    if any(part is None or not 0 <= part < 61 for part in clock):
        return None
    hours, minutes, seconds = (int(part) for part in clock if part is not None)
    return _moment(f"{day.replace(':', '-')} {hours:02}:{minutes:02}:{min(seconds, 59):02}+00:00")


def _moment(words: str) -> datetime | None:
    """A moment out of ISO 8601; without a zone of its own in that of the station."""
    try:
        moment = datetime.fromisoformat(words.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
        return moment.astimezone(UTC) if moment.year >= EARLIEST else None
    except (ValueError, OverflowError):
        return None

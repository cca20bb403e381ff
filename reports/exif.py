"""The notes that cameras leave in pictures, read with a limit to everything. Bytes in, values out.

Pillow's own reader copies whatever a directory points at, again for every entry: sixty kilobytes that name each other make
hundreds of megabytes. This one looks up the few tags that are wanted, and takes notes out before Pillow opens a JPEG.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

ORIENTATION = 0x0112
DATE_TIME, EXIF_DIRECTORY, GPS_DIRECTORY = 0x0132, 0x8769, 0x8825
DATE_TIME_ORIGINAL, OFFSET_TIME_ORIGINAL = 0x9003, 0x9011
LATITUDE_REFERENCE, LATITUDE, LONGITUDE_REFERENCE, LONGITUDE, GPS_TIME, GPS_DATE = 1, 2, 3, 4, 7, 29
"""Exif 2.32, sections 4.6.4 to 4.6.6."""

MOST_ENTRIES = 512
LONGEST_VALUE = 64
LONGEST_BLOCK = 1024**2
MOST_SEGMENTS = 2000
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}
"""Bytes of one value of each type: byte, text, short, long, rational, anything, signed long, signed rational."""

Value = str | int | tuple[Fraction | None, ...]
"""Text, a number, or rationals; None for one that divides by zero."""

MARKER = re.compile(rb"\xff([\x01-\xfe])", re.DOTALL)
START_OF_SCAN = 0xDA
STANDING_ALONE = frozenset({0x01, *range(0xD0, 0xDA)})
JPEG_NOTES = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
"""Segments for programs, and comments. 0xE0 and 0xEE tell how the colours are meant, and stay."""


@dataclass(frozen=True)
class Notes:
    """The wanted entries of each directory."""

    picture: Mapping[int, Value] = field(default_factory=dict, repr=False)
    camera: Mapping[int, Value] = field(default_factory=dict, repr=False)
    place: Mapping[int, Value] = field(default_factory=dict, repr=False)


def block(data: bytes) -> bytes:
    """The Exif block of a JPEG, PNG or WebP, from its byte order on; b"" when there is none to be found."""
    if data.startswith(b"\xff\xd8"):
        for marker, start, end in _segments(data):
            if marker == 0xE1 and data[start + 4 : start + 10] == b"Exif\0\0":
                return data[start + 10 : end]
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _chunk(data, 8, b"eXIf", "big")
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _chunk(data, 12, b"EXIF", "little").removeprefix(b"Exif\0\0")
    return b""


def without_notes(data: bytes) -> bytes:
    """A JPEG without the segments that no decoder of pixels needs; any other file as it is.

    What stands between the segments goes too, and everything when no picture follows them: whatever is left, Pillow reads.
    """
    if not data.startswith(b"\xff\xd8"):
        return data
    kept = [data[start:end] for marker, start, end in _segments(data) if marker not in JPEG_NOTES]
    return b"".join([data[:2], *kept])


def orientation(exif: bytes) -> int:
    """How the camera was held, 1 to 8; 1 when nothing sensible is noted."""
    value = read(exif).picture.get(ORIENTATION)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def read(exif: bytes) -> Notes:
    """What stands in an Exif block, as far as it can be read."""
    order = _order(exif)
    if order is None:
        return Notes()
    picture = _directory(exif, int.from_bytes(exif[4:8], order), order)
    camera, place = (
        _directory(exif, at, order) if isinstance(at, int) else {}
        for at in (picture.get(EXIF_DIRECTORY), picture.get(GPS_DIRECTORY))
    )
    return Notes(picture, camera, place)


def _order(exif: bytes) -> Literal["little", "big"] | None:
    if len(exif) > LONGEST_BLOCK:
        return None
    if exif[:4] == b"II*\0":
        return "little"
    return "big" if exif[:4] == b"MM\0*" else None


WANTED = {
    *(ORIENTATION, DATE_TIME, EXIF_DIRECTORY, GPS_DIRECTORY),
    *(DATE_TIME_ORIGINAL, OFFSET_TIME_ORIGINAL),
    *(LATITUDE_REFERENCE, LATITUDE, LONGITUDE_REFERENCE, LONGITUDE, GPS_TIME, GPS_DATE),
}


def _directory(exif: bytes, at: int, order: Literal["little", "big"]) -> dict[int, Value]:
    entries = int.from_bytes(exif[at : at + 2], order)
    found = {}
    for entry in range(min(entries, MOST_ENTRIES)):
        start = at + 2 + 12 * entry
        tag = int.from_bytes(exif[start : start + 2], order)
        if tag in WANTED and (value := _value(exif, start, order)) is not None:
            found[tag] = value
    return found


def _value(exif: bytes, start: int, order: Literal["little", "big"]) -> Value | None:
    kind = int.from_bytes(exif[start + 2 : start + 4], order)
    count = int.from_bytes(exif[start + 4 : start + 8], order)
    size = SIZES.get(kind, 0) * count
    if not 0 < size <= LONGEST_VALUE:
        return None
    place = start + 8 if size <= 4 else int.from_bytes(exif[start + 8 : start + 12], order)
    raw = exif[place : place + size]
    if len(raw) < size:
        return None
    if kind in {1, 2, 7}:
        return raw.split(b"\0")[0].decode("ascii", "replace").strip()
    if kind in {3, 4, 9}:
        return int.from_bytes(raw[: SIZES[kind]], order, signed=kind == 9)
    numbers = [
        int.from_bytes(raw[part : part + 4], order, signed=kind == 10) for part in range(0, size, 4)
    ]
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return tuple(Fraction(above, below) if below else None for above, below in pairs)


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, beginning and end of each segment of a JPEG; the last is the picture itself, with all that follows."""
    at = 2
    for _ in range(MOST_SEGMENTS):
        found = MARKER.search(data, at)
        if found is None:
            return
        marker, start = found[1][0], found.start()
        if marker == START_OF_SCAN:
            yield marker, start, len(data)
            return
        end = start + 2
        if marker not in STANDING_ALONE:
            end += int.from_bytes(data[end : end + 2], "big")
            if not start + 4 <= end <= len(data):
                return
            yield marker, start, end
        at = end


def _chunk(data: bytes, at: int, wanted: bytes, order: Literal["little", "big"]) -> bytes:
    """The content of the first such chunk; those of PNG begin with their size and end with a sum, those of RIFF do not."""
    is_png = order == "big"
    for _ in range(MOST_SEGMENTS):
        head = data[at : at + 8]
        if len(head) < 8:
            return b""
        name, size = (head[4:], head[:4]) if is_png else (head[:4], head[4:])
        length = int.from_bytes(size, order)
        if name == wanted:
            return data[at + 8 : at + 8 + min(length, LONGEST_BLOCK)]
        at += 8 + length + (4 if is_png else length % 2)
    return b""

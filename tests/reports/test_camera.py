"""Where and when: read out of what cameras note, and never believed when it makes no sense."""

from datetime import UTC, datetime
from typing import Any

from django.test import SimpleTestCase
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from reports import camera, exif
from reports.camera import CameraNote
from tests import photos

SOUTH, EAST = (7, 25, 30), (111, 1, 15.6)


def noted(place: dict[int, Any] | None = None, **tags: str) -> CameraNote | None:
    """What is read from a JPEG with these notes: GPS tags by number, times by name."""
    notes = Image.Exif()
    if "at" in tags:
        notes.get_ifd(0x8769)[0x9003] = tags["at"]
    if "zone" in tags:
        notes.get_ifd(0x8769)[0x9011] = tags["zone"]
    if "changed" in tags:
        notes[0x0132] = tags["changed"]
    if place:
        notes.get_ifd(0x8825).update(place)
    return camera.note(exif.block(photos.encoded(photos.painted(), exif=notes)))


def place(
    latitude: tuple[float, ...] = SOUTH,
    longitude: tuple[float, ...] = EAST,
    sides: tuple[str, str] = ("S", "E"),
) -> dict[int, Any]:
    north, east = (tuple(map(IFDRational, map(str, one))) for one in (latitude, longitude))
    return {1: sides[0], 2: north, 3: sides[1], 4: east}


class PlaceTests(SimpleTestCase):
    def test_degrees_minutes_seconds_become_degrees(self) -> None:
        note = noted(place())
        assert note is not None
        self.assertEqual((note.latitude, note.longitude), (-7.425, 111.021))

    def test_degrees_with_a_fraction_are_enough(self) -> None:
        note = noted(place((7.425, 0, 0), (111.021, 0, 0)))
        assert note is not None
        self.assertEqual((note.latitude, note.longitude), (-7.425, 111.021))

    def test_north_and_west(self) -> None:
        note = noted(place(sides=("N", "W")))
        assert note is not None
        self.assertEqual((note.latitude, note.longitude), (7.425, -111.021))

    def test_what_makes_no_sense_is_nothing(self) -> None:
        nought = IFDRational(0, 0)
        for name, tags in {
            "nowhere": place((0, 0, 0), (0, 0, 0)),
            "the far north": place((91, 0, 0)),
            "round the world": place(longitude=(181, 0, 0)),
            "too many minutes": place((7, 61, 0)),
            "too many seconds": place((7, 25, 100)),
            "divided by nothing": place() | {2: (nought, nought, nought)},
            "no side": {2: place()[2], 4: place()[4]},
            "a side that there is not": place(sides=("X", "E")),
            "half a place": {1: "S", 2: place()[2]},
        }.items():
            with self.subTest(name):
                self.assertIsNone(noted(tags))

    def test_pictures_of_every_kind_are_read(self) -> None:
        notes = Image.Exif()
        notes[0x0112] = 1
        notes.get_ifd(0x8825).update(place())
        for kind in ("JPEG", "PNG", "WEBP"):
            with self.subTest(kind):
                content = photos.encoded(photos.painted(), kind, exif=notes)
                note = camera.note(exif.block(content))
                assert note is not None
                self.assertEqual(note.latitude, -7.425)


class TimeTests(SimpleTestCase):
    def assertAt(self, note: CameraNote | None, *moment: int) -> None:
        assert note is not None
        self.assertEqual(note.taken_at, datetime(*moment, tzinfo=UTC))  # type: ignore[arg-type]

    def test_the_clock_of_the_camera_is_in_its_own_zone(self) -> None:
        self.assertAt(noted(at="2026:11:20 21:05:06", zone="+08:00"), 2026, 11, 20, 13, 5, 6)

    def test_without_a_zone_it_is_the_stations_time(self) -> None:
        self.assertAt(noted(at="2026:11:20 21:05:06"), 2026, 11, 20, 14, 5, 6)
        self.assertAt(noted(changed="2026:11:20 21:05:06"), 2026, 11, 20, 14, 5, 6)

    def test_satellites_know_better_than_a_camera_without_a_zone(self) -> None:
        satellites = {29: "2026:11:20", 7: tuple(map(IFDRational, (13, 5, 6)))}
        self.assertAt(noted(satellites, at="2026:11:20 21:05:06"), 2026, 11, 20, 13, 5, 6)
        self.assertAt(noted(satellites), 2026, 11, 20, 13, 5, 6)

    def test_a_clock_that_was_never_set_is_nothing(self) -> None:
        for words in (
            "0000:00:00 00:00:00",
            "1970:01:01 00:00:00",
            "    :  :     :  :  ",
            "kemarin",
        ):
            with self.subTest(words):
                self.assertIsNone(noted(at=words))

    def test_a_zone_that_is_none_is_left_out(self) -> None:
        self.assertAt(noted(at="2026:11:20 21:05:06", zone="WIB"), 2026, 11, 20, 14, 5, 6)


class FilmTests(SimpleTestCase):
    def test_telephones_of_both_makes_are_understood(self) -> None:
        for tags in (
            {"location": "-7.4250+111.0210/", "creation_time": "2026-11-20T14:05:06.000000Z"},
            {
                "com.apple.quicktime.location.iso6709": "-07.4250+111.0210+085.000/",
                "com.apple.quicktime.creationdate": "2026-11-20T21:05:06+0700",
                "creation_time": "2026-11-21T00:00:00Z",
            },
        ):
            note = camera.note_of_film(tags)
            self.assertEqual(
                note, CameraNote(-7.425, 111.021, datetime(2026, 11, 20, 14, 5, 6, tzinfo=UTC))
            )

    def test_a_film_without_notes_has_none(self) -> None:
        self.assertIsNone(camera.note_of_film({"major_brand": "isom", "location": "Sragen"}))

"""Notes of cameras: the few that are wanted, with a limit to everything."""

import struct
import time
import tracemalloc

from django.test import SimpleTestCase

from reports import exif
from tests import photos


def directory(*entries: tuple[int, int, int, int]) -> bytes:
    """A block of one directory: tag, type, count, value or where it is."""
    packed = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + packed + bytes(4)


class BlockTests(SimpleTestCase):
    def test_it_is_found_in_each_kind_of_file(self) -> None:
        notes = photos.Image.Exif()
        notes[0x0112] = 6
        for kind in ("JPEG", "PNG", "WEBP"):
            with self.subTest(kind):
                content = photos.encoded(photos.painted(), kind, exif=notes)
                self.assertEqual(exif.orientation(exif.block(content)), 6)

    def test_a_file_without_has_none(self) -> None:
        for content in (photos.jpeg(), photos.encoded(photos.painted(), "PNG"), b"", b"\xff\xd8"):
            self.assertEqual(exif.block(content), b"")


class ReadTests(SimpleTestCase):
    def test_a_directory_that_points_at_itself_ends(self) -> None:
        block = directory((exif.EXIF_DIRECTORY, 4, 1, 8), (exif.GPS_DIRECTORY, 4, 1, 8))
        self.assertEqual(exif.read(block).camera[exif.GPS_DIRECTORY], 8)

    def test_values_outside_the_block_are_not_there(self) -> None:
        block = directory((exif.DATE_TIME, 2, 20, 2**32 - 1), (exif.ORIENTATION, 3, 1, 3))
        self.assertEqual(dict(exif.read(block).picture), {exif.ORIENTATION: 3})

    def test_values_of_no_type_or_of_vast_length_are_not_there(self) -> None:
        block = directory(
            (exif.DATE_TIME, 99, 1, 0), (exif.DATE_TIME, 2, 2**31, 8), (exif.ORIENTATION, 3, 0, 1)
        )
        self.assertEqual(dict(exif.read(block).picture), {})

    def test_a_block_of_names_for_one_another_costs_nothing(self) -> None:
        # Sixty kilobytes of entries that each say: my value is the whole block.
        entries = [(tag, 7, 65_000, 0) for tag in range(5000)]
        content = photos.encoded(photos.painted(), exif=b"Exif\0\0" + directory(*entries))
        tracemalloc.start()
        began = time.monotonic()
        self.assertEqual(exif.orientation(exif.block(content)), 1)
        spent, (_, peak) = time.monotonic() - began, tracemalloc.get_traced_memory()
        tracemalloc.stop()
        self.assertLess(spent, 0.5)
        self.assertLess(peak, 2 * 1024**2)

    def test_garbage_is_no_notes(self) -> None:
        for block in (b"", b"II", b"II*\0", b"II*\0\xff\xff\xff\xff", b"MM\0*" + b"\xff" * 500):
            with self.subTest(block=block[:10]):
                self.assertEqual(exif.orientation(block), 1)


class WithoutNotesTests(SimpleTestCase):
    def test_nothing_of_them_reaches_the_decoder(self) -> None:
        bare = exif.without_notes(photos.telltale())
        head = bare[: bare.index(b"\xff\xda")]
        for trace in (b"Exif", photos.SECRET, b"ICC_PROFILE"):
            self.assertNotIn(trace, head)

    def test_how_colours_are_meant_stays(self) -> None:
        content = photos.encoded(photos.Image.new("CMYK", (20, 20)))
        self.assertIn(b"Adobe", exif.without_notes(content))

    def test_the_pixels_stay(self) -> None:
        bare = exif.without_notes(photos.telltale())
        self.assertEqual(photos.shown(bare).tobytes(), photos.shown(photos.telltale()).tobytes())

    def test_notes_hidden_behind_junk_are_found_all_the_same(self) -> None:
        content = photos.telltale()
        for junk in (b"junk", b"\xff" * 50, b"\xff\0\xff\0", b"\xff\xd0", b"\xff\xd9\0"):
            with self.subTest(junk=junk):
                bare = exif.without_notes(content[:2] + junk + content[2:])
                self.assertNotIn(b"Exif", bare[: bare.index(b"\xff\xda")])
                self.assertEqual(photos.shown(bare).size, (400, 300))

    def test_of_a_file_that_has_no_picture_nothing_is_left_to_read(self) -> None:
        countless = b"\xff\xe0\0\2" * 3000 + photos.telltale()[2:]
        for content in (b"", b"\xff", b"\xff\xe1\xff\xff12", b"\xff" * 1_000_000, countless):
            with self.subTest(content=content[:4]):
                self.assertNotIn(b"Exif", exif.without_notes(b"\xff\xd8" + content))

    def test_other_files_stay_as_they_are(self) -> None:
        for content in (b"", b"GIF89a", b"\xff"):
            self.assertEqual(exif.without_notes(content), content)

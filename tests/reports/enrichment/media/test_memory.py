"""Whatever is sent, a worker stays below half a gigabyte. Measured in a process of its own for each file."""

import json
import os
import struct
import subprocess
import sys
import tempfile
import zlib
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase
from PIL import Image

from tests import photos, recordings

LIMIT = 512
SIDES = (7300, 5470)
"""A little less than forty megapixels."""


def chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


def swelling_notes() -> bytes:
    """A picture with 300 notes that each unpack to ten megabytes."""
    whole = photos.encoded(photos.painted(), "PNG")
    bomb = chunk(b"iTXt", b"k\0\1\0\0\0" + zlib.compress(bytes(10 * 1024**2), 9))
    return whole[:33] + bomb * 300 + whole[33:]


def notes_of_notes() -> bytes:
    """Notes of a camera in which five thousand entries each name the whole."""
    entries = b"".join(struct.pack("<HHII", tag, 7, 65_000, 0) for tag in range(5000))
    block = b"II*\0\x08\0\0\0" + struct.pack("<H", 5000) + entries
    return photos.encoded(photos.painted(), exif=b"Exif\0\0" + block)


def many_frames() -> bytes:
    out = BytesIO()
    frames = [Image.new("L", (64, 64), shade % 256) for shade in range(10_000)]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], method=0, quality=1)
    return out.getvalue()


def heavy_film() -> bytes:
    """Twenty megabytes of a size that has to be made smaller."""
    return recordings.film("1920x1080", "-b:v 40M -minrate 40M -vf noise=alls=60:allf=t")


class MemoryTests(SimpleTestCase):
    def assertLight(self, content: bytes, outcome: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "file"
            file.write_bytes(content)
            command = [sys.executable, "-m", "tests.reports.enrichment.media.weighing", str(file)]
            surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "polreswa.settings"}
            answer = subprocess.run(
                command,
                capture_output=True,
                check=True,
                env=surroundings,
                cwd=settings.BASE_DIR,
            )
        became, ours, children = json.loads(answer.stdout.splitlines()[-1])
        self.assertEqual(became, outcome)
        self.assertLess(ours + children, LIMIT)

    def test_nine_hundred_megapixels(self) -> None:
        self.assertLight(photos.vast_png(), "too_many_pixels")

    def test_a_moving_picture_of_ten_thousand_frames(self) -> None:
        self.assertLight(many_frames(), "image")

    def test_the_largest_jpeg_that_is_opened(self) -> None:
        self.assertLight(photos.jpeg(*SIDES), "image")

    def test_the_largest_that_has_to_be_kept_whole_while_it_is_decoded(self) -> None:
        self.assertLight(photos.jpeg(*SIDES, progressive=True, subsampling=0), "image")

    def test_one_that_breaks_off_and_is_looked_at_again(self) -> None:
        whole = photos.jpeg(*SIDES, progressive=True, subsampling=0)
        self.assertLight(whole[: len(whole) * 3 // 4], "image")

    def test_the_largest_with_holes(self) -> None:
        image = Image.new("RGBA", SIDES, (200, 30, 30, 100))
        self.assertLight(photos.encoded(image, "PNG", compress_level=1), "image")

    def test_the_largest_with_a_palette_and_a_hole(self) -> None:
        image = Image.new("P", SIDES, 3)
        self.assertLight(photos.encoded(image, "GIF", transparency=3), "image")

    def test_the_largest_of_grey_in_sixteen_bits(self) -> None:
        image = Image.new("I;16", SIDES, 3000)
        self.assertLight(photos.encoded(image, "PNG", compress_level=1), "image")

    def test_the_largest_webp(self) -> None:
        image = Image.new("RGBA", (4500, 3700), (200, 30, 30, 100))
        self.assertLight(photos.encoded(image, "WEBP", quality=1, method=0), "image")

    def test_a_webp_that_would_be_kept_four_times(self) -> None:
        image = Image.new("RGB", (6000, 4000), (200, 30, 30))
        self.assertLight(photos.encoded(image, "WEBP", quality=1, method=0), "too_many_pixels")

    def test_notes_that_swell(self) -> None:
        self.assertLight(swelling_notes(), "broken")

    def test_notes_that_name_each_other(self) -> None:
        self.assertLight(notes_of_notes(), "image")

    def test_a_heavy_film(self) -> None:
        content = heavy_film()
        self.assertGreater(len(content), 15 * 1024**2)
        self.assertLight(content, "video")

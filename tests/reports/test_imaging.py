"""What goes out is pixels: upright, small enough, and with nothing of whoever took the picture."""

import time
from io import BytesIO

from django.test import SimpleTestCase
from PIL import Image

from reports import imaging
from reports.imaging import Clean, PictureUnfit
from tests import photos

MEGABYTE = 1024**2
RED, BLUE = (200, 30, 30), (30, 30, 200)


def clean(data: bytes, at_most: int = 5 * MEGABYTE) -> Clean:
    return imaging.clean(data, at_most=at_most)


def shown(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


class ImagingTestCase(SimpleTestCase):
    def assertColour(
        self, image: Image.Image, place: tuple[int, int], colour: tuple[int, int, int]
    ) -> None:
        seen = image.convert("RGB").getpixel(place)
        assert isinstance(seen, tuple)
        for one, other in zip(seen, colour, strict=True):
            self.assertAlmostEqual(one, other, delta=12)


class NothingButPixelsTests(ImagingTestCase):
    def test_a_telephones_picture_tells_nothing_any_more(self) -> None:
        before = photos.telltale()
        self.assertIn(photos.SECRET, before)
        after = clean(before).jpeg
        for trace in (photos.SECRET, b"Exif", b"Kamera", b"ICC_PROFILE", b"script", b"\xff\xfe"):
            with self.subTest(trace=trace):
                self.assertNotIn(trace, after)

    def test_nothing_is_left_that_could_be_read_as_metadata(self) -> None:
        image = shown(clean(photos.telltale()).jpeg)
        self.assertEqual(dict(image.getexif()), {})
        self.assertLessEqual(set(image.info), {"jfif", "jfif_version", "jfif_unit", "jfif_density"})

    def test_metadata_of_a_png_stays_behind(self) -> None:
        exif = Image.Exif()
        exif[0x013B] = photos.SECRET.decode()
        after = clean(photos.encoded(photos.painted(), "PNG", exif=exif)).jpeg
        self.assertNotIn(photos.SECRET, after)

    def test_it_ends_where_the_picture_ends(self) -> None:
        after = clean(photos.jpeg() + b"PK\x03\x04 an archive behind it").jpeg
        self.assertTrue(after.endswith(b"\xff\xd9"))


class UprightTests(ImagingTestCase):
    def test_each_way_of_holding_a_camera_comes_out_upright(self) -> None:
        upright = photos.painted()
        for orientation, turned in {
            1: upright,
            2: upright.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
            3: upright.transpose(Image.Transpose.ROTATE_180),
            4: upright.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
            5: upright.transpose(Image.Transpose.TRANSPOSE),
            6: upright.transpose(Image.Transpose.ROTATE_90),
            7: upright.transpose(Image.Transpose.TRANSVERSE),
            8: upright.transpose(Image.Transpose.ROTATE_270),
        }.items():
            with self.subTest(orientation=orientation):
                exif = Image.Exif()
                exif[0x0112] = orientation
                after = clean(photos.encoded(turned, exif=exif))
                self.assertEqual((after.width, after.height), (400, 300))
                self.assertColour(shown(after.jpeg), (200, 40), RED)
                self.assertColour(shown(after.jpeg), (200, 260), BLUE)

    def test_an_orientation_that_there_is_not_changes_nothing(self) -> None:
        self.assertEqual(clean(photos.telltale(orientation=77)).width, 400)

    def test_metadata_that_cannot_be_read_does_not_spoil_the_picture(self) -> None:
        broken = photos.encoded(photos.painted(), exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
        self.assertEqual(clean(broken).height, 300)


class KindsTests(ImagingTestCase):
    def test_what_is_taken(self) -> None:
        for kind in ("JPEG", "PNG", "WEBP"):
            with self.subTest(kind=kind):
                after = clean(photos.encoded(photos.painted(), kind))
                self.assertEqual(shown(after.jpeg).format, "JPEG")
                self.assertColour(shown(after.jpeg), (10, 10), RED)

    def test_every_mode_of_colour_becomes_red_green_blue(self) -> None:
        for mode, kind in (
            ("L", "JPEG"),
            ("CMYK", "JPEG"),
            ("1", "PNG"),
            ("P", "PNG"),
            ("LA", "PNG"),
            ("RGBA", "PNG"),
            ("I;16", "PNG"),
            ("RGBA", "WEBP"),
        ):
            with self.subTest(mode=mode, kind=kind):
                after = clean(photos.encoded(Image.new(mode, (30, 20)), kind))
                self.assertEqual((shown(after.jpeg).mode, after.width), ("RGB", 30))

    def test_what_was_transparent_is_white(self) -> None:
        hole = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
        for kind in ("PNG", "WEBP"):
            with self.subTest(kind=kind):
                after = shown(clean(photos.encoded(hole, kind)).jpeg)
                self.assertColour(after, (20, 20), (255, 255, 255))

    def test_sixteen_bits_of_grey_keep_their_brightness(self) -> None:
        after = clean(photos.encoded(Image.new("I;16", (40, 40), 32768), "PNG"))
        self.assertColour(shown(after.jpeg), (20, 20), (128, 128, 128))

    def test_a_telephones_double_picture_is_its_first(self) -> None:
        after = clean(photos.moving("MPO"))
        self.assertColour(shown(after.jpeg), (200, 40), RED)

    def test_neither_name_nor_header_is_asked(self) -> None:
        self.assertEqual(shown(clean(photos.encoded(photos.painted(), "PNG")).jpeg).format, "JPEG")


class SmallEnoughTests(ImagingTestCase):
    def test_the_longest_side_is_2560(self) -> None:
        for given, taken in (
            ((4000, 3000), (2560, 1920)),
            ((3000, 4000), (1920, 2560)),
            ((2560, 100), (2560, 100)),
            ((640, 480), (640, 480)),
            ((30_000, 3), (2560, 1)),
        ):
            with self.subTest(given=given):
                after = clean(photos.jpeg(*given))
                self.assertEqual((after.width, after.height), taken)
                self.assertEqual(shown(after.jpeg).size, taken)

    def test_quality_goes_down_until_it_fits_and_then_size(self) -> None:
        data = photos.encoded(photos.noise(1200, 900))
        whole, fitted, small = clean(data), clean(data, 500_000), clean(data, 60_000)
        self.assertGreater(len(whole.jpeg), 500_000)
        self.assertLessEqual(len(fitted.jpeg), 500_000)
        self.assertEqual(fitted.width, whole.width)
        self.assertLessEqual(len(small.jpeg), 60_000)
        self.assertLess(small.width, whole.width)

    def test_the_worst_picture_fits_into_5_mb(self) -> None:
        after = clean(photos.encoded(photos.noise(2560, 2560), quality=60))
        self.assertLessEqual(len(after.jpeg), 5 * MEGABYTE)

    def test_a_thumbnail_is_small_and_of_the_same_shape(self) -> None:
        small = imaging.thumbnail(clean(photos.jpeg(2000, 1000)).jpeg)
        self.assertEqual(shown(small).size, (480, 240))
        self.assertLess(len(small), 50_000)


class RefusedTests(ImagingTestCase):
    def test_each_is_refused_with_a_reason_and_at_once(self) -> None:
        for name, data in photos.NOT_TAKEN.items():
            with self.subTest(name):
                began = time.monotonic()
                with self.assertRaises(PictureUnfit) as caught:
                    clean(data)
                self.assertTrue(str(caught.exception))
                self.assertLess(time.monotonic() - began, 2)

    def test_the_reason_says_what_is_wrong(self) -> None:
        for name, words in {
            "nothing": "kosong",
            "an SVG": "JPEG, PNG, atau WebP",
            "a HEIC": "HEIC",
            "half a JPEG": "rusak",
            "a moving WebP": "bergerak",
            "too many pixels": "40 megapiksel",
            "17 MB": "16 MB",
        }.items():
            with self.subTest(name), self.assertRaisesMessage(PictureUnfit, words):
                clean(photos.NOT_TAKEN[name])

    def test_one_after_a_refused_one_is_taken(self) -> None:
        with self.assertRaises(PictureUnfit):
            clean(photos.NOT_TAKEN["half a PNG"])
        self.assertEqual(clean(photos.jpeg()).width, 400)

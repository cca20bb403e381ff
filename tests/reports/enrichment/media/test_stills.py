"""Pictures that citizens send: made of pixels again, whatever else was in the file; what was noted is kept apart."""

from datetime import UTC, datetime
from io import BytesIO

import pillow_heif
from PIL import Image, ImageFilter
from PIL.TiffImagePlugin import IFDRational

from reports.enrichment.media.derive import Derived, derive
from tests import photos
from tests.reports.enrichment.media.cases import MediaTestCase, file_of, shown

RED, BLUE = (200, 30, 30), (30, 30, 200)
XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + photos.SECRET + b"</x:xmpmeta>"


def notes(orientation: int = 1) -> Image.Exif:
    """Of a telephone: place, time, make, maker's note, and a thumbnail of its own."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010F] = "Kamera Budi"
    camera = made.get_ifd(0x8769)
    camera[0x9003], camera[0x9011] = "2026:11:20 21:05:06", "+07:00"
    camera[0x927C] = b"maker " + photos.SECRET
    south, east = ((7, 25, 30), (111, 1, 15))
    made.get_ifd(0x8825).update(
        {1: "S", 2: tuple(map(IFDRational, south)), 3: "E", 4: tuple(map(IFDRational, east))}
    )
    return made


def photograph(orientation: int = 1) -> bytes:
    """As it comes out of a telephone: every kind of note there is, and something behind its end."""
    content = photos.encoded(photos.painted(), exif=notes(orientation), comment=photos.SECRET)
    segment = b"\xff\xe1" + (len(XMP) + 2).to_bytes(2, "big") + XMP
    return content[:2] + segment + content[2:] + b"<script>" + photos.SECRET + b"</script>"


def heic(image: Image.Image, exif: Image.Exif | None = None) -> bytes:
    out = BytesIO()
    made = pillow_heif.from_pillow(image)
    made.save(out, quality=50, exif=exif.tobytes() if exif else None)
    return out.getvalue()


class CleanTests(MediaTestCase):
    def test_a_photograph_becomes_a_view_and_a_thumbnail(self) -> None:
        derived = derive(photos.jpeg(4000, 3000))
        self.assertEqual((derived.kind, derived.media_type), ("image", "image/jpeg"))
        view, small = file_of(derived, "view"), file_of(derived, "thumbnail")
        self.assertEqual((view.width, view.height), (2560, 1920))
        self.assertEqual((small.width, small.height), (480, 360))
        for file in (view, small):
            self.assertEqual(shown(file).size, (file.width, file.height))
            self.assertEqual(file.media_type, "image/jpeg")

    def test_no_metadata_at_all_is_left(self) -> None:
        for content in (photograph(), heic(photos.painted(), notes()), photos.telltale()):
            for file in derive(content).files:
                with self.subTest(role=file.role):
                    self.assertNoMetadata(file)
                    for trace in (photos.SECRET, b"script", b"Kamera", b"Exif"):
                        self.assertNotIn(trace, file.content)

    def test_each_way_of_holding_a_camera_comes_out_upright(self) -> None:
        for orientation, turned in {
            1: None,
            2: Image.Transpose.FLIP_LEFT_RIGHT,
            3: Image.Transpose.ROTATE_180,
            4: Image.Transpose.FLIP_TOP_BOTTOM,
            5: Image.Transpose.TRANSPOSE,
            6: Image.Transpose.ROTATE_90,
            7: Image.Transpose.TRANSVERSE,
            8: Image.Transpose.ROTATE_270,
        }.items():
            image = photos.painted() if turned is None else photos.painted().transpose(turned)
            content = photos.encoded(image, exif=notes(orientation))
            with self.subTest(orientation=orientation):
                self.assertUpright(derive(content))

    def test_a_heic_is_decoded_and_upright(self) -> None:
        derived = derive(heic(photos.painted(), notes()))
        self.assertEqual((derived.kind, derived.media_type), ("image", "image/heic"))
        self.assertUpright(derived)
        lying = photos.painted().transpose(Image.Transpose.ROTATE_90)
        self.assertUpright(derive(heic(lying, notes(6))))

    def test_every_format_and_mode_is_shown(self) -> None:
        for kind, mode in (
            ("GIF", "P"),
            ("BMP", "RGB"),
            ("PNG", "RGBA"),
            ("PNG", "I;16"),
            ("WEBP", "RGBA"),
            ("JPEG", "CMYK"),
        ):
            with self.subTest(kind=kind, mode=mode):
                derived = derive(photos.encoded(Image.new(mode, (30, 20)), kind))
                self.assertEqual(shown(file_of(derived, "view")).mode, "RGB")

    def assertUpright(self, derived: Derived) -> None:
        image = shown(file_of(derived, "view"))
        self.assertEqual(image.size, (400, 300))
        for place, colour in (((200, 40), RED), ((200, 260), BLUE)):
            for one, other in zip(image.getpixel(place), colour, strict=True):  # type: ignore[arg-type]
                self.assertAlmostEqual(one, other, delta=16)


class NotedTests(MediaTestCase):
    def test_place_and_time_are_read_before_they_are_taken_out(self) -> None:
        for content in (
            photograph(6),
            photos.encoded(photos.painted(), "PNG", exif=notes()),
            photos.encoded(photos.painted(), "WEBP", exif=notes()),
            heic(photos.painted(), notes()),
        ):
            derived = derive(content)
            with self.subTest(derived.media_type):
                assert derived.camera is not None
                self.assertAlmostEqual(derived.camera.latitude or 0, -7.425, places=5)
                self.assertAlmostEqual(derived.camera.longitude or 0, 111.020833, places=5)
                self.assertEqual(
                    derived.camera.taken_at, datetime(2026, 11, 20, 14, 5, 6, tzinfo=UTC)
                )

    def test_a_picture_that_went_through_whatsapp_has_no_notes(self) -> None:
        self.assertIsNone(derive(photos.jpeg()).camera)


class FingerprintTests(MediaTestCase):
    def scene(self, seed: int) -> Image.Image:
        """Large soft shapes, as photographs have them; another seed, another place."""
        small = photos.noise(40, 30).crop((seed, seed, seed + 12, seed + 9))
        return small.resize((1200, 900), Image.Resampling.BICUBIC).filter(
            ImageFilter.GaussianBlur(8)
        )

    def mark(self, content: bytes) -> int:
        fingerprint = derive(content).fingerprint
        assert fingerprint is not None
        return fingerprint

    def test_copies_of_a_picture_are_near_and_others_far(self) -> None:
        scene = self.scene(0)
        mark = self.mark(photos.encoded(scene, quality=92))
        for copy in (
            photos.encoded(scene, quality=30),
            photos.encoded(scene.resize((600, 450))),
            photos.encoded(scene, "PNG"),
            photos.encoded(scene.point(lambda value: min(255, value + 12))),
        ):
            self.assertLessEqual((mark ^ self.mark(copy)).bit_count(), 6)
        for seed in (5, 9, 14):
            other = self.mark(photos.encoded(self.scene(seed)))
            self.assertGreater((mark ^ other).bit_count(), 16)

    def test_black_pictures_are_not_copies_of_each_other(self) -> None:
        for colour in ("black", "white", (3, 4, 5)):
            content = photos.encoded(Image.new("RGB", (640, 480), colour))
            self.assertIsNone(derive(content).fingerprint)

    def test_nor_are_even_slopes(self) -> None:
        slope = Image.linear_gradient("L").resize((640, 480))
        self.assertIsNone(derive(photos.encoded(slope)).fingerprint)


class HostileTests(MediaTestCase):
    def test_nine_hundred_megapixels_are_refused_by_their_header(self) -> None:
        vast = photos.vast_png()
        self.assertRefused(vast, "too_many_pixels")

    def test_a_vast_webp_is_refused_by_its_header(self) -> None:
        # A canvas of 16383 times 16383 that holds a picture of one pixel.
        canvas = b"\0\0\0\0" + (16382).to_bytes(3, "little") * 2
        small = photos.encoded(Image.new("RGB", (1, 1)), "WEBP")[12:]
        chunks = b"WEBPVP8X" + (10).to_bytes(4, "little") + canvas + small
        self.assertRefused(b"RIFF" + len(chunks).to_bytes(4, "little") + chunks, "too_many_pixels")

    def test_of_a_moving_picture_the_first_frame_is_shown_and_this_is_said(self) -> None:
        for kind in ("WEBP", "GIF", "PNG"):
            with self.subTest(kind):
                derived = derive(photos.moving(kind))
                self.assertEqual(derived.warnings, ("first_frame",))
                first = shown(file_of(derived, "view")).getpixel((200, 40))
                assert isinstance(first, tuple)
                self.assertGreater(first[0], first[2])

    def test_of_ten_thousand_frames_the_first_is_shown(self) -> None:
        frames = [Image.new("L", (16, 16), shade % 256) for shade in range(10_000)]
        out = BytesIO()
        frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], method=0, quality=1)
        self.assertEqual(derive(out.getvalue()).warnings, ("first_frame",))

    def test_half_a_jpeg_is_shown_as_far_as_it_goes(self) -> None:
        derived = derive(photos.encoded(photos.noise(300, 300))[:40_000])
        self.assertEqual(derived.warnings, ("incomplete",))
        self.assertEqual(shown(file_of(derived, "view")).size, (300, 300))

    def test_what_cannot_be_read_is_refused(self) -> None:
        for name, code in {
            "nothing": "empty",
            "an SVG": "dangerous",
            "a page": "dangerous",
            "a page before a picture": "dangerous",
            "a HEIC": "broken",
            "half a PNG": "broken",
            "the beginning of a JPEG": "broken",
            "too many pixels": "too_many_pixels",
            "a few too many pixels": "too_many_pixels",
            "a swelling PNG": "broken",
            "too many scans": "broken",
        }.items():
            with self.subTest(name):
                self.assertRefused(photos.NOT_TAKEN[name], code)

    def test_a_heic_of_too_many_pixels_is_refused(self) -> None:
        vast = heic(Image.new("RGB", (64, 64))).replace(
            b"ispe\0\0\0\0\0\0\0\x40\0\0\0\x40", b"ispe\0\0\0\0\0\0\x40\0\0\0\x40\0"
        )
        self.assertRefused(vast, "too_many_pixels", "broken")

    def test_one_after_a_refused_one_is_shown(self) -> None:
        self.assertRefused(photos.NOT_TAKEN["half a PNG"], "broken")
        self.assertEqual(derive(photos.jpeg()).kind, "image")

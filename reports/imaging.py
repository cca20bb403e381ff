"""Pictures made clean: what leaves here is pixels in a JPEG and nothing else. Bytes in, bytes out; knows no rows, no files.

What a file is, its first bytes say, never its name or what a browser calls it. The pixels are painted onto a new picture,
so no metadata, comment, colour profile or tail of the old file can come along. Never is more than one large picture open
in a process, and never a second copy of it.
"""

import contextlib
import logging
import math
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image

from reports import exif
from reports.actors import Refused

logger = logging.getLogger(__name__)

QUALITIES = (85, 75, 65, 55)
SMALLER = 0.75
"""Where the lowest quality is still too large, the sides shrink by this and it begins again."""
MOST_SCANS = 200
"""A progressive JPEG has about ten. One of thousands costs minutes of work for a small file."""
THUMBNAIL_SIDE = 480
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"}
BAND = 128
"""So many lines of the picture that is made are resized at a time, where colours have to be changed before."""
EDGE = 2
"""Pixels that resizing looks at beyond each, of the size that it makes (Pillow's bicubic filter)."""
END_OF_IMAGE = b"\xff\xd9"
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each orientation that a camera notes."""

_one_at_a_time = threading.Lock()
"""The largest picture takes some hundred megabytes while it is open: never two in a process at once."""


class PictureUnfit(Refused):
    """The file is no picture that can be taken; the message says why, `why` is for programs, and nothing of it is kept."""

    code = "picture_unfit"

    def __init__(self, message: str, why: str = "unfit") -> None:
        super().__init__(message)
        self.why = why


@dataclass(frozen=True)
class Taking:
    """Which files are taken. Moving ones by their first frame; incomplete JPEGs by what can be read of them."""

    formats: tuple[str, ...] = ("JPEG", "PNG", "WEBP")
    moving: bool = False
    incomplete: bool = False


OUTGOING = Taking()
"""Somebody of ours chose it and can choose another."""
RECEIVED = Taking(("JPEG", "PNG", "WEBP", "GIF", "BMP"), moving=True, incomplete=True)
"""There is no other to be had."""


@dataclass(frozen=True)
class Seen:
    """Pixels, upright, red-green-blue, PICTURE_SIDE at most."""

    pixels: Image.Image
    is_first_of_many: bool = False
    is_incomplete: bool = False


@dataclass(frozen=True)
class Clean:
    """A JPEG of ours."""

    jpeg: bytes = field(repr=False)
    width: int
    height: int


def clean(data: bytes, *, at_most: int) -> Clean:
    """The picture in `data` as a JPEG of at most so many bytes, upright, without anything but its pixels.

    Raises PictureUnfit for everything that is not one still JPEG, PNG or WebP picture of a bearable size.
    """
    refuse_size(len(data))
    return encoded(look(data, OUTGOING).pixels, at_most)


def look(data: bytes, taking: Taking) -> Seen:
    """The pixels of a picture. Raises PictureUnfit."""
    upright = UPRIGHT.get(exif.orientation(exif.block(data)))
    data = exif.without_notes(data)
    with _one_at_a_time:
        try:
            with contextlib.suppress(_BreaksOff):
                return _seen(data, taking, upright)
            # Only now that the first attempt has given its memory back.
            return _what_is_there(data, taking, upright)
        except PictureUnfit:
            raise
        except Exception as error:  # noqa: BLE001
            # Decoders stumble in many ways over a broken or hostile file; each of them means the same here.
            logger.info("picture refused", extra={"error": type(error).__name__})
            raise _broken() from None


class _BreaksOff(Exception):
    """A JPEG without its end, of which more can be had."""


def refuse_size(size: int) -> None:
    """Raises PictureUnfit for nothing, and for more than is taken."""
    if not size:
        raise PictureUnfit(_("The file is empty."), "empty")
    if size > settings.PICTURE_BYTES_TAKEN:
        megabytes = settings.PICTURE_BYTES_TAKEN // 1024**2
        raise PictureUnfit(
            _("The file is larger than %(limit)d MB.") % {"limit": megabytes}, "too_large"
        )


def thumbnail(jpeg: bytes) -> bytes:
    """A small copy of one of our own pictures. ValueError or OSError when it is none."""
    with Image.open(BytesIO(jpeg), formats=["JPEG"]) as image:
        image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        return as_jpeg(image, QUALITIES[1])


def scaled(pixels: Image.Image, side: int) -> Image.Image:
    """A copy with no side longer than this."""
    share = min(1.0, side / max(pixels.size))
    width, height = (max(1, round(old * share)) for old in pixels.size)
    return pixels.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=2.0)


@contextlib.contextmanager
def _opened(data: bytes, taking: Taking) -> Iterator[Image.Image]:
    """The picture before any pixel is decoded. Raises PictureUnfit."""
    _refuse_pixels(*_size_of_webp(data), copies=4)
    try:
        image = Image.open(BytesIO(data), formats=taking.formats)
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except Exception:  # noqa: BLE001
        raise _unknown(data) from None
    with image:
        layers = len(image.getbands()) if image.info.get("progressive") else 0
        _refuse_pixels(*image.size, copies=1 if image.format != "JPEG" else layers / 2)
        if image.format == "JPEG" and data.count(b"\xff\xda") > MOST_SCANS:
            raise _broken()
        yield image


def _size_of_webp(data: bytes) -> tuple[int, int]:
    """As its header says; nothing for other files. Pillow makes room for a whole WebP, twice, by opening it."""
    head = data[:30]
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        return 0, 0
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = head[26:28], head[28:30]
    return int.from_bytes(width, "little") & 0x3FFF, int.from_bytes(height, "little") & 0x3FFF


def _refuse_pixels(width: int, height: int, *, copies: float) -> None:
    """Raises PictureUnfit for a picture of too many pixels, or whose decoder keeps it whole too often (four bytes each)."""
    pixels = width * height
    if pixels > settings.PICTURE_PIXELS or pixels * 4 * copies > settings.PICTURE_MEMORY:
        raise _too_many_pixels()


def _pixels(image: Image.Image, upright: Image.Transpose | None) -> Image.Image:
    """Decoded, no larger than needed, upright, red-green-blue on white."""
    side = settings.PICTURE_SIDE
    share = min(1.0, side / max(image.size))
    # A large JPEG is decoded at a fraction of its size: a quarter of the memory and the time, or less.
    image.draft(None, (max(1, int(image.width * share)), max(1, int(image.height * share))))
    image.load()
    share = min(1.0, side / max(image.size))
    width, height = (max(1, round(old * share)) for old in image.size)
    if image.mode == "RGB" and not image.has_transparency_data:
        made = image.resize((width, height), Image.Resampling.BICUBIC)
    else:
        made = Image.new("RGB", (width, height))
        for top in range(0, height, BAND):
            band = _band(image, width, (top, min(top + BAND, height)), image.height / height)
            made.paste(band, (0, top))
    return made if upright is None else made.transpose(upright)


def _band(image: Image.Image, width: int, rows: tuple[int, int], lines: float) -> Image.Image:
    """Some rows of what is made; `lines` of the picture make a row. A little more is cut out, so that no seam shows."""
    top, bottom = rows[0] * lines, rows[1] * lines
    first = max(0, math.floor(top - EDGE * lines))
    last = min(image.height, math.ceil(bottom + EDGE * lines))
    band = _flat(image.crop((0, first, image.width, last)))
    if band.width == width and lines == 1:
        return band.crop((0, rows[0] - first, width, rows[1] - first))
    return band.resize(
        (width, rows[1] - rows[0]),
        Image.Resampling.BICUBIC,
        box=(0, top - first, image.width, min(bottom - first, band.height)),
    )


def _flat(image: Image.Image) -> Image.Image:
    """Red-green-blue, and white where it was transparent."""
    if image.mode.startswith("I"):
        # Sixteen bits of grey.
        return image.point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if not image.has_transparency_data:
        return image if image.mode == "RGB" else image.convert("RGB")
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image.convert("RGBA"))
    return white.convert("RGB")


def _seen(data: bytes, taking: Taking, upright: Image.Transpose | None) -> Seen:
    with _opened(data, taking) as image:
        is_first = image.format != "JPEG" and bool(getattr(image, "is_animated", False))
        if is_first and not taking.moving:
            raise _moving()
        try:
            return Seen(_pixels(image, upright), is_first)
        except OSError:
            if image.format == "JPEG" and taking.incomplete:
                raise _BreaksOff from None
            raise


def _what_is_there(data: bytes, taking: Taking, upright: Image.Transpose | None) -> Seen:
    """What can be read of a JPEG that breaks off: with an end put to it, the decoder paints the rest grey."""
    with _opened(data + END_OF_IMAGE, taking) as image:
        pixels = _pixels(image, upright)
    if all(low == high for low, high in pixels.getextrema()):  # type: ignore[misc]
        raise _broken()
    return Seen(pixels, is_incomplete=True)


def encoded(pixels: Image.Image, at_most: int) -> Clean:
    """Pixels as a JPEG of at most so many bytes: of less quality where it must be, and smaller where that is not enough."""
    while True:
        for quality in QUALITIES:
            jpeg = as_jpeg(pixels, quality)
            if len(jpeg) <= at_most:
                return Clean(jpeg, *pixels.size)
        smaller = [max(1, int(side * SMALLER)) for side in pixels.size]
        pixels = pixels.resize((smaller[0], smaller[1]), Image.Resampling.LANCZOS)


def as_jpeg(pixels: Image.Image, quality: int) -> bytes:
    """Exactly these pixels, and nothing else that the picture may carry."""
    # Onto a new one: saving a picture that was read writes its comment, resolution and profile along.
    fresh = Image.new("RGB", pixels.size)
    fresh.paste(pixels)
    out = BytesIO()
    fresh.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _unknown(data: bytes) -> PictureUnfit:
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        words = _("HEIC pictures are not taken. Save the picture as JPEG first, then attach that.")
        return PictureUnfit(words, "heic")
    return PictureUnfit(_("This is no JPEG, PNG or WebP picture."), "unknown")


def _moving() -> PictureUnfit:
    return PictureUnfit(_("Moving pictures are not taken. Choose a still one."), "moving")


def _too_many_pixels() -> PictureUnfit:
    words = _("The picture has more than %(limit)d megapixels.")
    return PictureUnfit(words % {"limit": settings.PICTURE_PIXELS // 1_000_000}, "too_many_pixels")


def _broken() -> PictureUnfit:
    words = _("The file is damaged or incomplete: the picture cannot be read.")
    return PictureUnfit(words, "broken")

"""Pictures made clean: what leaves here is pixels in a JPEG and nothing else. Bytes in, bytes out; knows no rows, no files.

What a file is, its first bytes say, never its name or what a browser calls it. The pixels are painted onto a new picture,
so no metadata, comment, colour profile or tail of the old file can come along.
"""

import logging
import threading
from dataclasses import dataclass, field
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image

from reports.actors import Refused

logger = logging.getLogger(__name__)

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITIES = (85, 75, 65, 55)
SMALLER = 0.75
"""Where the lowest quality is still too large, the sides shrink by this and it begins again."""
MOST_SCANS = 200
"""A progressive JPEG has about ten. One of thousands costs minutes of work for a small file."""
THUMBNAIL_SIDE = 480
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"}
ORIENTATION = 0x0112
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
    """The file is no picture that can be sent; the message says why, and nothing of it is kept."""

    code = "picture_unfit"


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
    with _one_at_a_time:
        image = _opened(data)
        try:
            pixels = _pixels(image)
        except Exception as error:  # noqa: BLE001
            # Decoders stumble in many ways over a broken or hostile file; each of them means the same here.
            logger.info("picture refused", extra={"error": type(error).__name__})
            raise _broken() from None
        finally:
            image.close()
        return _encoded(pixels, at_most)


def refuse_size(size: int) -> None:
    """Raises PictureUnfit for nothing, and for more than is taken."""
    if not size:
        raise PictureUnfit(_("The file is empty."))
    if size > settings.PICTURE_BYTES_TAKEN:
        megabytes = settings.PICTURE_BYTES_TAKEN // 1024**2
        raise PictureUnfit(_("The file is larger than %(limit)d MB.") % {"limit": megabytes})


def thumbnail(jpeg: bytes) -> bytes:
    """A small copy of one of our own pictures. ValueError or OSError when it is none."""
    with Image.open(BytesIO(jpeg), formats=["JPEG"]) as image:
        _draft(image, THUMBNAIL_SIDE)
        image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        return _as_jpeg(image, QUALITIES[1])


def _opened(data: bytes) -> Image.Image:
    """The picture before any pixel is decoded. Raises PictureUnfit."""
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except Exception:  # noqa: BLE001
        raise _unknown(data) from None
    if image.width * image.height > settings.PICTURE_PIXELS:
        raise _too_many_pixels()
    if image.format in {"PNG", "WEBP"} and getattr(image, "is_animated", False):
        raise PictureUnfit(_("Moving pictures are not taken. Choose a still one."))
    if image.format not in {"PNG", "WEBP"} and data.count(b"\xff\xda") > MOST_SCANS:
        raise _broken()
    return image


def _pixels(image: Image.Image) -> Image.Image:
    """Decoded, no larger than needed, upright, red-green-blue on white."""
    side = settings.PICTURE_SIDE
    _draft(image, side)
    image.load()
    upright = UPRIGHT.get(_orientation(image))
    if image.mode.startswith("I"):
        # Sixteen bits of grey.
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    elif image.mode in {"1", "P", "PA"}:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    has_holes = image.has_transparency_data
    image.thumbnail((side, side))
    if upright is not None:
        image = image.transpose(upright)
    if not has_holes:
        return image.convert("RGB")
    on_white = Image.new("RGBA", image.size, "white")
    on_white.alpha_composite(image.convert("RGBA"))
    return on_white.convert("RGB")


def _draft(image: Image.Image, side: int) -> None:
    """Let a large JPEG be decoded at a fraction of its size: a quarter of the memory and the time, or less."""
    share = side / max(image.size)
    image.draft(None, (max(1, int(image.width * share)), max(1, int(image.height * share))))


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001
        # Metadata that cannot be read does not make the picture a bad one.
        return 1


def _encoded(pixels: Image.Image, at_most: int) -> Clean:
    while True:
        for quality in QUALITIES:
            jpeg = _as_jpeg(pixels, quality)
            if len(jpeg) <= at_most:
                return Clean(jpeg, *pixels.size)
        smaller = [max(1, int(side * SMALLER)) for side in pixels.size]
        pixels = pixels.resize((smaller[0], smaller[1]), Image.Resampling.LANCZOS)


def _as_jpeg(pixels: Image.Image, quality: int) -> bytes:
    # Onto a new one: saving a picture that was read writes its comment, resolution and profile along.
    fresh = Image.new("RGB", pixels.size)
    fresh.paste(pixels)
    out = BytesIO()
    fresh.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _unknown(data: bytes) -> PictureUnfit:
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return PictureUnfit(
            _("HEIC pictures are not taken. Save the picture as JPEG first, then attach that.")
        )
    return PictureUnfit(_("This is no JPEG, PNG or WebP picture."))


def _too_many_pixels() -> PictureUnfit:
    megapixels = settings.PICTURE_PIXELS // 1_000_000
    return PictureUnfit(
        _("The picture has more than %(limit)d megapixels.") % {"limit": megapixels}
    )


def _broken() -> PictureUnfit:
    return PictureUnfit(_("The file is damaged or incomplete: the picture cannot be read."))

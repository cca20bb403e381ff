"""Picture files as people and their enemies make them; each is made here, by Pillow or by hand."""

import random
import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

SECRET = b"budi 081234567890"
"""What somebody's telephone wrote into a picture, and nobody may find in what goes out."""


def painted(width: int = 400, height: int = 300) -> Image.Image:
    """Red above, blue below: which way is up can be told."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    image.paste((30, 30, 200), (0, height // 2, width, height))
    return image


def noise(width: int, height: int) -> Image.Image:
    """What no compression makes small."""
    return Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(width: int = 400, height: int = 300, **options: Any) -> bytes:
    return encoded(painted(width, height), **options)


def shown(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def telltale(orientation: int = 1) -> bytes:
    """A photograph with everything that can tell on who took it: GPS, camera, author, comment, profile, and a tail."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Kamera Budi"
    exif[0x013B] = SECRET.decode()
    south = tuple(map(IFDRational, (7, 25, 30)))
    exif.get_ifd(0x8825).update({1: "S", 2: south, 3: "E", 4: south})
    image = encoded(painted(), exif=exif, comment=SECRET, icc_profile=b"profile " + SECRET)
    return image + b"<script>" + SECRET + b"</script>"


def moving(kind: str) -> bytes:
    return encoded(painted(), kind, save_all=True, append_images=[painted().rotate(180)])


def vast_png(side: int = 30_000) -> bytes:
    """Nine hundred megapixels in a hundred kilobytes."""
    return encoded(Image.new("1", (side, side)), "PNG")


def lying_png(side: int = 100) -> bytes:
    """Its header promises a small picture; what follows goes on for ever."""

    def chunk(name: bytes, content: bytes) -> bytes:
        checked = name + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    endless = chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(50 * 1024**2), 9))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + endless + chunk(b"IEND", b"")


def many_scans() -> bytes:
    """A progressive picture whose last scan comes again and again: minutes of work for a decoder."""
    whole = encoded(painted(64, 64), progressive=True)
    last = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + last * 5000 + whole[-2:]


NOT_TAKEN = {
    "nothing": b"",
    "an SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a page before a picture": b"<html><!-- " + jpeg() + b" --></html>",
    "a GIF": encoded(painted(), "GIF"),
    "a TIFF": encoded(painted(), "TIFF"),
    "a HEIC": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500),
    "a document": b"%PDF-1.7\n" + bytes(500),
    "half a JPEG": encoded(noise(300, 300))[:40_000],
    "half a PNG": encoded(noise(300, 300), "PNG")[:40_000],
    "the beginning of a JPEG": b"\xff\xd8\xff\xe0",
    "a moving PNG": moving("PNG"),
    "a moving WebP": moving("WEBP"),
    "too many pixels": vast_png(),
    "a few too many pixels": vast_png(7_000),
    "a swelling PNG": lying_png(),
    "too many scans": many_scans(),
    "17 MB": jpeg() + bytes(17 * 1024**2),
}
"""What is refused, by what it is."""

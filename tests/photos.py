"""Picture files as people and their enemies make them; each is made here, by Pillow or by hand."""

import random
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
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


def _png(side: int, bits: int, colour: int, *chunks: tuple[bytes, bytes]) -> bytes:
    header = struct.pack(">IIBBBBB", side, side, bits, colour, 0, 0, 0)
    made = b"\x89PNG\r\n\x1a\n"
    for name, content in ((b"IHDR", header), *chunks, (b"IEND", b"")):
        checked = name + content
        made += struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))
    return made


def vast_png(side: int = 30_000) -> bytes:
    """Nine hundred megapixels, all black, in a hundred kilobytes; made line by line, for it is a gigabyte as a picture."""
    packer = zlib.compressobj()
    lines = b"".join(packer.compress(bytes(1 + -(-side // 8))) for _ in range(side))
    return _png(side, 1, 0, (b"IDAT", lines + packer.flush()))


def lying_png(side: int = 100) -> bytes:
    """Its header promises a small picture; what follows goes on for ever."""
    endless = b"k\0\0" + zlib.compress(bytes(50 * 1024**2), 9)
    return _png(side, 8, 2, (b"zTXt", endless))


def many_scans() -> bytes:
    """A progressive picture whose last scan comes again and again: minutes of work for a decoder."""
    whole = encoded(painted(64, 64), progressive=True)
    last = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + last * 5000 + whole[-2:]


class _Made(Mapping[str, bytes]):
    """What is made when it is first asked for: some of it is large, and most runs ask for none."""

    def __init__(self, recipes: dict[str, Callable[[], bytes]]) -> None:
        self._recipes = recipes
        self._made: dict[str, bytes] = {}

    def __getitem__(self, name: str) -> bytes:
        if name not in self._made:
            self._made[name] = self._recipes[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._recipes)

    def __len__(self) -> int:
        return len(self._recipes)


NOT_TAKEN = _Made(
    {
        "nothing": lambda: b"",
        "an SVG": lambda: (
            b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        ),
        "a page": lambda: b"<!doctype html><script>alert(1)</script>",
        "a page before a picture": lambda: b"<html><!-- " + jpeg() + b" --></html>",
        "a GIF": lambda: encoded(painted(), "GIF"),
        "a TIFF": lambda: encoded(painted(), "TIFF"),
        "a HEIC": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500),
        "a document": lambda: b"%PDF-1.7\n" + bytes(500),
        "half a JPEG": lambda: encoded(noise(300, 300))[:40_000],
        "half a PNG": lambda: encoded(noise(300, 300), "PNG")[:40_000],
        "the beginning of a JPEG": lambda: b"\xff\xd8\xff\xe0",
        "a moving PNG": lambda: moving("PNG"),
        "a moving WebP": lambda: moving("WEBP"),
        "too many pixels": lambda: vast_png(),
        "a few too many pixels": lambda: vast_png(7_000),
        "a swelling PNG": lambda: lying_png(),
        "too many scans": lambda: many_scans(),
        "17 MB": lambda: jpeg() + bytes(17 * 1024**2),
    }
)
"""What is refused, by what it is."""

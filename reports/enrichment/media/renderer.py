"""Runs in a child process, confined: decodes HEIC pictures and draws PDF pages, and hands raw pixels back.

    renderer.py heif|pages INPUT OUTPUT SIDE PIXELS PAGES

Raw, so that whoever talks this process into something still has no decoder of ours to talk to: OUTPUT is a line of JSON,
the camera's notes if there are any, then red, green and blue of each picture. Knows nothing of the project.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

MOST_NOTES = 65536
SCALE = 2.0
"""Of 72 points to the inch, which a page is measured in: enough to read small print."""
WRONG_PASSWORD = 4
"""pdfium's FPDF_ERR_PASSWORD."""


def heif(path: str, side: int, pixels: int) -> tuple[bytes, list[Image.Image], dict[str, object]]:
    import pillow_heif

    pillow_heif.register_heif_opener(
        decode_threads=1, thumbnails=False, depth_images=False, aux_images=False
    )
    with Image.open(path, formats=["HEIF"]) as image:
        if image.width * image.height > pixels:
            return b"", [], {"refused": "too_many_pixels"}
        notes = image.info.get("exif") or b""
        image.load()
        image.thumbnail((side, side))
        picture = image.convert("RGB")
    return notes[:MOST_NOTES], [picture], {}


def pages(path: str, side: int, most: int) -> tuple[list[Image.Image], dict[str, object]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(Path(path).read_bytes())
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == WRONG_PASSWORD
        return [], {"refused": "encrypted" if is_locked else "broken"}
    drawn = list(_drawn(document, side, most))
    return drawn, {"pages": len(document)} if drawn else {"refused": "broken"}


def _drawn(document: object, side: int, most: int) -> Iterator[Image.Image]:
    for number in range(min(len(document), most)):  # type: ignore[arg-type]
        page = document[number]  # type: ignore[index]
        width, height = page.get_size()
        longest = max(width, height)
        if not 0 < longest < 1e6 or min(width, height) <= 0:
            continue
        scale = min(SCALE, side / longest)
        bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
        yield bitmap.to_pil().convert("RGB")
        page.close()


def main() -> None:
    what, source, target, side, pixels, most = sys.argv[1:]
    notes = b""
    try:
        if what == "heif":
            notes, pictures, found = heif(source, int(side), int(pixels))
        else:
            pictures, found = pages(source, int(side), int(most))
    except MemoryError:
        pictures, found = [], {"refused": "too_heavy"}
    head = {**found, "notes": len(notes), "sizes": [picture.size for picture in pictures]}
    with Path(target).open("r+b") as output:
        output.write(json.dumps(head).encode() + b"\n" + notes)
        for picture in pictures:
            output.write(picture.tobytes())


if __name__ == "__main__":
    main()

"""Pictures out of files whose decoders are large: asked of a child process, and not believed."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image

from reports.enrichment.media import limited
from reports.enrichment.media.limited import MEGABYTE, Limits, MemoryFile
from reports.enrichment.media.refusals import SENTENCES, MediaRefused

RENDERER = Path(__file__).with_name("renderer.py")
LIMITS = Limits(seconds=30, patience=90, data=384 * MEGABYTE, file=128 * MEGABYTE, is_heavy=True)
LONGEST_HEAD = 4096


@dataclass(frozen=True)
class Rendered:
    pictures: Sequence[Image.Image]
    exif: bytes = field(default=b"", repr=False)
    pages: int = 0


def heif(content: bytes) -> Rendered:
    """The first picture of a HEIC or HEIF file. Raises MediaRefused."""
    return _rendered("heif", content, settings.PICTURE_SIDE, 1)


def pages(content: bytes) -> Rendered:
    """The first pages of a PDF. Raises MediaRefused."""
    return _rendered("pages", content, settings.MEDIA_PAGE_SIDE, settings.MEDIA_PAGES)


def _rendered(what: str, content: bytes, side: int, most: int) -> Rendered:
    with limited.memory_file(content) as given, limited.memory_file() as made:
        arguments = (given.path, made.path, str(side), str(settings.PICTURE_PIXELS), str(most))
        try:
            limited.run(limited.ours(RENDERER, what, *arguments), [given, made], limits=LIMITS)
            return _read(made, side, most)
        except (limited.Failed, ValueError, KeyError, TypeError, IndexError):
            raise MediaRefused("broken") from None


def _read(made: MemoryFile, side: int, most: int) -> Rendered:
    """Raises ValueError and the like for an answer that is none."""
    first, newline, _ = made.read(LONGEST_HEAD).partition(b"\n")
    head: dict[str, Any] = json.loads(first)
    if (code := head.get("refused")) is not None:
        raise MediaRefused(code if code in SENTENCES else "broken")
    at = len(first) + len(newline)
    notes = os.pread(made.handle, min(int(head["notes"]), 65536), at)
    at += len(notes)
    pictures = []
    for width, height in head["sizes"][:most]:
        if not (0 < width <= side and 0 < height <= side):
            raise ValueError
        length = width * height * 3
        pictures.append(Image.frombytes("RGB", (width, height), os.pread(made.handle, length, at)))
        at += length
    if not pictures:
        raise ValueError
    return Rendered(pictures, notes.removeprefix(b"Exif\0\0"), int(head.get("pages", 0)))

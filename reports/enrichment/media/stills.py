"""Pictures: a clean one to look at, a small one for the row, what the camera noted, and a fingerprint."""

from typing import Literal

from django.conf import settings
from PIL import Image

from reports import camera, exif, imaging
from reports.camera import CameraNote
from reports.enrichment.media import rendering
from reports.enrichment.media.derived import Derived, DerivedFile
from reports.enrichment.media.refusals import MediaRefused
from reports.enrichment.media.sniffing import Nature
from reports.fingerprints import fingerprint

THUMBNAIL_QUALITY = 75


def picture(content: bytes, nature: Nature) -> Derived:
    """A picture that is decoded here. Raises MediaRefused."""
    # The camera's notes first: what is shown is made of pixels, and has none.
    noted = camera.note(exif.block(content))
    try:
        seen = imaging.look(content, imaging.RECEIVED)
    except imaging.PictureUnfit as problem:
        raise MediaRefused(
            problem.why if problem.why in {"empty", "too_many_pixels"} else "broken"
        ) from None
    remarks = {"incomplete": seen.is_incomplete, "first_frame": seen.is_first_of_many}
    return _derived(
        seen.pixels, nature, noted, tuple(code for code, holds in remarks.items() if holds)
    )


def heif(content: bytes, nature: Nature) -> Derived:
    """A picture of a newer telephone, whose decoder is large: that runs in a child. Raises MediaRefused."""
    rendered = rendering.heif(content)
    return _derived(rendered.pictures[0], nature, camera.note(rendered.exif), ())


def shown(pixels: Image.Image, role: Literal["view", "poster"] = "view") -> list[DerivedFile]:
    """A clean picture and its thumbnail."""
    clean = imaging.encoded(pixels, settings.PICTURE_BYTES_SENT)
    view = DerivedFile(role, "image/jpeg", clean.jpeg, clean.width, clean.height)
    return [view, thumbnail(pixels)]


def thumbnail(pixels: Image.Image) -> DerivedFile:
    small = imaging.scaled(pixels, imaging.THUMBNAIL_SIDE)
    jpeg = imaging.as_jpeg(small, THUMBNAIL_QUALITY)
    return DerivedFile("thumbnail", "image/jpeg", jpeg, *small.size)


def _derived(
    pixels: Image.Image, nature: Nature, noted: CameraNote | None, warnings: tuple[str, ...]
) -> Derived:
    return Derived(
        "image",
        nature.media_type,
        shown(pixels),
        camera=noted,
        fingerprint=fingerprint(pixels),
        warnings=warnings,
    )

"""Documents: the pages of a PDF as pictures. The others are kept, not opened."""

from django.conf import settings

from reports import imaging
from reports.enrichment.media import rendering
from reports.enrichment.media.derived import Derived, DerivedFile
from reports.enrichment.media.sniffing import Nature
from reports.enrichment.media.stills import thumbnail


def pages(content: bytes, nature: Nature) -> Derived:
    """The first pages. Raises MediaRefused for what is locked or broken."""
    rendered = rendering.pages(content)
    files = [thumbnail(rendered.pictures[0])]
    for position, picture in enumerate(rendered.pictures):
        clean = imaging.encoded(picture, settings.PICTURE_BYTES_SENT)
        files.append(
            DerivedFile(
                "page", "image/jpeg", clean.jpeg, clean.width, clean.height, position=position
            )
        )
    is_longer = rendered.pages > len(rendered.pictures)
    return Derived(
        "document", nature.media_type, files, warnings=("more_pages",) if is_longer else ()
    )

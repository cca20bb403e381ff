"""The way in: a file as it came, to what the desk may see of it."""

from collections.abc import Callable, Mapping

from reports.camera import CameraNote
from reports.enrichment.media import cards, documents, recordings, sniffing, stills
from reports.enrichment.media.derived import Derived, DerivedFile
from reports.enrichment.media.refusals import MediaRefused
from reports.enrichment.media.sniffing import Nature, Reader

__all__ = ["CameraNote", "Derived", "DerivedFile", "MediaRefused", "derive"]


def _kept(content: bytes, nature: Nature) -> Derived:
    return Derived("other", nature.media_type, warnings=("download_only",))


READERS: Mapping[Reader, Callable[[bytes, Nature], Derived]] = {
    "picture": stills.picture,
    "heif": stills.heif,
    "recording": recordings.recording,
    "pages": documents.pages,
    "card": cards.card,
    "none": _kept,
}


def derive(content: bytes) -> Derived:
    """What can be shown of this file, whatever its sender called it. Raises MediaRefused; the original is untouched.

    Takes milliseconds for most, at most six minutes for a film; memory of this process only for one picture at a time.
    """
    if not content:
        raise MediaRefused("empty")
    nature = sniffing.nature(content)
    return READERS[nature.reader](content, nature)

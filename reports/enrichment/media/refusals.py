"""Why a file is not shown, and what is to be known of one that is: codes, and the sentences of the desk for them."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

SENTENCES: Mapping[str, Callable[[], str]] = {
    "empty": lambda: _("The file is empty."),
    "unknown": lambda: _("What kind of file this is cannot be told."),
    "dangerous": lambda: _("The file could run commands on a computer: it is not opened."),
    "archive": lambda: _("The file is an archive: what is packed in it is not opened."),
    "broken": lambda: _("The file is damaged or incomplete and cannot be read."),
    "too_many_pixels": lambda: _("The picture is too large to be opened safely."),
    "too_heavy": lambda: _("The file asks for more memory or time than it may have."),
    "no_content": lambda: _("There is neither picture nor sound in this file."),
    "encrypted": lambda: _("The document is locked with a password."),
}
"""A code and its sentence. The original of a refused file is kept, sealed."""

REMARKS: Mapping[str, Callable[[], str]] = {
    "incomplete": lambda: _("The picture is incomplete: a part of it is missing."),
    "first_frame": lambda: _("A moving picture: only its first frame is shown."),
    "shortened": lambda: _("The recording is long: only its beginning can be played here."),
    "more_pages": lambda: _("The document has more pages than are shown."),
    "no_ffmpeg": lambda: _("Sound and film cannot be converted here: ffmpeg is missing."),
    "no_film": lambda: _("The film could not be converted: one frame of it is shown."),
    "no_poster": lambda: _("No frame of the film could be shown."),
    "download_only": lambda: _("Files of this kind are not shown here, only kept."),
    "too_many_contacts": lambda: _("There are more contacts than are shown."),
}
"""A code and its sentence, for files that are taken."""


class MediaRefused(Exception):
    """The file is nothing that can be shown; `code` says why. It carries nothing of the file."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def sentence(code: str) -> str:
    """What a code of either table means, in the reader's language; a code that is not known, as one that is broken."""
    return (SENTENCES.get(code) or REMARKS.get(code) or SENTENCES["broken"])()

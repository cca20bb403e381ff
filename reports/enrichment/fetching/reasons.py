"""Why a file is not here, in the words of the desk; what is wrong with one that is here, `media.refusals` says."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.utils.translation import gettext as _

from reports.enrichment.media import refusals

SENTENCES: Mapping[str, Callable[[], str]] = {
    "too_large": lambda: (
        _("The file is larger than %(limit)d MB and was not fetched.")
        % {"limit": settings.MEDIA_BYTES // 1024**2}
    ),
    "not_ours": lambda: _("The address of the file is not one of our account. Tell IT."),
    "untrusted": lambda: _("The file lies where we do not fetch files from. Tell IT."),
    "redirects": lambda: _("The provider sent us on and on without giving the file."),
    "credentials": lambda: _("The provider does not let us have the file. Tell IT."),
    "not_there": lambda: _("The provider does not have the file."),
    "busy": lambda: _("The provider is overloaded."),
    "odd_answer": lambda: _("The provider answered with something else than the file."),
    "network": lambda: _("No connection to the provider."),
    "slow": lambda: _("The file came too slowly."),
    "cut_short": lambda: _("The connection broke before the whole file had come."),
    "no_room": lambda: _("The file could not be stored. Tell IT."),
    "unreadable": lambda: _("The address of the file can no longer be read. Tell IT."),
    "stuck": lambda: _("Preparing the file for the screen failed several times."),
}
"""By code of Attachment.reason."""


def sentence(code: str) -> str:
    """What a code means, in the reader's language."""
    return SENTENCES[code]() if code in SENTENCES else refusals.sentence(code)

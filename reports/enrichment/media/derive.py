"""The way in: a file as it came, to what the desk may see of it."""

from reports.enrichment.media.derived import Derived
from reports.enrichment.media.refusals import MediaRefused


def derive(content: bytes) -> Derived:
    """What can be shown of this file, whatever its sender called it. Raises MediaRefused; the original is untouched."""
    if not content:
        raise MediaRefused("empty")
    raise MediaRefused("unknown")

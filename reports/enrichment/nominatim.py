"""Asking an address server of the station's own choice about a street or a hamlet that is on no list. Off unless
NOMINATIM_URL is set; whoever runs that server learns the words that are sent, and they are only those of the place."""

import logging
import threading
import time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from reports.enrichment.phrases import Token, tokens
from reports.models.area import Point

logger = logging.getLogger(__name__)
# It logs the address of every request, which has a citizen's words in it.
logging.getLogger("geopy").setLevel(logging.CRITICAL)

AFTER = frozenset(
    "jl gang perum dusun dukuh kampung pasar masjid jembatan lapangan puskesmas".split()
)
"""What has a name after it that an address server may know."""
ENDS = frozenset(
    "ada ono enek yg yang pak bu mas di neng ke dari no nomor rt rw rumah depan dekat arah saya sy kulo aku dan sama "
    "banyak lagi sering tiap saben wonten tolong tulung mohon".split()
)
LONGEST = 3
"""Words of a name that are sent."""
KEPT = 24 * 3600
RESTS_FOR = 60.0
"""Seconds without a look-up after one that failed: a server that hangs costs its time-out once."""
NOBODY = "none"

_lock = threading.Lock()
_rests_until = 0.0


def names_in(text: str) -> list[str]:
    """Streets and hamlets that the text names: the only words that may be sent."""
    words, found = tokens(text), []
    for at, token in enumerate(words):
        if token.word in AFTER and (name := _name(words[at + 1 : at + 1 + LONGEST])):
            found.append(f"{token.raw} {name}")
    return found


def find(name: str, west: float, south: float, east: float, north: float) -> Point | None:
    """Where in this box the server knows such a name; None where it does not, or does not answer in time."""
    key = f"nominatim-{salted_hmac('nominatim', f'{name} {west} {south}').hexdigest()}"
    known = cache.get(key)
    if known is None:
        if _rests() or (known := _ask(name, west, south, east, north)) is None:
            return None
        cache.set(key, known, KEPT)
    return None if known == NOBODY else Point(*known)


def _name(following: list[Token]) -> str:
    kept: list[str] = []
    for token in following:
        if token.breaks or token.raw in ENDS or token.raw.isdigit():
            break
        kept.append(token.raw)
    return " ".join(kept)


def _ask(name: str, west: float, south: float, east: float, north: float) -> Any:
    """Latitude and longitude, NOBODY, or None when there is no answer in time."""
    # Here: it takes 16 MB of every process that imports it, and most stations have no such server.
    from geopy.exc import GeopyError
    from geopy.geocoders import Nominatim

    address = urlsplit(settings.NOMINATIM_URL)
    server = Nominatim(
        domain=f"{address.netloc}{address.path}".rstrip("/"),
        scheme=address.scheme,
        user_agent="polreswa",
        timeout=settings.NOMINATIM_TIMEOUT.total_seconds(),
        proxies={},
    )
    box = [(south, west), (north, east)]
    try:
        found = server.geocode(name, viewbox=box, bounded=True, country_codes="id")
    except GeopyError as problem:
        logger.warning("no answer from the address server: %s", type(problem).__name__)
        _rest()
        return None
    return [found.latitude, found.longitude] if found else NOBODY


def _rests() -> bool:
    with _lock:
        return time.monotonic() < _rests_until


def _rest() -> None:
    global _rests_until
    with _lock:
        _rests_until = time.monotonic() + RESTS_FOR

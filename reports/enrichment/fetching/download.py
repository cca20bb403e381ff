"""Fetch one file from the provider, past everything that an address could lead us into.

Redirects are followed by hand: each hop must be a host that files may come from, in TLS, and lead to a public machine. Size
and time are limited while it streams; what the other side says of either is not believed.
"""

import base64
import logging
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from http.client import HTTPException, HTTPResponse
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import certifi
from django.conf import settings

from reports.channels.twilio import media
from reports.channels.twilio.media import Source
from reports.enrichment.fetching.addresses import LeadsInside, Resolver, addresses_of, resolve
from reports.enrichment.fetching.connection import Pinned, Watch

logger = logging.getLogger(__name__)

PIECE_BYTES = 64 * 1024
MOST_REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
BROKEN = (OSError, HTTPException, ValueError)
"""What a connection can raise: network and TLS; answers that are no HTTP; addresses that cannot be asked for."""


class NotFetched(Exception):
    """The file did not come. `code` as in `reports.enrichment.fetching.reasons`; `again` when another try can help."""

    def __init__(self, code: str, *, again: bool = True) -> None:
        super().__init__(code)
        self.code = code
        self.again = again


class _Hop(NamedTuple):
    """One address on the way, taken apart and found harmless."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    is_inside: bool
    is_api: bool


def fetch(
    source: Source,
    write: Callable[[bytes], object],
    *,
    resolver: Resolver = resolve,
    context: ssl.SSLContext | None = None,
) -> None:
    """Give the file to `write`, piece by piece. Raises NotFetched; what was written until then is worth nothing.

    `resolver` and `context` (of TLS) can be replaced where a network is played.
    """
    with Watch(settings.MEDIA_SECONDS.total_seconds()) as watch:
        url = source.url
        for _hop in range(MOST_REDIRECTS + 1):
            hop = _taken_apart(url)
            with closing(_connected(hop, watch, resolver, context or _tls())) as connection:
                answer = _asked(connection, hop, watch)
                if answer.status in REDIRECTS:
                    url = _led_to(hop, answer)
                    continue
                _refuse_unless_it_is_there(answer)
                for piece in _pieces(answer, watch):
                    write(piece)
                return
    raise NotFetched("redirects", again=False)


def _led_to(hop: _Hop, answer: HTTPResponse) -> str:
    try:
        return urljoin(hop.url, answer.headers.get("Location", ""))
    except ValueError:
        raise NotFetched("untrusted", again=False) from None


def _taken_apart(url: str) -> _Hop:
    """Raises NotFetched for an address that files do not come from."""
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        raise NotFetched("untrusted", again=False) from None
    where_to = (scheme, host, port)
    is_inside, is_api = media.is_inside(*where_to), media.is_api(*where_to)
    is_usual = scheme == "https" and port in (None, 443)
    is_known = media.is_allowed(*where_to) and parts.username is None
    if scheme not in PORTS or not is_known or not (is_usual or is_inside or is_api):
        raise NotFetched("untrusted", again=False)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _Hop(url, scheme, host, port or PORTS[scheme], path, is_inside, is_api)


def _connected(hop: _Hop, watch: Watch, resolver: Resolver, tls: ssl.SSLContext) -> Pinned:
    try:
        addresses = addresses_of(hop.host, hop.port, resolver, may_be_inside=hop.is_inside)
    except LeadsInside:
        # Not again: whoever answers for the name today may answer otherwise tomorrow.
        logger.warning("a file's address leads inside")
        raise NotFetched("untrusted", again=False) from None
    except (OSError, UnicodeError):
        raise NotFetched("network") from None
    return Pinned(
        hop.host,
        hop.port,
        addresses,
        context=tls if hop.scheme == "https" else None,
        read_seconds=settings.MEDIA_READ_TIMEOUT.total_seconds(),
        watch=watch,
    )


def _asked(connection: Pinned, hop: _Hop, watch: Watch) -> HTTPResponse:
    headers = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "polreswa"}
    if hop.is_api:
        pair = ":".join(media.credentials())
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    try:
        connection.request("GET", hop.path, headers=headers)
        return connection.getresponse()
    except BROKEN as error:
        raise _broken(error, watch) from None


def _refuse_unless_it_is_there(answer: HTTPResponse) -> None:
    if answer.status == 200:
        if (answer.length or 0) > settings.MEDIA_BYTES:
            raise NotFetched("too_large", again=False)
        return
    if answer.status in {401, 403}:
        raise NotFetched("credentials")
    if answer.status == 404:
        raise NotFetched("not_there")
    if answer.status == 410:
        raise NotFetched("not_there", again=False)
    raise NotFetched("busy" if answer.status == 429 or answer.status >= 500 else "odd_answer")


def _pieces(answer: HTTPResponse, watch: Watch) -> Iterator[bytes]:
    promised, came = answer.length, 0
    while piece := _next(answer, watch):
        came += len(piece)
        if came > settings.MEDIA_BYTES:
            raise NotFetched("too_large", again=False)
        yield piece
    if watch.is_over:
        raise NotFetched("slow")
    if promised is not None and came != promised:
        raise NotFetched("cut_short")


def _next(answer: HTTPResponse, watch: Watch) -> bytes:
    try:
        return answer.read(PIECE_BYTES)
    except BROKEN as error:
        raise _broken(error, watch) from None


def _broken(error: Exception, watch: Watch) -> NotFetched:
    """Never the error's own words: they can hold the address."""
    if watch.is_over or isinstance(error, TimeoutError):
        return NotFetched("slow")
    if isinstance(error, ssl.SSLCertVerificationError):
        return NotFetched("untrusted")
    return NotFetched("network")


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certifi.where())

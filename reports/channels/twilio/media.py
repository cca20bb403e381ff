"""Files at Twilio: which addresses of them are ours, who we are there, and their end."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

API_HOST = "api.twilio.com"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
PATH = re.compile(
    r"/2010-04-01/Accounts/(?P<account>\w+)/Messages/(?P<message>\w+)/Media/(?P<media>\w+)",
    re.ASCII,
)


class NotOurs(Exception):
    """The address is none of a file of this message in our account."""


@dataclass(frozen=True)
class Source:
    """Where a file of a message lies."""

    url: str = field(repr=False)
    """As it is to be asked for: at TWILIO_API_URL, when that stands in for Twilio."""
    message_sid: str
    media_sid: str


def source_of(url: str, *, message_sid: str) -> Source:
    """Read the address that came with a message. NotOurs unless it names our account, this message and a host of ours."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotOurs from None
    found = PATH.fullmatch(parts.path)
    if found is None or found["account"] != settings.TWILIO_ACCOUNT_SID:
        raise NotOurs
    if found["message"] != message_sid or parts.username is not None:
        raise NotOurs
    if parts.hostname == API_HOST:
        if port not in (None, 443):
            raise NotOurs
        api = urlsplit(settings.TWILIO_API_URL)
        parts = parts._replace(scheme=api.scheme, netloc=api.netloc)
    elif not is_allowed(parts.scheme, parts.hostname or "", port):
        raise NotOurs
    address = urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, ""))
    return Source(address, message_sid, found["media"])


def is_allowed(scheme: str, host: str, port: int | None) -> bool:
    """Whether files may be fetched from there: the API itself, and MEDIA_URL_HOSTS ("name" or "name:port")."""
    return is_api(scheme, host, port) or _is_listed(host, port)


def is_api(scheme: str, host: str, port: int | None) -> bool:
    """Whether this is the API itself: the only one that is shown who we are."""
    api = urlsplit(settings.TWILIO_API_URL)
    here = (scheme, host, port or _usual_port(scheme))
    return here == (api.scheme, api.hostname, api.port or _usual_port(api.scheme))


def is_inside(scheme: str, host: str, port: int | None) -> bool:
    """Whether a person has pointed us at a machine inside: a stand-in for the API in plain http, or loopback by name."""
    is_stand_in = scheme == "http" and is_api(scheme, host, port)
    return is_stand_in or (host in LOOPBACK and _is_listed(host, port))


def credentials() -> tuple[str, str]:
    """The API key when there is one, else account and token."""
    if settings.TWILIO_API_KEY_SID:
        return settings.TWILIO_API_KEY_SID, settings.TWILIO_API_KEY_SECRET
    return settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKENS[0]


def _is_listed(host: str, port: int | None) -> bool:
    return not {host, f"{host}:{port}"}.isdisjoint(settings.MEDIA_URL_HOSTS)


def _usual_port(scheme: str) -> int:
    return 443 if scheme == "https" else 80

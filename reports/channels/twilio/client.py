"""Sending through Twilio's API and asking it about a message, by the SDK, with a time limit on every call.

The SDK has no time limit of its own, no variable for another address, and three families of exceptions; all of that
ends here. Nothing that Twilio says in words leaves this module: it can hold an address.
"""

import json
from datetime import UTC, datetime
from functools import cache
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

import requests
from django.conf import settings
from twilio.base.exceptions import TwilioException
from twilio.base.values import unset
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client
from urllib3.exceptions import NewConnectionError

from reports.channels.base import ChannelError, OutboundMessage, Taken
from reports.channels.twilio.errors import LOCAL_NETWORK, meaning_of
from reports.channels.twilio.media import Source, credentials

HOSTS = {"api.twilio.com"}
GONE = {"404", "20404"}
LIST_LIMIT = 50
FAILURES = (
    TwilioException,
    requests.RequestException,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
)
"""What the SDK lets out: its own, those of the network, and what an answer that is not Twilio's makes it stumble over."""


class Gateway(Protocol):
    def send(self, message: OutboundMessage) -> Taken: ...

    def find(
        self, message: OutboundMessage, *, since: datetime, known: set[str]
    ) -> Taken | None: ...


class _HttpClient(TwilioHttpClient):
    """Sends what is meant for Twilio to the address in the settings (the simulator's, or a fake's in tests)."""

    def __init__(self, base_url: str, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self._base = urlsplit(base_url)

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        target = urlsplit(url)
        if target.hostname not in HOSTS:
            raise ChannelError("unexpected_host", permanent=True)
        redirected = urlunsplit(
            (self._base.scheme, self._base.netloc, target.path, target.query, "")
        )
        return super().request(method, redirected, *args, **kwargs)


class TwilioGateway:
    def __init__(self, client: Client) -> None:
        self._client = client

    def send(self, message: OutboundMessage) -> Taken:
        """Hand one message over. ChannelError says whether another try can help and whether it may have gone out."""
        try:
            made = self._client.messages.create(
                from_=message.sender,
                to=message.recipient,
                status_callback=message.callback_url or unset,
                **_content(message),
            )
        except FAILURES as error:
            raise _translated(error, writing=True) from None
        return _taken(made)

    def find(self, message: OutboundMessage, *, since: datetime, known: set[str]) -> Taken | None:
        """The message that a lost answer may have been about: same addresses, words and pictures, not older than `since`,
        and none that we know already. None when Twilio has no such message; ChannelError when it cannot say.

        Twilio words a template by itself, perhaps not to the letter as we do: there its addresses and its age decide.
        """
        try:
            candidates = self._client.messages.list(
                to=message.recipient, from_=message.sender, limit=LIST_LIMIT
            )
        except FAILURES as error:
            raise _translated(error, writing=False) from None
        for candidate in candidates:
            made_at = candidate.date_created
            if made_at is not None and made_at.tzinfo is None:
                made_at = made_at.replace(tzinfo=UTC)
            if (
                candidate.sid not in known
                and candidate.direction != "inbound"
                and (message.content_sid or _says_the_same(candidate, message))
                and (made_at is None or made_at >= since)
            ):
                return _taken(candidate)
        return None

    def delete_file(self, source: Source) -> None:
        """Delete a file that came with a message; one that is gone already is as good. Raises ChannelError."""
        try:
            self._client.messages(source.message_sid).media(source.media_sid).delete()
        except FAILURES as error:
            problem = _translated(error, writing=False)
            if problem.code not in GONE:
                raise problem from None


def _taken(message: Any) -> Taken:
    return Taken(message.sid or "", str(message.status or ""), str(message.error_code or ""))


def _says_the_same(candidate: Any, message: OutboundMessage) -> bool:
    # Twilio trims, and shows nothing where the account has its messages redacted.
    words = (candidate.body or "").strip()
    how_many = str(candidate.num_media or 0)
    return words in {"", message.body.strip()} and how_many == str(len(message.media_urls))


def _content(message: OutboundMessage) -> dict[str, Any]:
    """Words, or a template and what fills it: with both, WhatsApp would take neither after the 24 hours."""
    if message.content_sid:
        variables = json.dumps(dict(message.variables), ensure_ascii=False)
        return {"content_sid": message.content_sid, "content_variables": variables}
    if message.media_urls:
        words = {"body": message.body} if message.body else {}
        return words | {"media_url": list(message.media_urls)}
    return {"body": message.body}


@cache
def gateway() -> TwilioGateway:
    """The gateway of the settings: API key when there is one, else account and token."""
    http = _HttpClient(settings.TWILIO_API_URL, settings.TWILIO_TIMEOUT.total_seconds())
    user, password = credentials()
    return TwilioGateway(Client(user, password, settings.TWILIO_ACCOUNT_SID, http_client=http))


def _translated(error: Exception, *, writing: bool) -> ChannelError:
    status = getattr(error, "status", None)
    if status is None and isinstance(error, TwilioException) and len(error.args) > 1:
        # list() raises the bare TwilioException with the response as its second argument.
        status = getattr(error.args[1], "status_code", None)
    if isinstance(error, requests.ConnectTimeout) or _never_connected(error):
        return ChannelError(LOCAL_NETWORK)
    if status is None:
        return ChannelError(LOCAL_NETWORK, uncertain=writing)
    code = str(getattr(error, "code", None) or status)
    if status == 429:
        return ChannelError(code)
    if status >= 500:
        return ChannelError(code, uncertain=writing)
    return ChannelError(code, permanent=meaning_of(code).permanent and status != 401)


def _never_connected(error: Exception) -> bool:
    """True when no byte can have reached Twilio: the connection was never made."""
    # A name that does not resolve is one of them: NameResolutionError is a NewConnectionError.
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectionError) and isinstance(reason, NewConnectionError)

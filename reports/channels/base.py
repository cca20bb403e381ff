"""Our own words for what every channel carries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class UnknownPayload(Exception):
    """A payload that names no sender or no recipient: it cannot be anybody's message."""


class ChannelError(Exception):
    """The provider did not take a message.

    permanent: trying again cannot help. uncertain: it may have taken the message all the same, so ask before trying
    again. The text of the exception is only the code: the provider's words can hold an address.
    """

    def __init__(self, code: str, *, permanent: bool = False, uncertain: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent
        self.uncertain = uncertain


class Kind(TextChoices):
    TEXT = "text", pgettext_lazy("message kind", "text")
    IMAGE = "image", pgettext_lazy("message kind", "picture")
    AUDIO = "audio", pgettext_lazy("message kind", "voice note")
    VIDEO = "video", pgettext_lazy("message kind", "film")
    DOCUMENT = "document", pgettext_lazy("message kind", "document")
    STICKER = "sticker", pgettext_lazy("message kind", "sticker")
    LOCATION = "location", pgettext_lazy("message kind", "place")
    CONTACT = "contact", pgettext_lazy("message kind", "contact card")
    BUTTON = "button", pgettext_lazy("message kind", "button reply")
    LIST = "list", pgettext_lazy("message kind", "list reply")
    UNSUPPORTED = "unsupported", pgettext_lazy("message kind", "unsupported message")


@dataclass(frozen=True)
class Sender:
    """Where a message came from: a telephone number (E.164), a business-scoped id, or another kind of sender."""

    phone: str = ""
    bsuid: str = ""
    other: str = ""
    name: str = ""


@dataclass(frozen=True)
class Media:
    url: str
    declared_type: str


@dataclass(frozen=True)
class InboundMessage:
    """What somebody sent. `details` is JSON-ready: place, contact, button, list, advertisement, extra parameters."""

    channel: str
    provider_sid: str
    to: str
    sender: Sender
    kind: Kind
    body: str = ""
    media: tuple[Media, ...] = ()
    quoted_sid: str = ""
    is_forwarded: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class OutboundMessage:
    """What we send: addresses as the provider writes them, and where it reports back ("": nowhere).

    With `content_sid` it is a template that WhatsApp has approved, filled with `variables`; `body` is then how it reads.
    """

    sender: str
    recipient: str
    body: str
    callback_url: str
    content_sid: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    media_urls: tuple[str, ...] = ()
    """Where the provider fetches what goes with the words."""


@dataclass(frozen=True)
class Taken:
    """The provider's name for a message it took, the state it gave it, in its own words, and why it failed if it did."""

    provider_sid: str
    status: str
    error_code: str = ""

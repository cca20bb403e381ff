"""What is kept about one message, and how it becomes JSON and comes back."""

import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self


class Direction(StrEnum):
    """Twilio's words, seen from the desk: `inbound` is what a citizen wrote."""

    INBOUND = "inbound"
    API = "outbound-api"
    REPLY = "outbound-reply"


class Handover(StrEnum):
    """How far a citizen's message has got on its way to the desk."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    LOST = "lost"  # swallowed by the switch; only Twilio's list knows it


@dataclass
class Media:
    """One file of a message. The bytes lie in the strongbox under `sid`."""

    sid: str
    content_type: str
    size: int
    name: str
    created_at: float
    removed: bool = False  # deleted at Twilio; the telephone still shows it


@dataclass
class Place:
    latitude: str
    longitude: str
    label: str = ""
    address: str = ""


@dataclass
class Button:
    text: str
    payload: str


@dataclass
class Callback:
    """One status callback, and the desk's HTTP answer (None: no answer)."""

    status: str
    answer: int | None = None


@dataclass
class Message:
    """A message in Twilio's eyes and on the citizen's telephone."""

    sid: str
    direction: Direction
    kind: str
    sender: str  # From
    recipient: str  # To
    phone: str  # slug of the citizen, "" when nobody here has that number
    line: str  # id of the station's line
    body: str
    status: str
    created_at: float
    updated_at: float
    sent_at: float | None = None
    version: int = 0
    media: list[Media] = field(default_factory=list)
    place: Place | None = None
    quoted: str = ""
    # Inbound only.
    pressed: Button | None = None
    forwarded: str = ""  # "", "once" or "many"
    handover: Handover = Handover.WAITING
    handover_note: str = ""
    # Outbound only.
    buttons: list[Button] = field(default_factory=list)
    media_urls: list[str] = field(default_factory=list)
    content_sid: str = ""
    messaging_service_sid: str = ""
    status_callback: str = ""
    error_code: int | None = None
    error_message: str = ""
    callbacks: list[Callback] = field(default_factory=list)
    # What the desk asked Twilio to forget; the telephone keeps its own copy.
    redacted: bool = False
    deleted: bool = False

    @property
    def is_inbound(self) -> bool:
        return self.direction is Direction.INBOUND

    @property
    def is_whatsapp(self) -> bool:
        return self.sender.startswith("whatsapp:")

    @property
    def kept_media(self) -> list[Media]:
        """The files Twilio still holds."""
        return [media for media in self.media if not media.removed]

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The counterpart of `json.dumps(message, default=vars)`."""
        fields = dict(stored)
        fields["direction"] = Direction(stored["direction"])
        fields["handover"] = Handover(stored["handover"])
        fields["media"] = [Media(**entry) for entry in stored["media"]]
        fields["buttons"] = [Button(**entry) for entry in stored["buttons"]]
        fields["callbacks"] = [Callback(**entry) for entry in stored["callbacks"]]
        fields["place"] = Place(**stored["place"]) if stored["place"] else None
        fields["pressed"] = Button(**stored["pressed"]) if stored["pressed"] else None
        return cls(**fields)


def new_sid(prefix: str) -> str:
    """A Twilio identifier: two letters and 32 hexadecimal digits."""
    return prefix + secrets.token_hex(16)

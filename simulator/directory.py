"""Who exists here: the stations' numbers, the pretend citizens, places to point at.

Read from `data/`. Every citizen and number in it is invented; the stations' numbers are public.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Line:
    """One number of a station on one channel."""

    id: str
    station: str
    label: str
    channel: str  # "whatsapp" or "sms"
    number: str
    retired: bool

    @property
    def address(self) -> str:
        """The number as Twilio writes it in From and To."""
        return channel_address(self.channel, self.number)


@dataclass(frozen=True)
class Citizen:
    """A pretend person with a telephone. Without `phone` they are known by a WhatsApp username."""

    slug: str
    name: str
    about: str
    profile_name: str
    phone: str
    user_id: str  # business-scoped user id; empty for somebody without WhatsApp
    channels: list[str]
    line: str  # the number they usually write to
    is_extra: bool = False  # has a part in the demo day only; the page folds them away

    def address(self, channel: str) -> str:
        """How Twilio names them in From and To on this channel."""
        return channel_address(channel, self.phone or self.user_id)

    def answers_to(self, address: str) -> bool:
        """Whether a message to `address` rings here. A user id works beside the number."""
        if address.startswith("whatsapp:"):
            handle = address.removeprefix("whatsapp:")
            return "whatsapp" in self.channels and handle in {self.phone, self.user_id} - {""}
        return "sms" in self.channels and address == self.phone


@dataclass(frozen=True)
class PresetPlace:
    """A place a citizen can point at without knowing its coordinates."""

    name: str
    region: str
    address: str
    latitude: str
    longitude: str


def channel_address(channel: str, handle: str) -> str:
    return f"whatsapp:{handle}" if channel == "whatsapp" else handle


@cache
def lines() -> dict[str, Line]:
    """Every number of a station, by id."""
    return {entry["id"]: Line(**entry) for entry in read("lines")}


@cache
def citizens() -> dict[str, Citizen]:
    """The citizens everybody starts with, by slug: those one plays with, then the extras."""
    chosen = [Citizen(**entry) for entry in read("citizens")]
    extras = [Citizen(**entry, is_extra=True) for entry in read("extras")]
    return {citizen.slug: citizen for citizen in [*chosen, *extras]}


@cache
def places() -> list[PresetPlace]:
    return [PresetPlace(**entry) for entry in read("places")]


def line_of(address: str) -> Line | None:
    """The line whose From is `address`; None for a number that is not ours."""
    return next((line for line in lines().values() if line.address == address), None)


def read(name: str) -> list[dict[str, Any]]:
    """One of the lists in `data/`."""
    listed: list[dict[str, Any]] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return listed

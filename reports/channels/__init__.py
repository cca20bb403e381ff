"""The only code that knows the provider: its parameters in, our own values out. Knows no database and no settings of others.

To add a channel: a module with `parse(params) -> InboundMessage` and `prefix`; a line in CHANNELS; a value in
`models.service_number.Channel`; its sample payloads in tests/reports/channels/.
"""

from collections.abc import Mapping
from typing import Protocol

from reports.channels import sms, whatsapp
from reports.channels.base import InboundMessage


class Channel(Protocol):
    """What a module of this package offers."""

    @property
    def PREFIX(self) -> str: ...

    @property
    def ADDRESSES(self) -> tuple[str, ...]: ...

    def parse(self, params: Mapping[str, str]) -> InboundMessage: ...


CHANNELS: Mapping[str, Channel] = {"whatsapp": whatsapp, "sms": sms}


def name_of(params: Mapping[str, str]) -> str:
    """Which channel a message came by: its addresses say so."""
    addresses = (params.get("From", ""), params.get("To", ""))
    return "whatsapp" if any(a.startswith(whatsapp.PREFIX) for a in addresses) else "sms"


def parse(params: Mapping[str, str]) -> InboundMessage:
    """One message as the provider tells it. Raises UnknownPayload when it names no sender."""
    return CHANNELS[name_of(params)].parse(params)


def address(channel: str, value: str) -> str:
    """How the provider writes this address on this channel."""
    return CHANNELS[channel].PREFIX + value

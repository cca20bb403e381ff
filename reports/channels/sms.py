"""SMS and MMS through Twilio. In Indonesia they only go out; other numbers take them in as well."""

import re
from collections.abc import Mapping

from reports.channels.base import InboundMessage, Sender, UnknownPayload
from reports.channels.payload import details_of, kind_of, media_of, plain

PREFIX = ""
ADDRESSES = ("phone", "sender")
"""Kinds of address that can be written to."""
PHONE = re.compile(r"^\+\d{6,15}$")


def parse(params: Mapping[str, str]) -> InboundMessage:
    shown = params.get("From", "")
    if not shown:
        raise UnknownPayload("no sender")
    media = media_of(params)
    return InboundMessage(
        channel="sms",
        provider_sid=params.get("MessageSid", ""),
        to=plain(params.get("To", "")),
        sender=Sender(phone=shown) if PHONE.match(shown) else Sender(other=shown),
        kind=kind_of(params, media),
        body=params.get("Body", ""),
        media=media,
        details=details_of(params),
    )

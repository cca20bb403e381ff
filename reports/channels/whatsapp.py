"""WhatsApp through Twilio. The sender may hide the telephone number and show only a business-scoped id."""

import re
from collections.abc import Mapping

from reports.channels.base import InboundMessage, Sender, UnknownPayload
from reports.channels.payload import details_of, kind_of, media_of, plain

PREFIX = "whatsapp:"
ADDRESSES = ("phone", "bsuid", "sender")
"""Kinds of address that can be written to."""
PHONE = re.compile(r"^\+?\d{6,15}$")
BSUID = re.compile(r"^[A-Z]{2}\.[A-Za-z0-9]{1,128}$")


def parse(params: Mapping[str, str]) -> InboundMessage:
    media = media_of(params)
    return InboundMessage(
        channel="whatsapp",
        provider_sid=params.get("MessageSid", ""),
        to=plain(params.get("To", "")).removeprefix(PREFIX),
        sender=_sender(params),
        kind=kind_of(params, media),
        body=params.get("Body", ""),
        media=media,
        quoted_sid=plain(params.get("OriginalRepliedMessageSid", "")),
        is_forwarded=params.get("Forwarded") == "true"
        or params.get("FrequentlyForwarded") == "true",
        details=details_of(params),
    )


def _sender(params: Mapping[str, str]) -> Sender:
    shown = params.get("From", "").removeprefix(PREFIX)
    external = params.get("ExternalUserId", "").removeprefix(PREFIX)
    name = params.get("ProfileName", "")
    if not shown and not external:
        raise UnknownPayload("no sender")
    if PHONE.match(shown):
        return Sender(phone=f"+{shown.removeprefix('+')}", bsuid=external, name=name)
    if BSUID.match(shown) or not shown:
        return Sender(bsuid=shown or external, name=name)
    # Neither a number nor an id of today's form: still somebody, and answerable by the same value.
    return Sender(bsuid=external, other="" if external else shown, name=name)

"""Reading a message's parameters: what WhatsApp, SMS and MMS have in common."""

from collections.abc import Mapping
from typing import Any

from reports.channels.base import Kind, Media

MEDIA_LIMIT = 20

KNOWN = frozenset(
    """
    MessageSid SmsMessageSid SmsSid AccountSid MessagingServiceSid From To Body NumMedia NumSegments SmsStatus
    MessageStatus ApiVersion ProfileName WaId ExternalUserId ParentExternalUserId MessageType ChannelMetadata Forwarded
    FrequentlyForwarded ButtonText ButtonPayload ButtonType ListId ListTitle ListDescription Latitude Longitude Address
    Label OriginalRepliedMessageSid OriginalRepliedMessageSender FromCity FromState FromZip FromCountry ToCity ToState
    ToZip ToCountry ErrorCode ErrorUrl OptOutType ReferralNumMedia
    """.split()
)
"""Parameters with a place of their own. Twilio adds others without notice: those are kept under `extra`."""

BY_TYPE = {
    "text": Kind.TEXT,
    "image": Kind.IMAGE,
    "audio": Kind.AUDIO,
    "voice": Kind.AUDIO,
    "video": Kind.VIDEO,
    "document": Kind.DOCUMENT,
    "sticker": Kind.STICKER,
    "location": Kind.LOCATION,
    "contacts": Kind.CONTACT,
    "contact": Kind.CONTACT,
}
BY_MEDIA = {"image": Kind.IMAGE, "audio": Kind.AUDIO, "video": Kind.VIDEO}


def media_of(params: Mapping[str, str]) -> tuple[Media, ...]:
    """Every MediaUrl that is there, in order; NumMedia is not trusted to count them."""
    return tuple(
        Media(
            url=params[f"MediaUrl{n}"],
            declared_type=plain(params.get(f"MediaContentType{n}", ""))[:100],
        )
        for n in range(MEDIA_LIMIT)
        if params.get(f"MediaUrl{n}")
    )


def plain(value: str) -> str:
    """A value for a plain column, without signs that cannot be printed: PostgreSQL takes no NUL, wherever it stands."""
    return "".join(sign for sign in value if sign.isprintable())


def kind_of(params: Mapping[str, str], media: tuple[Media, ...]) -> Kind:
    """What sort of message it is: from what it carries first, then from what the provider calls it."""
    if params.get("ListId") or params.get("ListTitle"):
        return Kind.LIST
    if params.get("ButtonText") or params.get("ButtonPayload"):
        return Kind.BUTTON
    if params.get("Latitude") and params.get("Longitude"):
        return Kind.LOCATION
    named = BY_TYPE.get(params.get("MessageType", "").lower())
    if media:
        return named if named not in (None, Kind.TEXT, Kind.LOCATION) else _kind_of_media(media[0])
    if params.get("Body"):
        return Kind.TEXT
    return Kind.UNSUPPORTED


def details_of(params: Mapping[str, str]) -> dict[str, Any]:
    """Everything that is neither text nor media, by subject; only subjects that are there."""
    details: dict[str, Any] = {
        "place": _place(params),
        "button": _some(params, text="ButtonText", payload="ButtonPayload", type="ButtonType"),
        "list": _some(params, id="ListId", title="ListTitle", description="ListDescription"),
        "opt_out": params.get("OptOutType", ""),
        "referral": {
            k: v for k, v in params.items() if k.startswith("Referral") and v and k not in KNOWN
        },
        "extra": {
            k: v
            for k, v in params.items()
            if v
            and k not in KNOWN
            and not k.startswith(("Referral", "MediaUrl", "MediaContentType"))
        },
    }
    if params.get("FrequentlyForwarded") == "true":
        details["often_forwarded"] = True
    return {subject: value for subject, value in details.items() if value}


def _kind_of_media(media: Media) -> Kind:
    declared = media.declared_type.lower()
    if "vcard" in declared:
        return Kind.CONTACT
    return BY_MEDIA.get(declared.partition("/")[0], Kind.DOCUMENT)


def _place(params: Mapping[str, str]) -> dict[str, Any]:
    """Coordinates, name and address, as far as they are there: the name helps where the coordinates are of no place."""
    named: dict[str, Any] = _some(params, label="Label", address="Address")
    try:
        latitude, longitude = float(params["Latitude"]), float(params["Longitude"])
    except (KeyError, ValueError):
        return named
    # NaN fails both comparisons.
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return named
    return {"latitude": latitude, "longitude": longitude, **named}


def _some(params: Mapping[str, str], **names: str) -> dict[str, str]:
    return {ours: params[theirs] for ours, theirs in names.items() if params.get(theirs)}

"""The form parameters of Twilio's webhooks, each with exactly those that belong to its kind."""

import json
from datetime import UTC, datetime

from simulator.configuration import Configuration
from simulator.directory import Citizen
from simulator.records import Message

API_VERSION = "2010-04-01"
# The WhatsApp sender's installation; one for all, as on a real account.
CHANNEL_INSTALL_SID = "XE00000000000000000000000000000001"

WINDOW_CLOSED = (
    "Message failed to send because more than 24 hours have passed since the customer last "
    "replied to this number."
)


def for_message(message: Message, sender: Citizen, config: Configuration) -> dict[str, str]:
    """What POST /twilio/messages/ says about a citizen's message."""
    parameters = {
        "SmsMessageSid": message.sid,
        "SmsSid": message.sid,
        "MessageSid": message.sid,
        "AccountSid": config.account_sid,
        "From": message.sender,
        "To": message.recipient,
        "Body": message.body,
        "NumMedia": str(len(message.media)),
        "NumSegments": "1",
        "SmsStatus": "received",
        "ApiVersion": API_VERSION,
    }
    for number, media in enumerate(message.media):
        parameters[f"MediaUrl{number}"] = media_url(message.sid, media.sid, config)
        parameters[f"MediaContentType{number}"] = media.content_type
    if message.is_whatsapp:
        parameters |= _whatsapp(message, sender)
    else:
        parameters |= _geography()
    return parameters


def for_status(message: Message, status: str, user_id: str, account_sid: str) -> dict[str, str]:
    """What a StatusCallback says when an outgoing message has become `status`."""
    parameters = {
        "SmsSid": message.sid,
        "MessageSid": message.sid,
        "SmsStatus": status,
        "MessageStatus": status,
        "AccountSid": account_sid,
        "From": message.sender,
        "To": message.recipient,
        "ApiVersion": API_VERSION,
    }
    if message.messaging_service_sid:
        parameters["MessagingServiceSid"] = message.messaging_service_sid
    failed = status in {"failed", "undelivered"}
    if failed and message.error_code is not None:
        parameters["ErrorCode"] = str(message.error_code)
    if not message.is_whatsapp:
        if status in {"delivered", "undelivered"}:
            parameters["RawDlrDoneDate"] = datetime.now(UTC).strftime("%y%m%d%H%M")
        return parameters

    parameters["ChannelPrefix"] = "whatsapp"
    parameters["ChannelInstallSid"] = CHANNEL_INSTALL_SID
    parameters["ChannelToAddress"] = _masked(message.recipient)
    if status == "sent":
        parameters["StructuredMessage"] = str(bool(message.content_sid)).lower()
    if status in {"delivered", "read"}:
        parameters["EventType"] = status.upper()
        if user_id:
            parameters["ExternalUserId"] = f"whatsapp:{user_id}"
    if failed:
        parameters["ErrorMessage"] = message.error_message
        parameters["ChannelStatusMessage"] = (
            WINDOW_CLOSED if message.error_code == 63016 else message.error_message
        )
    return parameters


def media_path(message_sid: str, media_sid: str, config: Configuration) -> str:
    """The path of a file in Twilio's API, without the `.json` of its description."""
    account = f"/{API_VERSION}/Accounts/{config.account_sid}"
    return f"{account}/Messages/{message_sid}/Media/{media_sid}"


def media_url(message_sid: str, media_sid: str, config: Configuration) -> str:
    return config.own_url + media_path(message_sid, media_sid, config)


def _whatsapp(message: Message, sender: Citizen) -> dict[str, str]:
    context = {"ProfileName": sender.profile_name}
    if sender.phone:
        context["WaId"] = sender.phone.removeprefix("+")
    parameters = {
        "ProfileName": sender.profile_name,
        # Without a number Twilio repeats the user id here.
        "WaId": sender.phone.removeprefix("+") or sender.user_id,
        "ExternalUserId": f"whatsapp:{sender.user_id}",
        "ReferralNumMedia": "0",
    }
    # What WhatsApp cannot pass on (polls, reactions, live places) arrives without a type.
    if message.kind != "unsupported":
        parameters["MessageType"] = message.kind
    if message.place:
        parameters |= {
            "Latitude": message.place.latitude,
            "Longitude": message.place.longitude,
        }
        for name, value in (("Address", message.place.address), ("Label", message.place.label)):
            if value:
                parameters[name] = value
    if message.quoted:
        parameters["OriginalRepliedMessageSid"] = message.quoted
        parameters["OriginalRepliedMessageSender"] = message.recipient
    if message.pressed:
        context |= {"ButtonText": message.pressed.text}
        parameters |= {
            "ButtonText": message.pressed.text,
            "ButtonPayload": message.pressed.payload,
            "ButtonType": "QUICK_REPLY",
        }
    if message.pressed or message.forwarded:
        flags = {
            "Forwarded": str(bool(message.forwarded)).lower(),
            "FrequentlyForwarded": str(message.forwarded == "many").lower(),
        }
        context |= flags
        parameters |= flags
    parameters["ChannelMetadata"] = json.dumps(
        {"type": "whatsapp", "data": {"context": context}},
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return parameters


def _geography() -> dict[str, str]:
    """What the telephone network tells about an Indonesian number: the country alone."""
    parameters = {"FromCountry": "ID", "ToCountry": "ID"}
    for side in ("From", "To"):
        for detail in ("City", "State", "Zip"):
            parameters[side + detail] = ""
    return parameters


def _masked(address: str) -> str:
    handle = address.removeprefix("whatsapp:")
    return handle[:-6] + "X" * 6 if handle.startswith("+") else handle

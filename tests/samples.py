"""What Twilio posts to us, of every kind, with invented people and numbers, and really signed.

Each builder gives the form parameters of one call; any of them can be replaced by name (`text(Body="")`), and left out by
giving None. `SAMPLES` holds one of each kind by name, for tests that must hold for all.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlencode

import requests
from django.http import HttpResponse
from django.test import Client
from twilio.request_validator import RequestValidator

from tests.environment import ACCOUNT_SID, AUTH_TOKEN, PUBLIC_URL

Params = dict[str, str]

MESSAGES, FALLBACK, STATUS = "/twilio/messages/", "/twilio/fallback/", "/twilio/status/"
FORM = "application/x-www-form-urlencoded"
WHATSAPP_NUMBER = "+628877000110"
SMS_NUMBER = "+628877000220"
PASAR = ("-7.4264", "111.0223")
"""Latitude and longitude of a market in Sragen."""

_numbers = count(1)


@dataclass(frozen=True)
class Citizen:
    """Somebody who writes. Without a phone they use a WhatsApp user name and show only their business-scoped id."""

    name: str
    phone: str = ""
    bsuid: str = ""

    @property
    def shown(self) -> str:
        return self.phone or self.bsuid


WATI = Citizen("Wati Contoh", "+6281299900001", "ID.7000000000000001")
JOKO = Citizen("Joko Contoh", "+6281299900002", "ID.7000000000000002")
HIDDEN = Citizen("@tanpa_nomor", bsuid="ID.7000000000000003")


def sid(prefix: str = "SM") -> str:
    """A new id of Twilio's form; in order, and never the same twice in a process."""
    return f"{prefix}{next(_numbers):032x}"


def text(
    body: str = "Ada balap liar di depan pasar", *, by: Citizen = WATI, **changes: Any
) -> Params:
    return _whatsapp(by, "text", "SM", changes, Body=body)


def media(kind: str, content_type: str, *, by: Citizen = WATI, **changes: Any) -> Params:
    """A WhatsApp message with one file: image, audio, video, document, sticker or contacts."""
    params = _whatsapp(by, kind, "MM", {}, NumMedia="1")
    return _changed(params | _files(params["MessageSid"], content_type), changes)


def picture(body: str = "", *, by: Citizen = WATI, **changes: Any) -> Params:
    return media("image", "image/jpeg", by=by, Body=body, **changes)


def place(*, by: Citizen = WATI, **changes: Any) -> Params:
    latitude, longitude = PASAR
    return _whatsapp(by, "location", "SM", changes, Latitude=latitude, Longitude=longitude)


def named_place(*, by: Citizen = WATI, **changes: Any) -> Params:
    named = {"Label": "Pasar Bunder", "Address": "Jl. Contoh No. 1, Sragen"}
    return place(by=by, **(named | changes))


def button(words: str = "Ya, benar", *, by: Citizen = WATI, **changes: Any) -> Params:
    pressed = {"ButtonText": words, "ButtonPayload": "benar", "Forwarded": "false"}
    return _whatsapp(by, "interactive", "SM", changes, Body=words, **pressed, **_quoting(sid()))


def choice(title: str = "Laka lantas", *, by: Citizen = WATI, **changes: Any) -> Params:
    chosen = {"ListId": "kategori:laka", "ListTitle": title}
    return _whatsapp(by, "interactive", "SM", changes, Body=title, **chosen, **_quoting(sid("MM")))


def quote(of: str, body: str = "Sudah saya kirim", *, by: Citizen = WATI, **changes: Any) -> Params:
    """An answer to the message with the id `of`."""
    return text(body, by=by, **(_quoting(of) | changes))


def forwarded(*, by: Citizen = WATI, **changes: Any) -> Params:
    marks = {"Forwarded": "true", "FrequentlyForwarded": "true"}
    return text("AWAS, sebarkan ke semua grup!", by=by, **(marks | changes))


def from_advertisement(*, by: Citizen = WATI, **changes: Any) -> Params:
    referral = {
        "ReferralBody": "Lapor lewat WhatsApp",
        "ReferralHeadline": "Polres contoh",
        "ReferralSourceId": "100000000000001",
        "ReferralSourceType": "post",
        "ReferralSourceUrl": "https://advertisement.example/1",
    }
    return text("Halo", by=by, **(referral | changes))


def unsupported(*, by: Citizen = WATI, **changes: Any) -> Params:
    """A reaction, a poll, a deleted message: Twilio has no parameter for them, so nothing is in it."""
    return _whatsapp(by, "unsupported", "SM", changes)


def sms(body: str = "Ada tawuran di terminal", *, by: Citizen = WATI, **changes: Any) -> Params:
    return _pstn(by, "SM", changes, Body=body, MessagingServiceSid=f"MG{'0' * 31}1")


def mms(*, by: Citizen = WATI, **changes: Any) -> Params:
    params = _pstn(by, "MM", {}, NumMedia="3", NumSegments="3")
    files = _files(params["MessageSid"], "image/jpeg", "image/png", "video/3gpp")
    return _changed(params | files, changes)


def fallback(first: Params | None = None, **changes: Any) -> Params:
    """The same message again, because our first answer did not arrive."""
    failed = {"ErrorCode": "11200", "ErrorUrl": f"{PUBLIC_URL}{MESSAGES}"}
    return _changed((first or text()) | failed, changes)


def status(word: str, of: str = "", *, to: Citizen = WATI, **changes: Any) -> Params:
    """A receipt for the message `of`: queued, sent, delivered, read, failed, undelivered."""
    named = of or sid()
    return _changed(
        {
            "ChannelInstallSid": f"XE{'0' * 31}1",
            "ChannelPrefix": "whatsapp",
            "MessageSid": named,
            "SmsSid": named,
            "MessageStatus": word,
            "SmsStatus": word,
            "From": f"whatsapp:{WHATSAPP_NUMBER}",
            "To": f"whatsapp:{to.shown}",
            "AccountSid": ACCOUNT_SID,
            "ApiVersion": "2010-04-01",
        },
        changes,
    )


def failure(code: str = "63016", of: str = "", **changes: Any) -> Params:
    words = {"ErrorCode": code, "ChannelStatusMessage": "words of the channel, not to be relied on"}
    return status("failed", of, **(words | changes))


SAMPLES: Mapping[str, Callable[[], Params]] = {
    "text": text,
    "picture_with_caption": lambda: picture("Ini fotonya"),
    "picture": picture,
    "voice_note": lambda: media("audio", "audio/ogg"),
    "film": lambda: media("video", "video/mp4", Body="Rekaman"),
    "document": lambda: media("document", "application/pdf", Body="surat.pdf"),
    "sticker": lambda: media("sticker", "image/webp"),
    "place": place,
    "named_place": named_place,
    "contact_card": lambda: media("contacts", "text/vcard"),
    "button": button,
    "choice": choice,
    "quote": lambda: quote(sid()),
    "forwarded": forwarded,
    "hidden_number": lambda: text("Saya mau lapor", by=HIDDEN),
    "from_advertisement": from_advertisement,
    "unsupported": unsupported,
    "sms": sms,
    "mms": mms,
}
"""One inbound message of every kind. Receipts and calls are other things: `status`, `failure`, tests.calls."""


def signature(path: str, params: Mapping[str, str], *, token: str = AUTH_TOKEN) -> str:
    """What Twilio would send in X-Twilio-Signature; `path` with its query."""
    return RequestValidator(token).compute_signature(f"{PUBLIC_URL}{path}", params)


def signed_post(
    client: Client, path: str, params: Mapping[str, str], *, token: str = AUTH_TOKEN
) -> HttpResponse:
    """Post as Twilio does, through the test client."""
    headers = {"X-Twilio-Signature": signature(path, params, token=token)}
    return client.post(path, urlencode(params), content_type=FORM, headers=headers)


def send(base_url: str, path: str, params: Mapping[str, str], *, seconds: float = 15) -> int:
    """Post as Twilio does, over the network to a running program; the status of its answer."""
    headers = {"X-Twilio-Signature": signature(path, params), "X-Forwarded-Proto": "https"}
    return requests.post(f"{base_url}{path}", params, headers=headers, timeout=seconds).status_code


def _whatsapp(
    by: Citizen, kind: str, prefix: str, changes: Mapping[str, Any], **more: str
) -> Params:
    shown = by.shown.removeprefix("+")
    who = {"ProfileName": by.name, "WaId": shown}
    params = _common(prefix) | {
        "MessageType": kind,
        "ReferralNumMedia": "0",
        "ChannelMetadata": json.dumps({"type": "whatsapp", "data": {"context": who}}),
        "From": f"whatsapp:{by.shown}",
        "To": f"whatsapp:{WHATSAPP_NUMBER}",
        **who,
    }
    if by.bsuid:
        params["ExternalUserId"] = f"whatsapp:{by.bsuid}"
    return _changed(params | more, changes)


def _pstn(by: Citizen, prefix: str, changes: Mapping[str, Any], **more: str) -> Params:
    around = {f"{end}{part}": "" for end in ("From", "To") for part in ("City", "State", "Zip")}
    params = _common(prefix) | around | {"From": by.phone, "To": SMS_NUMBER, "FromCountry": "ID"}
    return _changed(params | more, changes)


def _common(prefix: str) -> Params:
    named = sid(prefix)
    return {
        "MessageSid": named,
        "SmsMessageSid": named,
        "SmsSid": named,
        "AccountSid": ACCOUNT_SID,
        "ApiVersion": "2010-04-01",
        "SmsStatus": "received",
        "NumMedia": "0",
        "NumSegments": "1",
        "Body": "",
    }


def _files(message: str, *content_types: str) -> Params:
    folder = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{message}/Media"
    urls = {f"MediaUrl{n}": f"{folder}/{sid('ME')}" for n in range(len(content_types))}
    return urls | {f"MediaContentType{n}": kind for n, kind in enumerate(content_types)}


def _quoting(of: str) -> Params:
    return {
        "OriginalRepliedMessageSid": of,
        "OriginalRepliedMessageSender": f"whatsapp:{WHATSAPP_NUMBER}",
    }


def _changed(params: Params, changes: Mapping[str, Any]) -> Params:
    return {name: value for name, value in {**params, **changes}.items() if value is not None}

"""What citizens write, as Twilio posts it: every message with an id, words and a valid signature of its own."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from bench.account import ACCOUNT_SID, AUTH_TOKEN, PUBLIC_HOST, PUBLIC_URL

PATH = "/twilio/messages/"
TO = "whatsapp:+628877110110"
"""The WhatsApp number of Polres Sragen, as `seed_reference` makes it."""
NEWCOMER_EVERY = 3
STILL_WRITING = 300
"""Whoever follows up is one of the last so many citizens."""
WHAT = (
    "Ada kecelakaan motor dengan truk",
    "Knalpot brong lagi, sudah satu jam",
    "Mohon bantuan, ada tawuran pelajar",
    "Saya kehilangan dompet dan SIM",
    "Balap liar, warga tidak bisa tidur",
    "Mau tanya syarat SKCK",
    "Lampu merah mati, jalan macet",
)
WHERE = (
    "di depan Pasar Bunder",
    "di Jl. Raya Sukowati",
    "dekat Alun-alun",
    "di Terminal Pilangsari",
)

_numbers = count(1)


@dataclass(frozen=True)
class Letter:
    """One message: Twilio's id of it, and the whole HTTP request that brings it."""

    sid: str
    request: bytes


class Citizens:
    """Some write for the first time, most follow up; always the same sequence for the same seed, never the same words."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._sign = RequestValidator(AUTH_TOKEN).compute_signature
        self._known: list[int] = []

    def letters(self, how_many: int) -> list[Letter]:
        return [self._letter() for _ in range(how_many)]

    def _letter(self) -> Letter:
        number = next(_numbers)
        if not self._known or number % NEWCOMER_EVERY == 0:
            self._known.append(number)
            who = number
        else:
            who = self._chance.choice(self._known[-STILL_WRITING:])
        words = f"{self._chance.choice(WHAT)} {self._chance.choice(WHERE)}. Pesan {number}."
        params = dict(_params(f"SM{number:032x}", who, words))
        body = urlencode(params).encode()
        signature = self._sign(PUBLIC_URL + PATH, params)
        return Letter(params["MessageSid"], _request(body, signature))


def _params(sid: str, who: int, words: str) -> Iterator[tuple[str, str]]:
    """In the shape of a captured payload."""
    wa_id, name = f"62812{who:08d}", f"Warga Contoh {who}"
    yield "SmsMessageSid", sid
    yield "NumMedia", "0"
    yield "ProfileName", name
    yield "MessageType", "text"
    yield "SmsSid", sid
    yield "WaId", wa_id
    yield "SmsStatus", "received"
    yield "Body", words
    yield "To", TO
    yield "NumSegments", "1"
    yield "ReferralNumMedia", "0"
    yield "MessageSid", sid
    yield "AccountSid", ACCOUNT_SID
    context = f'{{"ProfileName":"{name}","WaId":"{wa_id}"}}'
    yield "ChannelMetadata", f'{{"type":"whatsapp","data":{{"context":{context}}}}}'
    yield "From", f"whatsapp:+{wa_id}"
    yield "ExternalUserId", f"whatsapp:ID.{who:016d}"
    yield "ApiVersion", "2010-04-01"


def _request(body: bytes, signature: str) -> bytes:
    head = (
        f"POST {PATH} HTTP/1.1\r\n"
        f"Host: {PUBLIC_HOST}\r\n"
        "User-Agent: TwilioProxy/1.1\r\n"
        "Accept: */*\r\n"
        "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\n"
        f"X-Twilio-Signature: {signature}\r\n"
        "X-Forwarded-For: 127.0.0.1\r\n"
        "X-Forwarded-Proto: https\r\n\r\n"
    )
    return head.encode() + body

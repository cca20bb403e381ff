"""One webhook as Twilio sends it: signed, retried as the URL's fragment says, never followed on."""

import time
import uuid
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import parse_qs, urldefrag
from xml.parsers import expat

import requests
from twilio.request_validator import RequestValidator

from simulator.configuration import Configuration

CONNECTION_FAILED = "11205"
RETRIEVAL_FAILED = "11200"
NOT_TWIML = "12100"
NO_CONTENT_TYPE = "12300"
TWIML_TYPES = frozenset({"text/xml", "application/xml", "text/html"})


@dataclass(frozen=True)
class Overrides:
    """Twilio's connection overrides, in seconds; the defaults are Twilio's."""

    connect: float = 5.0
    read: float = 15.0
    total: float = 15.0
    retries: int = 1
    retry_on: frozenset[str] = frozenset({"ct"})

    @classmethod
    def from_fragment(cls, fragment: str) -> Self:
        """Read `rc=3&rp=all&rt=4000`; values out of Twilio's range are brought into it."""
        given = {name: values[-1] for name, values in parse_qs(fragment).items()}

        def bounded(name: str, default: int, least: int, most: int) -> int:
            text = given.get(name, "")
            return min(max(int(text), least), most) if text.isdecimal() else default

        policy = frozenset(given.get("rp", "ct").split(","))
        return cls(
            connect=bounded("ct", 5000, 100, 10000) / 1000,
            read=bounded("rt", 15000, 100, 15000) / 1000,
            total=bounded("tt", 15000, 100, 15000) / 1000,
            retries=bounded("rc", 1, 0, 5),
            retry_on=frozenset({"4xx", "5xx", "ct", "rt"}) if "all" in policy else policy,
        )


@dataclass(frozen=True)
class Answer:
    """What became of a webhook. `error` is Twilio's code, empty when all went well."""

    status: int | None
    error: str = ""
    retryable_as: str = ""  # "ct", "rt", "4xx" or "5xx"
    replies: list[str] = field(default_factory=list)  # texts the answer sends to the citizen

    @property
    def accepted(self) -> bool:
        return not self.error


class Desk:
    """The desk behind its public address."""

    def __init__(self, config: Configuration) -> None:
        self._config = config
        self._signer = RequestValidator(config.auth_tokens[0])

    def post(self, url: str, parameters: dict[str, str], *, is_message: bool) -> Answer:
        """POST the form to `url` (as the desk configured it), with Twilio's retries.

        A message's answer is read as TwiML; that of a status callback does not matter.
        """
        address, fragment = urldefrag(url)
        overrides = Overrides.from_fragment(fragment)
        target = self._config.reachable(address)
        if target is None:
            return Answer(None, CONNECTION_FAILED)
        headers = {
            "X-Twilio-Signature": self._signer.compute_signature(address, parameters),
            "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
        }
        ends = time.monotonic() + overrides.total
        for attempt in range(overrides.retries + 1):
            left = max(ends - time.monotonic(), 0.1)
            timeout = (min(overrides.connect, left), min(overrides.read, left))
            answer = _attempt(target, parameters, headers, timeout, is_message=is_message)
            over = attempt == overrides.retries or time.monotonic() >= ends
            if over or answer.retryable_as not in overrides.retry_on:
                break
        return answer


def _attempt(
    target: str,
    parameters: dict[str, str],
    headers: dict[str, str],
    timeout: tuple[float, float],
    *,
    is_message: bool,
) -> Answer:
    # A connection of its own: one kept open may have been closed by a restarted desk.
    with requests.Session() as session:
        session.trust_env = False
        try:
            response = session.post(
                target, data=parameters, headers=headers, timeout=timeout, allow_redirects=False
            )
        except requests.ReadTimeout:
            return Answer(None, CONNECTION_FAILED, "rt")
        except requests.RequestException:
            return Answer(None, CONNECTION_FAILED, "ct")
    if not 200 <= response.status_code < 300:
        return Answer(response.status_code, RETRIEVAL_FAILED, f"{response.status_code // 100}xx")
    return _read_twiml(response) if is_message else Answer(response.status_code)


def _read_twiml(response: requests.Response) -> Answer:
    """Find what the answer says to the citizen; plain text is said as it stands."""
    status = response.status_code
    content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if not response.content:
        return Answer(status)
    if content_type == "text/plain":
        return Answer(status, replies=[response.text])
    if content_type not in TWIML_TYPES:
        return Answer(status, NO_CONTENT_TYPE)
    try:
        return Answer(status, replies=_messages_in(response.content))
    except expat.ExpatError:
        return Answer(status, NOT_TWIML)


def _messages_in(twiml: bytes) -> list[str]:
    """The texts of every <Message>. Raises ExpatError on anything but well-formed XML."""
    texts: list[str] = []
    path: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        path.append(name)
        if name == "Message":
            texts.append("")

    def end(name: str) -> None:
        path.pop()

    def data(text: str) -> None:
        if path[-1] == "Message" or path[-2:] == ["Message", "Body"]:
            texts[-1] += text

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.Parse(twiml, True)
    return [text.strip() for text in texts if text.strip()]

"""A small, strict Twilio for tests of whole processes: takes, lists and shows messages, and fails as it is told to.

    with PretendTwilio() as twilio:
        os.environ["TWILIO_API_URL"] = twilio.url
        twilio.will(Answer.ERROR_AFTER, Answer.RATE_LIMITED)   # the next two messages
        ...
        assert twilio.counts() == {("whatsapp:+62...", "Terima kasih"): 1}

Written from Twilio's documentation and independent of the simulator, so that a mistake in one does not hide in both.
"""

import base64
import json
import re
import threading
import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

import requests

from tests import samples
from tests.environment import ACCOUNT_SID, AUTH_TOKEN, PUBLIC_URL
from tests.ports import free_port
from tests.pretend_rules import fetched, problem, worded

MESSAGES = re.compile(
    r"^/2010-04-01/Accounts/(?P<account>AC\w{32})/Messages(/(?P<sid>[SM]M\w{32}))?\.json$"
)
MEDIA_FAILED = 63019
SILENCE_SECONDS = 60


class Answer(Enum):
    """How an attempt to send ends. AFTER: the message was made all the same, and only the answer is lost."""

    OK = "ok"
    RATE_LIMITED = "429, nothing made"
    REFUSED = "400, nothing made"
    ERROR_BEFORE = "500, nothing made"
    ERROR_AFTER = "500, message made"
    SILENCE_BEFORE = "no answer until the caller gives up, nothing made"
    SILENCE_AFTER = "no answer until the caller gives up, message made"
    CUT_AFTER = "connection cut, message made"


MAKES = {Answer.OK, Answer.ERROR_AFTER, Answer.SILENCE_AFTER, Answer.CUT_AFTER}


@dataclass
class Sent:
    """A message that Twilio has made."""

    sid: str
    sender: str
    recipient: str
    body: str
    media: list[str]
    callback: str
    status: str = "queued"
    made_at: float = field(default_factory=time.time)
    error_code: int | None = None
    pictures: list[bytes] = field(default_factory=list)
    """What was behind `media`, once it has been fetched."""

    def as_json(self) -> dict[str, Any]:
        uri = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{self.sid}"
        made = formatdate(self.made_at, usegmt=True).replace("GMT", "+0000")
        return {
            "account_sid": ACCOUNT_SID,
            "api_version": "2010-04-01",
            "body": self.body,
            "date_created": made,
            "date_sent": None,
            "date_updated": made,
            "direction": "outbound-api",
            "error_code": self.error_code,
            "error_message": None,
            "from": self.sender,
            "messaging_service_sid": None,
            "num_media": str(len(self.media)),
            "num_segments": "1",
            "price": None,
            "price_unit": None,
            "sid": self.sid,
            "status": self.status,
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": self.recipient,
            "uri": f"{uri}.json",
        }


class PretendTwilio:
    """`sent` are the messages made, `attempts` all that were asked for. Both grow while it listens."""

    def __init__(self, *, token: str = AUTH_TOKEN, desk_url: str = "") -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.sent: list[Sent] = []
        self.attempts: list[Mapping[str, str]] = []
        self.token = token
        self.desk_url = desk_url
        """Where PUBLIC_URL really is; without it no picture is fetched."""
        self._script: deque[Answer] = deque()
        self._always = Answer.OK
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._server: ThreadingHTTPServer | None = None

    def will(self, *answers: Answer) -> None:
        """The next attempts end like this, one after the other; then as `always` says."""
        with self._lock:
            self._script.extend(answers)

    def always(self, answer: Answer) -> None:
        with self._lock:
            self._always = answer

    def counts(self) -> Counter[tuple[str, str]]:
        """How often each recipient was sent each text."""
        with self._lock:
            return Counter((message.recipient, message.body) for message in self.sent)

    def find(self, sid: str) -> Sent | None:
        with self._lock:
            return next((message for message in self.sent if message.sid == sid), None)

    def listen(self) -> None:
        """Take connections, again on the same port after `refuse`."""
        if self._server is not None:
            return
        pretend = self

        class Handler(_Handler):
            twilio = pretend

        ThreadingHTTPServer.allow_reuse_address = True
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def refuse(self) -> None:
        """Refuse connections, as when the network is away."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def __enter__(self) -> Self:
        self.listen()
        return self

    def __exit__(self, *args: object) -> None:
        self._over.set()
        self.refuse()

    def take(self, params: Mapping[str, str], media: list[str]) -> tuple[Answer, Sent | None]:
        """Decide how this attempt ends, and make the message when that ending makes one."""
        with self._lock:
            self.attempts.append(params)
            answer = self._script.popleft() if self._script else self._always
            if answer not in MAKES:
                return answer, None
            made = Sent(
                # Apart from the ids of incoming messages in tests.samples: all of Twilio's are different.
                sid=f"{'MM' if media else 'SM'}ff{len(self.sent) + 1:030x}",
                sender=params["From"],
                recipient=params["To"],
                body=worded(params),
                media=media,
                callback=params.get("StatusCallback", ""),
            )
            self.sent.append(made)
            return answer, made

    def fetch(self, message: Sent) -> None:
        """What goes out with a message, HEAD then GET, without credentials; what is no picture fails the message."""
        for url in message.media:
            try:
                message.pictures.append(fetched(url.replace(PUBLIC_URL, self.desk_url, 1)))
            except (requests.RequestException, ValueError):
                message.status, message.error_code = "failed", MEDIA_FAILED
                self._report(message)
                return
        message.status = "sent"

    def _report(self, message: Sent) -> None:
        path = message.callback.removeprefix(PUBLIC_URL)
        told = {"MessageSid": message.sid, "MessageStatus": message.status}
        told |= {"ErrorCode": str(message.error_code), "AccountSid": ACCOUNT_SID}
        samples.send(self.desk_url, path, told)

    def chosen(self, query: Mapping[str, str]) -> list[Sent]:
        """Newest first, as the list of messages shows them."""
        with self._lock:
            return [
                message
                for message in reversed(self.sent)
                if query.get("To", message.recipient) == message.recipient
                and query.get("From", message.sender) == message.sender
            ][: int(query.get("PageSize", 50))]

    def wait(self) -> None:
        self._over.wait(SILENCE_SECONDS)


class _Handler(BaseHTTPRequestHandler):
    twilio: PretendTwilio
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        pairs = parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True)
        if not self._is_ours() or not self._is_known(sid=False):
            return
        params = dict(pairs)
        media = [value for name, value in pairs if name == "MediaUrl"]
        if objection := problem(params, media):
            self._fail(400, *objection)
            return
        answer, made = self.twilio.take(params, media)
        match answer:
            case Answer.OK if made is not None:
                self._say(201, made.as_json())
                if media and self.twilio.desk_url:
                    threading.Thread(target=self.twilio.fetch, args=(made,), daemon=True).start()
            case Answer.RATE_LIMITED:
                self._fail(429, 20429, "Too Many Requests")
            case Answer.REFUSED:
                self._fail(400, 21211, "The 'To' number is not a valid phone number.")
            case Answer.ERROR_BEFORE | Answer.ERROR_AFTER:
                self._fail(500, 20500, "Internal Server Error")
            case Answer.SILENCE_BEFORE | Answer.SILENCE_AFTER:
                self.twilio.wait()
                self.close_connection = True
            case _:
                self.close_connection = True

    def do_GET(self) -> None:
        found = self._is_ours() and self._is_known(sid=None)
        if not found:
            return
        url = urlsplit(self.path)
        match = MESSAGES.match(url.path)
        named = match and match["sid"]
        if named:
            message = self.twilio.find(named)
            if message is None:
                self._fail(404, 20404, "The requested resource was not found")
            else:
                self._say(200, message.as_json())
            return
        messages = [message.as_json() for message in self.twilio.chosen(dict(parse_qsl(url.query)))]
        page = {"page": 0, "page_size": 50, "start": 0, "end": len(messages), "uri": self.path}
        ends = {"first_page_uri": self.path, "next_page_uri": None, "previous_page_uri": None}
        self._say(200, {**page, **ends, "messages": messages})

    def _is_ours(self) -> bool:
        expected = base64.b64encode(f"{ACCOUNT_SID}:{self.twilio.token}".encode()).decode()
        if self.headers.get("Authorization") == f"Basic {expected}":
            return True
        self._fail(401, 20003, "Authenticate")
        return False

    def _is_known(self, *, sid: bool | None) -> bool:
        match = MESSAGES.match(urlsplit(self.path).path)
        if match and match["account"] == ACCOUNT_SID and sid in (None, bool(match["sid"])):
            return True
        self._fail(404, 20404, "The requested resource was not found")
        return False

    def _fail(self, status: int, code: int, words: str) -> None:
        more = f"https://www.twilio.com/docs/errors/{code}"
        self._say(status, {"code": code, "message": words, "more_info": more, "status": status})

    def _say(self, status: int, content: Mapping[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what was asked is in `attempts`."""

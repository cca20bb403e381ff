"""A small HTTP server that plays the desk: it checks signatures with the SDK and keeps what came."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from twilio.request_validator import RequestValidator

PUBLIC_URL = "https://lapor.polres.example"
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


@dataclass(frozen=True)
class Received:
    """One request the desk got."""

    method: str
    path: str
    form: dict[str, str]
    token: str
    signed: bool


@dataclass(frozen=True)
class Answer:
    """What the desk says to one request."""

    status: int = 200
    body: str = EMPTY_TWIML
    content_type: str | None = "text/xml"
    after: float = 0.0


@dataclass
class Picture:
    """What GET and HEAD find at /m/<name>/."""

    content: bytes
    content_type: str
    status: int = 200


@dataclass
class FakeDesk:
    """Answers every webhook with empty TwiML, unless `answers` holds something else for its path."""

    auth_token: str
    received: list[Received] = field(default_factory=list)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def __enter__(self) -> "FakeDesk":
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, path: str, *answers: Answer) -> None:
        """The next requests for `path` get these answers, one each."""
        self.answers.setdefault(path, []).extend(answers)

    def clear(self) -> None:
        with self._changed:
            self.received.clear()
            self.answers.clear()
            self.pictures.clear()

    def posts(self, path: str) -> list[Received]:
        return [one for one in self.received if one.method == "POST" and one.path == path]

    def wait_for(
        self, wanted: Callable[[list[Received]], object], seconds: float = 8
    ) -> list[Received]:
        """Wait until `wanted` is true of what came; fails with what did come."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while not wanted(self.received):
                left = deadline - time.monotonic()
                assert left > 0, f"the desk waited in vain; it got {self.received}"
                self._changed.wait(left)
            return list(self.received)

    def wait_for_posts(self, path: str, count: int, seconds: float = 8) -> list[Received]:
        self.wait_for(lambda _: len(self.posts(path)) >= count, seconds)
        return self.posts(path)

    def note(self, received: Received) -> Answer:
        with self._changed:
            self.received.append(received)
            self._changed.notify_all()
            waiting = self.answers.get(received.path)
            return waiting.pop(0) if waiting else Answer()


def _handler(desk: FakeDesk) -> type[BaseHTTPRequestHandler]:
    validator = RequestValidator(desk.auth_token)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            form = dict(parse_qsl(body, keep_blank_values=True))
            signature = self.headers.get("X-Twilio-Signature", "")
            answer = desk.note(
                Received(
                    method="POST",
                    path=urlsplit(self.path).path,
                    form=form,
                    token=self.headers.get("I-Twilio-Idempotency-Token", ""),
                    signed=validator.validate(PUBLIC_URL + self.path, form, signature),
                )
            )
            time.sleep(answer.after)
            self.send_response(answer.status)
            if answer.content_type:
                self.send_header("Content-Type", answer.content_type)
            self._finish(answer.body.encode())

        def do_GET(self) -> None:
            self._picture()

        def do_HEAD(self) -> None:
            self._picture()

        def _picture(self) -> None:
            desk.note(Received(self.command, self.path, {}, "", False))
            picture = desk.pictures.get(self.path, Picture(b"", "text/plain", 404))
            self.send_response(picture.status)
            self.send_header("Content-Type", picture.content_type)
            self._finish(picture.content)

        def _finish(self, body: bytes) -> None:
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Tests speak through their assertions."""

    return Handler

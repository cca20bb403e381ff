"""From the desk to a telephone: what happens to a message after the API took it in."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import requests

from simulator import media_types, parameters
from simulator.configuration import Configuration
from simulator.courier import Courier
from simulator.directory import lines
from simulator.ledger import Ledger
from simulator.posting import Desk
from simulator.records import Callback, Direction, Media, Message, new_sid
from simulator.strongbox import Strongbox
from simulator.switches import SwitchBoard

SENT_AFTER = 0.15
DELIVERED_AFTER = 0.35
READ_AFTER = 0.1
# With `out_of_order` the news "sent" travels longer than the news "delivered".
SENT_OVERTAKEN_BY = 1.2
MEDIA_TIMEOUT = (5, 10)
CHUNK = 256 * 1024

ERRORS = {
    63016: "Outside messaging window. For WhatsApp, use a Message Template instead",
    63019: "Media failed to download",
    63024: "Invalid message recipient",
    63030: "Unsupported parameter for type of channels message",
    63034: "Media exceeds the limit of the channel",
    30003: "Unreachable destination handset",
}


class Undeliverable(Exception):
    """The message ends here, with one of Twilio's codes."""

    def __init__(self, code: int) -> None:
        super().__init__(ERRORS[code])
        self.code = code


@dataclass
class Outbound:
    """The way out. Every step is a job; each one queues the next."""

    config: Configuration
    box: Strongbox
    ledger: Ledger
    switches: SwitchBoard
    courier: Courier
    desk: Desk

    def launch(self, message: Message, delay: float = 0) -> None:
        """Start a message the API has just created, or one left over from before a restart."""
        if message.status in {"queued", "accepted"}:
            if message.status == "accepted":
                self._become(message, "queued")
            self._later(SENT_AFTER + delay, self._send, message)
        elif message.status == "sent":
            self._later(DELIVERED_AFTER + delay, self._arrive, message)

    def reply(self, text: str, *, to: Message) -> None:
        """A webhook's answer that held words: they go to the citizen at once, as at Twilio."""
        now = time.time()
        self.ledger.add(
            Message(
                sid=new_sid("SM"),
                direction=Direction.REPLY,
                kind="text",
                sender=to.recipient,
                recipient=to.sender,
                phone=to.phone,
                line=to.line,
                body=text,
                status="delivered",
                created_at=now,
                updated_at=now,
                sent_at=now,
            )
        )

    def mark_read(self, phone: str, line: str) -> int:
        """The citizen looks at this conversation; returns how many messages that settles."""
        unread = [
            message
            for message in self.ledger.all()
            if (message.phone, message.line) == (phone, line)
            and not message.is_inbound
            and message.status == "delivered"
            and message.is_whatsapp
        ]
        for message in unread:
            self._become(message, "read", delay=READ_AFTER)
        return len(unread)

    def _send(self, message: Message) -> None:
        try:
            if message.is_whatsapp:
                self._check_whatsapp(message)
            for url in message.media_urls:
                self._take_in(message, url)
        except Undeliverable as problem:
            self._fail(message, problem)
            return
        with self.ledger.changing(message):
            message.sent_at = time.time()
        held = SENT_OVERTAKEN_BY if self.switches.out_of_order else 0
        self._become(message, "sent", delay=held)
        self._later(DELIVERED_AFTER, self._arrive, message)

    def _arrive(self, message: Message) -> None:
        if self.ledger.is_unreachable(message.phone):
            self._fail(message, Undeliverable(63024 if message.is_whatsapp else 30003))
            return
        self._become(message, "delivered")

    def _fail(self, message: Message, problem: Undeliverable) -> None:
        with self.ledger.changing(message):
            message.error_code = problem.code
            message.error_message = str(problem)
        self._become(message, "failed" if message.is_whatsapp else "undelivered")

    def _check_whatsapp(self, message: Message) -> None:
        if message.content_sid:
            if message.media_urls:
                raise Undeliverable(63030)
            if message.phone and not self._has_whatsapp(message):
                raise Undeliverable(63024)
            return
        # Somebody who never wrote has opened no window, whoever they are.
        if not self.ledger.window_is_open(message.phone, lines()[message.line]):
            raise Undeliverable(63016)

    def _has_whatsapp(self, message: Message) -> bool:
        citizen = self.ledger.citizens().get(message.phone)
        return citizen is not None and "whatsapp" in citizen.channels

    def _take_in(self, message: Message, url: str) -> None:
        """Fetch one MediaUrl as Twilio does, HEAD then GET. Raises Undeliverable."""
        content_type, content = _fetched(self.config.reachable(url))
        if media_types.plain(content_type) not in media_types.KINDS:
            raise Undeliverable(63019)
        media = Media(
            sid=new_sid("ME"),
            content_type=media_types.plain(content_type),
            size=len(content),
            name=url.rstrip("/").rpartition("/")[2][:40],
            created_at=time.time(),
        )
        self.box.put_media(media.sid, content)
        with self.ledger.changing(message):
            message.media.append(media)

    def _become(self, message: Message, status: str, *, delay: float = 0) -> None:
        """Move to `status` and tell the desk."""
        with self.ledger.changing(message):
            message.status = status
        if not message.status_callback:
            return
        callback = Callback(status)
        citizen = self.ledger.citizens().get(message.phone)
        form = parameters.for_status(
            message, status, citizen.user_id if citizen else "", self.config.account_sid
        )
        overtaken = delay if self.switches.out_of_order else 0
        self.courier.submit(
            lambda: self._announce(message, callback, form),
            # Out of order means: not kept in turn behind the news before it.
            lane="" if overtaken else f"callbacks {message.sid}",
            delay=delay + self.switches.late_seconds,
        )

    def _announce(self, message: Message, callback: Callback, form: dict[str, str]) -> None:
        if not self.switches.take("lose_callbacks_next"):
            answer = self.desk.post(message.status_callback, form, is_message=False)
            callback.answer = answer.status
            if self.switches.strikes("doubled_every"):
                self.desk.post(message.status_callback, form, is_message=False)
        with self.ledger.changing(message):
            message.callbacks.append(callback)

    def _later(self, delay: float, step: Callable[[Message], None], message: Message) -> None:
        self.courier.submit(lambda: step(message), lane=f"way {message.sid}", delay=delay)


def _fetched(url: str | None) -> tuple[str, bytes]:
    """The content type and bytes behind `url`. Raises Undeliverable."""
    if url is None:
        raise Undeliverable(63019)
    with requests.Session() as session:
        session.trust_env = False
        try:
            head = session.head(url, timeout=MEDIA_TIMEOUT, allow_redirects=False)
            if head.status_code != 200:
                raise Undeliverable(63019)
            with session.get(url, timeout=MEDIA_TIMEOUT, stream=True, allow_redirects=False) as got:
                content_type = media_types.plain(got.headers.get("Content-Type", ""))
                most = media_types.limit(content_type)
                content = b""
                for chunk in got.iter_content(CHUNK):
                    content += chunk
                    if len(content) > most:
                        raise Undeliverable(63034)
        except requests.RequestException as problem:
            raise Undeliverable(63019) from problem
    if got.status_code != 200 or not content:
        raise Undeliverable(63019)
    if not media_types.is_what_it_says(content_type, content):
        raise Undeliverable(63019)
    return content_type, content

"""From a citizen's telephone to the desk: one message, one signed webhook, or its misfortune."""

import time
from concurrent.futures import Future
from dataclasses import dataclass, field

from simulator import parameters, posting
from simulator.attachments import Attachment
from simulator.configuration import Configuration
from simulator.courier import Courier
from simulator.directory import Citizen, Line
from simulator.ledger import Ledger
from simulator.outbound import Outbound
from simulator.posting import Answer, Desk
from simulator.records import Button, Direction, Handover, Media, Message, Place, new_sid
from simulator.strongbox import Strongbox
from simulator.switches import SwitchBoard

MESSAGES_PATH = "/twilio/messages/"
FALLBACK_PATH = "/twilio/fallback/"
# How long `out_of_order` keeps a message back, so that the next one overtakes it.
HELD_BACK_SECONDS = 2.0


@dataclass(frozen=True)
class Draft:
    """What a citizen is about to send. `kind` is WhatsApp's MessageType."""

    kind: str = "text"
    text: str = ""
    attachment: Attachment | None = None
    place: Place | None = None
    pressed: Button | None = None
    quoted: str = ""
    forwarded: str = ""


@dataclass
class Inbound:
    """The way in."""

    config: Configuration
    box: Strongbox
    ledger: Ledger
    switches: SwitchBoard
    courier: Courier
    desk: Desk
    outbound: Outbound
    _urls: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        fragment = f"#{self.config.webhook_fragment}" if self.config.webhook_fragment else ""
        self._urls = (
            f"{self.config.public_url}{MESSAGES_PATH}{fragment}",
            f"{self.config.public_url}{FALLBACK_PATH}{fragment}",
        )

    def send(
        self, draft: Draft, *, sender: Citizen, line: Line, lane: str = ""
    ) -> tuple[Message, "Future[None]"]:
        """Send one message; returns it with a future that ends when the desk was asked.

        Messages of one lane reach the desk one after the other: by default, those of one
        conversation.
        """
        now = time.time()
        media = [self._stored(draft.attachment, now)] if draft.attachment else []
        message = Message(
            sid=new_sid("MM" if media else "SM"),
            direction=Direction.INBOUND,
            kind=draft.kind,
            sender=sender.address(line.channel),
            recipient=line.address,
            phone=sender.slug,
            line=line.id,
            body=draft.text,
            status="received",
            created_at=now,
            updated_at=now,
            media=media,
            place=draft.place,
            pressed=draft.pressed,
            quoted=draft.quoted,
            forwarded=draft.forwarded,
        )
        self.ledger.add(message)
        return message, self.deliver(message, lane=lane)

    def deliver(self, message: Message, *, lane: str = "", delay: float = 0) -> "Future[None]":
        """Post the webhook of `message`, for the first time or once more."""
        with self.ledger.changing(message):
            message.handover = Handover.WAITING
            message.handover_note = ""
        delay += self.switches.late_seconds
        if self.switches.held_back("messages"):
            delay += HELD_BACK_SECONDS
        return self.courier.submit(
            lambda: self._post(message),
            lane=lane or f"{message.phone} {message.line}",
            delay=delay,
        )

    def _post(self, message: Message) -> None:
        if self.switches.take("lose_messages_next"):
            with self.ledger.changing(message):
                message.handover = Handover.LOST
            return
        with self.ledger.lock:
            sender = self.ledger.citizens()[message.phone]
            form = parameters.for_message(message, sender, self.config)
            message.sent_at = time.time()
        answer = self._post_with_fallback(form)
        if self.switches.strikes("doubled_every"):
            self._post_with_fallback(form)
        with self.ledger.changing(message):
            message.handover = Handover.ACCEPTED if answer.accepted else Handover.REFUSED
            message.handover_note = _note(answer)
        for text in answer.replies:
            self.outbound.reply(text, to=message)

    def _post_with_fallback(self, form: dict[str, str]) -> Answer:
        primary, fallback = self._urls
        answer = self.desk.post(primary, form, is_message=True)
        if answer.accepted:
            return answer
        failed = {"ErrorCode": answer.error, "ErrorUrl": primary.partition("#")[0]}
        second = self.desk.post(fallback, form | failed, is_message=True)
        # The first failure is the telling one when both fail.
        return second if second.accepted else answer

    def _stored(self, attachment: Attachment, now: float) -> Media:
        sid = new_sid("ME")
        self.box.put_media(sid, attachment.content)
        return Media(
            sid=sid,
            content_type=attachment.content_type,
            size=len(attachment.content),
            name=attachment.name,
            created_at=now,
        )


def _note(answer: Answer) -> str:
    if answer.accepted:
        return ""
    if answer.status is None:
        return "meja tidak dapat dihubungi"
    if answer.error == posting.RETRIEVAL_FAILED:
        return f"meja menjawab HTTP {answer.status}"
    return f"jawaban meja tidak dimengerti (galat {answer.error})"

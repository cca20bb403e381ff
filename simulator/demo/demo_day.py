"""Playing the demo day: each message once, those the desk did not accept again on the next call."""

import threading
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Any

from simulator import directory
from simulator.attachments import Attachment, contact_card
from simulator.demo import pictures
from simulator.directory import lines
from simulator.exchange import Exchange
from simulator.inbound import Draft
from simulator.media_types import KINDS
from simulator.records import Handover, Message, Place

# One lane for all: the day arrives in the order in which it was written.
LANE = "demo day"
LONGEST_WAIT = 60

_playing = threading.Lock()


def play(running: Exchange) -> dict[str, int]:
    """Send what the desk has not accepted yet, and wait for its answers.

    Returns how many messages the day has; how many of them were posted now, and accepted of
    those; and how many the desk has accepted altogether. A second call finds everything accepted
    and posts nothing.
    """
    day = directory.read("demo_day")
    with _playing:
        before = _accepted(day, running)
        posted = [done for entry in day if (done := _post(entry, running)) is not None]
        for done in posted:
            done.exception(timeout=LONGEST_WAIT)
        after = _accepted(day, running)
    return {
        "messages": len(day),
        "posted": len(posted),
        "accepted": after - before,
        "accepted_in_all": after,
    }


def draft_of(entry: dict[str, Any], now: datetime) -> Draft:
    """The message an entry of the day describes; pictures and papers are drawn."""
    place = Place(**entry["place"]) if "place" in entry else None
    attachment = _attachment(entry, now, place)
    if attachment:
        kind, place = KINDS[attachment.content_type], None
    else:
        kind = "location" if place else "text"
    return Draft(
        kind=kind,
        text=entry.get("text", ""),
        attachment=attachment,
        place=place,
        forwarded=entry.get("forwarded", ""),
    )


def _attachment(entry: dict[str, Any], now: datetime, place: Place | None) -> Attachment | None:
    if name := entry.get("picture"):
        return Attachment(pictures.photo(name, now, place), "image/jpeg", f"{name}.jpg")
    if title := entry.get("document"):
        return Attachment(pictures.paper(title), "application/pdf", entry["text"])
    if entry.get("voice"):
        # A synthetic voice (flite, through ffmpeg), so that nobody's own is in it.
        recording = (directory.DATA / "voice-note.ogg").read_bytes()
        return Attachment(recording, "audio/ogg", "voice-note.ogg")
    if contact := entry.get("contact_name"):
        return contact_card(contact, entry["contact_phone"])
    return None


def _post(entry: dict[str, Any], running: Exchange) -> "Future[None] | None":
    """Post one message for the first time, or again; None when there is nothing to do."""
    if (message := _sent(entry, running)) is not None:
        if message.handover in {Handover.REFUSED, Handover.LOST}:
            return running.inbound.deliver(message, lane=LANE)
        return None
    sender = running.ledger.citizens()[entry["phone"]]
    line = lines()[entry.get("line", sender.line)]
    draft = draft_of(entry, datetime.now(UTC))
    message, done = running.inbound.send(draft, sender=sender, line=line, lane=LANE)
    with running.ledger.lock:
        running.ledger.demo[entry["key"]] = message.sid
        running.ledger.changed()
    return done


def _sent(entry: dict[str, Any], running: Exchange) -> Message | None:
    with running.ledger.lock:
        return running.ledger.get(running.ledger.demo.get(entry["key"], ""))


def _accepted(day: list[dict[str, Any]], running: Exchange) -> int:
    sent = [_sent(entry, running) for entry in day]
    return sum(message is not None and message.handover is Handover.ACCEPTED for message in sent)

"""Playing the demo day: each message once, those the desk did not accept again on the next call."""

import threading
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Any

from simulator import directory
from simulator.demo.drafts import draft_of
from simulator.directory import lines
from simulator.exchange import Exchange
from simulator.records import Handover, Message

# One lane for all: the day arrives in the order in which it was written.
LANE = "demo day"
LONGEST_WAIT = 60

_playing = threading.Lock()


def play(running: Exchange, *, hold_back: bool = False) -> dict[str, int]:
    """Send what the desk has not accepted yet, and wait for its answers.

    With `hold_back`, what citizens write after the desk's first work waits for the next call.
    Returns how many messages the day has; how many of them were posted now, and accepted of
    those; and how many the desk has accepted altogether. Once everything is accepted, a call
    posts nothing.
    """
    day = directory.read("demo_day")
    due = [entry for entry in day if not (hold_back and entry.get("waits_for_desk"))]
    with _playing:
        before = _accepted(day, running)
        posted = [done for entry in due if (done := _post(entry, running)) is not None]
        for done in posted:
            done.exception(timeout=LONGEST_WAIT)
        after = _accepted(day, running)
    return {
        "messages": len(day),
        "posted": len(posted),
        "accepted": after - before,
        "accepted_in_all": after,
    }


def _post(entry: dict[str, Any], running: Exchange) -> "Future[None] | None":
    """Post one message for the first time, or again; None when there is nothing to do."""
    if (message := _sent(entry["key"], running)) is not None:
        if message.handover in {Handover.REFUSED, Handover.LOST}:
            return running.inbound.deliver(message, lane=LANE)
        return None
    sender = running.ledger.citizens()[entry["phone"]]
    line = lines()[entry.get("line", sender.line)]
    draft = draft_of(entry, datetime.now(UTC), _quoted(entry, line.id, running))
    message, done = running.inbound.send(draft, sender=sender, line=line, lane=LANE)
    with running.ledger.lock:
        running.ledger.demo[entry["key"]] = message.sid
        running.ledger.changed()
    return done


def _quoted(entry: dict[str, Any], line: str, running: Exchange) -> str:
    """What the message answers: one of the day by its key, or the desk's latest words ("desk")."""
    if (key := entry.get("quotes", "")) != "desk":
        return running.ledger.demo.get(key, "")
    words_of_the_desk = [
        message
        for message in running.ledger.all()
        if (message.phone, message.line) == (entry["phone"], line) and not message.is_inbound
    ]
    return words_of_the_desk[-1].sid if words_of_the_desk else ""


def _sent(key: str, running: Exchange) -> Message | None:
    with running.ledger.lock:
        return running.ledger.get(running.ledger.demo.get(key, ""))


def _accepted(day: list[dict[str, Any]], running: Exchange) -> int:
    sent = [_sent(entry["key"], running) for entry in day]
    return sum(message is not None and message.handover is Handover.ACCEPTED for message in sent)

"""What wakes the verbs: the drain of the inbox, and the clock that finds what a lost ring left lying."""

import logging
import time
import traceback
from collections import Counter
from datetime import datetime, timedelta

from celery import shared_task
from django.conf import settings
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from reports import bell, delivery, inbox, intake
from reports.channels.base import UnknownPayload
from reports.models import Change, InboxEntry, Message

logger = logging.getLogger(__name__)

DRAIN_SECONDS = 5
"""One run of the drain gives way after this long, so that no worker is held for ever by a burst."""
BATCH = 50
UNMATCHED = "unmatched"


@shared_task(name="reports.drain_inbox")
def drain_inbox(seconds: float | None = DRAIN_SECONDS) -> dict[str, int]:
    """Process what waits, oldest first, until nothing is due (or for `seconds`); how many by outcome.

    Several may run at once: each takes entries that no other holds.
    """
    counts: Counter[str] = Counter()
    ends_at = time.monotonic() + seconds if seconds is not None else None
    while outcome := _drain_one():
        counts[outcome] += 1
        if ends_at is not None and time.monotonic() > ends_at:
            bell.ring("reports.drain_inbox")
            break
    return dict(counts)


@shared_task(name="reports.deliver_due")
def deliver_due() -> dict[str, int]:
    """Send what is due and ask about what is in doubt; how many of each. The same by hand as by the clock."""
    now = timezone.now()
    waiting = list(Message.objects.ready_to_go(now).values_list("pk", flat=True)[:BATCH])
    doubtful = list(Message.objects.in_doubt(now).values_list("pk", flat=True)[:BATCH])
    return {
        "sent": sum(delivery.deliver(str(pk)) for pk in waiting),
        "settled": sum(delivery.settle(str(pk)) for pk in doubtful),
    }


def tick() -> None:
    """Once a second: put away the spool, and ring for whatever is due. What has waited too long, because no worker or no
    broker is there, is done here and now."""
    now = timezone.now()
    inbox.put_away_spool()
    oldest = InboxEntry.objects.due(now).values_list("due_at", flat=True).first()
    _ring_or_do("reports.drain_inbox", drain_inbox, oldest, now)
    waiting = Message.objects.ready_to_go(now).values_list("due_at", flat=True).first()
    doubtful = Message.objects.in_doubt(now).values_list("due_at", flat=True).first()
    due = min((at for at in (waiting, doubtful) if at is not None), default=None)
    _ring_or_do("reports.deliver_due", deliver_due, due, now)


def tidy() -> dict[str, int]:
    """Once an hour: forget what open desks no longer follow and what has been understood long ago."""
    now = timezone.now()
    changes = Change.objects.filter(at__lt=now - settings.CHANGES_KEEP)
    entries = InboxEntry.objects.filter(processed_at__lt=now - settings.INBOX_KEEP)
    messages = Message.objects.filter(at__lt=now - settings.INBOX_KEEP).exclude(raw_sealed=b"")
    return {
        "changes": changes.delete()[0] + _changes_of_another_server(),
        "entries": entries.delete()[0],
        "raw": messages.update(raw_sealed=b""),
    }


def _changes_of_another_server() -> int:
    # A restored dump brings transaction numbers that this server has not reached: they would sort after all new ones.
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        (ahead,) = cursor.fetchone()
    return Change.objects.filter(transaction__gt=ahead).delete()[0]


def _ring_or_do(name: str, job, due_at: datetime | None, now: datetime) -> None:  # type: ignore[no-untyped-def]
    if due_at is None:
        return
    bell.ring(name)
    if now - due_at > settings.OVERDUE_AFTER:
        job()


def _drain_one() -> str | None:
    """Process the oldest entry that is due and that nobody else holds; what became of it, or None when there is none."""
    entry = None
    try:
        with transaction.atomic():
            due = InboxEntry.objects.select_for_update(skip_locked=True).due(timezone.now())
            entry = due.first()
            if entry is None:
                return None
            outcome = _process(entry)
    except (OperationalError, InterfaceError):
        # The database's trouble, not the entry's: it keeps its tries and waits for the next ring.
        connection.close_if_unusable_or_obsolete()
        logger.warning("drain stopped: database away or busy")
        return None
    except Exception as error:  # noqa: BLE001
        # Whatever a citizen managed to send: this entry steps aside, the rest flow on.
        if entry is None:
            raise
        return _failed(entry, error)
    return outcome


def _process(entry: InboxEntry) -> str:
    if entry.kind == InboxEntry.Kind.MESSAGE:
        intake.receive(entry)
        return _done(entry, "message")
    payload = inbox.read(entry)
    params = payload.params
    found = delivery.note_status(
        provider_sid=entry.provider_id,
        word=params.get("MessageStatus") or params.get("SmsStatus") or "",
        error_code=params.get("ErrorCode", "")[:20],
        message_id=payload.query.get("m", ""),
        at=entry.received_at,
    )
    if found:
        return _done(entry, "status")
    age = timezone.now() - entry.received_at
    if age > settings.ORPHAN_STATUS_KEEP:
        return _done(entry, "orphan")
    # It may have come before the answer to our own call: soon again, then ever more rarely.
    pause = min(max(age / 2, timedelta(seconds=2)), timedelta(minutes=10))
    InboxEntry.objects.filter(pk=entry.pk).update(due_at=timezone.now() + pause, reason=UNMATCHED)
    return UNMATCHED


def _done(entry: InboxEntry, outcome: str) -> str:
    InboxEntry.objects.filter(pk=entry.pk).update(
        processed_at=timezone.now(), payload_sealed=b"", reason=""
    )
    return outcome


def _failed(entry: InboxEntry, error: Exception) -> str:
    """Count the try; again after a growing pause, or parked in sight of the desk."""
    if isinstance(error, IntegrityError) and Message.objects.filter(
        provider_sid=entry.provider_id
    ).exists():
        # Taken in long ago, and the inbox has forgotten it since.
        return _done(entry, "known")
    now = timezone.now()
    reason = type(error).__name__
    tries = entry.tries + 1
    hopeless = isinstance(error, (intake.UnknownNumber, UnknownPayload))
    parked = hopeless or tries >= settings.INBOX_TRIES
    try:
        InboxEntry.objects.filter(pk=entry.pk, processed_at=None).update(
            tries=tries,
            reason=reason[:60],
            due_at=now + settings.INBOX_RETRY_FIRST * 2 ** (tries - 1),
            parked_at=now if parked else None,
        )
    except DatabaseError:
        logger.warning("a failed entry could not be noted")
        return "failed"
    # Never the exception's own words: they can hold what the citizen wrote.
    where = traceback.extract_tb(error.__traceback__)[-1]
    logger.error(
        "entry not understood",
        extra={"entry": str(entry.pk), "error": reason, "where": f"{where.name}:{where.lineno}"},
    )
    return "parked" if parked else "failed"

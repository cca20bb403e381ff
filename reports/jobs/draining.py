"""Read the inbox: entries become messages of reports and states of messages, oldest first, in batches."""

import logging
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.db import (
    DatabaseError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)
from django.utils import timezone

from reports import bell, inbox, intake, receipts
from reports.channels.base import UnknownPayload
from reports.channels.payload import plain
from reports.models import InboxEntry, KeptMessage, Message
from reports.models.message import Direction

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
    while some := _drain_batch():
        counts += some
        if ends_at is not None and time.monotonic() > ends_at:
            bell.ring("reports.drain_inbox")
            break
    return dict(counts)


def _drain_batch() -> Counter[str]:
    """Process the oldest entries that are due and that nobody else holds; how many by outcome, empty when none is left."""
    ids: list[UUID] = []
    try:
        with transaction.atomic():
            due = InboxEntry.objects.select_for_update(skip_locked=True).due(timezone.now())
            entries = list(due[:BATCH])
            ids = [entry.pk for entry in entries]
            return _process(entries)
    except (OperationalError, InterfaceError) as error:
        return _stopped(error)
    except Exception as error:  # noqa: BLE001
        if not ids:
            raise
        # One of them breaks the batch: each alone, so that only that one steps aside.
        logger.warning("batch not understood: %s", type(error).__name__)
    counts: Counter[str] = Counter()
    for pk in ids:
        counts += _drain_one(pk)
    return counts


def _drain_one(pk: UUID) -> Counter[str]:
    entry = None
    try:
        with transaction.atomic():
            unread = InboxEntry.objects.select_for_update(skip_locked=True).unread()
            entry = unread.filter(pk=pk).first()
            return _process([entry]) if entry else Counter()
    except (OperationalError, InterfaceError) as error:
        return _stopped(error)
    except Exception as error:  # noqa: BLE001
        # Whatever a citizen managed to send: this entry steps aside, the rest flow on.
        if entry is None:
            raise
        return Counter([_failed(entry, error)])


def _stopped(error: Exception) -> Counter[str]:
    # The database's trouble, not the entry's: it keeps its tries and waits for the next ring.
    connection.close_if_unusable_or_obsolete()
    logger.warning("drain stopped, database away or busy: %s", type(error).__name__)
    return Counter()


def _process(entries: Sequence[InboxEntry]) -> Counter[str]:
    messages = [entry for entry in entries if entry.kind == InboxEntry.Kind.MESSAGE]
    statuses = [entry for entry in entries if entry.kind == InboxEntry.Kind.STATUS]
    outcomes: Counter[str] = Counter()
    failures = intake.receive(messages) if messages else {}
    understood = [entry for entry in messages if entry.pk not in failures]
    outcomes["message"] = len(understood)
    for entry in messages:
        if problem := failures.get(entry.pk):
            outcomes[_failed(entry, problem)] += 1
    done, waiting = _note_receipts(statuses) if statuses else ([], [])
    outcomes["status"] = len(done)
    outcomes[UNMATCHED] = len(waiting)
    InboxEntry.objects.filter(pk__in=[entry.pk for entry in understood + done]).update(
        processed_at=timezone.now(), payload_sealed=b"", reason=""
    )
    return +outcomes


def _note_receipts(
    entries: Sequence[InboxEntry],
) -> tuple[list[InboxEntry], list[InboxEntry]]:
    """Those that found their message or are too old to find it, and those that wait for it."""
    told = []
    for entry in entries:
        payload = inbox.read(entry)
        told.append(
            receipts.Receipt(
                provider_sid=entry.provider_id,
                word=payload.params.get("MessageStatus") or payload.params.get("SmsStatus") or "",
                error_code=plain(payload.params.get("ErrorCode", ""))[:20],
                message_id=payload.query.get("m", ""),
                at=entry.received_at,
            )
        )
    done, waiting = [], []
    now = timezone.now()
    for entry, found in zip(entries, receipts.note(told), strict=True):
        age = now - entry.received_at
        if found or age > settings.ORPHAN_STATUS_KEEP:
            done.append(entry)
            continue
        # It may have come before the answer to our own call: soon again, then ever more rarely.
        entry.due_at = now + min(max(age / 2, timedelta(seconds=2)), timedelta(minutes=10))
        entry.reason = UNMATCHED
        waiting.append(entry)
    if waiting:
        InboxEntry.objects.bulk_update(waiting, ["due_at", "reason"])
    return done, waiting


def _is_known(provider_sid: str) -> bool:
    """Whether it is a message of a report, or one that is kept."""
    inbound = Message.objects.filter(direction=Direction.INBOUND)
    return any(
        rows.filter(provider_sid=provider_sid).exists() for rows in (inbound, KeptMessage.objects)
    )


def _failed(entry: InboxEntry, error: Exception) -> str:
    """Count the try; again after a growing pause, or parked in sight of the desk."""
    if isinstance(error, IntegrityError) and _is_known(entry.provider_id):
        # Taken in long ago, and the inbox has forgotten it since.
        InboxEntry.objects.filter(pk=entry.pk).update(
            processed_at=timezone.now(), payload_sealed=b"", reason=""
        )
        return "known"
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
    *_, where = traceback.extract_tb(error.__traceback__) or [traceback.FrameSummary("", 0, "")]
    logger.error(
        "entry not understood",
        extra={"entry": str(entry.pk), "error": reason, "where": f"{where.name}:{where.lineno}"},
    )
    return "parked" if parked else "failed"

"""What wakes the verbs: the drain of the inbox, and the clock that finds what a lost ring left lying."""

import logging
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
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

from reports import (
    bell,
    delivery,
    events,
    heartbeats,
    inbox,
    intake,
    pictures,
    receipts,
    summoning,
    targets,
)
from reports.channels.base import UnknownPayload
from reports.channels.payload import plain
from reports.identity import audit
from reports.models import Change, InboxEntry, Message, Summons
from reports.models.message import Direction

logger = logging.getLogger(__name__)

DRAIN_SECONDS = 5
"""One run of the drain gives way after this long, so that no worker is held for ever by a burst."""
DELIVER_SECONDS = 5
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


@shared_task(name="reports.deliver_due")
def deliver_due() -> dict[str, int]:
    """Send what is due and ask about what is in doubt; how many of each. The same by hand as by the clock."""
    now, ends_at = timezone.now(), time.monotonic() + DELIVER_SECONDS
    steps = (
        ("settled", delivery.settle, Message.objects.in_doubt(now)),
        ("sent", delivery.deliver, Message.objects.ready_to_go(now)),
    )
    counts = {name: 0 for name, _, _ in steps}
    for name, step, messages in steps:
        for pk in list(messages.values_list("pk", flat=True)[:BATCH]):
            if time.monotonic() > ends_at:
                # A Twilio that hangs must not hold up whoever called: the rest is still due.
                return counts
            counts[name] += _one_by_itself(step, pk)
    return counts


def _one_by_itself(step: Callable[[str], bool], pk: UUID) -> bool:
    """One message that cannot be dealt with must not hold up the others: it is looked at again, much later."""
    try:
        return step(str(pk))
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001
        logger.error("delivery stuck", extra={"message_id": str(pk), "error": type(error).__name__})
        Message.objects.filter(pk=pk).update(
            due_at=timezone.now() + settings.DELIVERY_RETRY_LONGEST
        )
        return False


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
    _ring_or_do("reports.summon_due", summoning.summon_due, summoning.next_due(now), now)


def beat() -> None:
    """Say now and then that the clock goes, and ring for a sign of life of whoever has not given one lately."""
    now, seen = timezone.now(), heartbeats.seen()
    last = seen.get(heartbeats.CLOCK)
    if last is not None and abs(now - last) < settings.CLOCK_BEATS_EVERY:
        return
    heartbeats.beat(heartbeats.CLOCK)
    for part in (heartbeats.WORKER, heartbeats.SENDER):
        if part not in seen or now - seen[part] >= settings.SIGN_OF_LIFE_EVERY:
            bell.ring(f"reports.{part}_beats")


def let_go_of_windows() -> int:
    """Every half minute: what was due because a window was closing goes on to what is lost next. How many did."""
    with transaction.atomic():
        let_go = targets.let_go_of_windows(at=timezone.now())
        events.changed(*let_go)
    return len(let_go)


def tidy() -> dict[str, int]:
    """Once an hour: forget what nobody needs any more, and anchor the audit chain."""
    now = timezone.now()
    audit.anchor()
    changes = Change.objects.filter(at__lt=now - settings.CHANGES_KEEP)
    entries = InboxEntry.objects.filter(processed_at__lt=now - settings.INBOX_KEEP)
    messages = Message.objects.filter(at__lt=now - settings.INBOX_KEEP).exclude(raw_sealed=b"")
    Summons.objects.filter(at__lt=now - settings.SUMMONS_KEEP).delete()
    return {
        "changes": changes.delete()[0] + _changes_of_another_server(),
        "entries": entries.delete()[0],
        "raw": messages.update(raw_sealed=b""),
        "pictures": pictures.forget_unused(now),
    }


def _changes_of_another_server() -> int:
    # A restored dump brings transaction numbers that this server has not reached: they would sort after all new ones.
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        (ahead,) = cursor.fetchone()
    return Change.objects.filter(transaction__gt=ahead).delete()[0]


def _ring_or_do(
    name: str, job: Callable[[], object], due_at: datetime | None, now: datetime
) -> None:
    if due_at is None:
        return
    bell.ring(name)
    if now - due_at > settings.OVERDUE_AFTER:
        job()


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


def _failed(entry: InboxEntry, error: Exception) -> str:
    """Count the try; again after a growing pause, or parked in sight of the desk."""
    if (
        isinstance(error, IntegrityError)
        and Message.objects.filter(
            provider_sid=entry.provider_id, direction=Direction.INBOUND
        ).exists()
    ):
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

"""What the clock does: ring for whatever is due, do what has waited too long, forget what nobody needs any more."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, connections, transaction
from django.utils import timezone

from reports import (
    bell,
    delivery,
    events,
    heartbeats,
    inbox,
    incident_answers,
    numbers,
    pictures,
    summoning,
    targets,
)
from reports.identity import audit
from reports.jobs import asking
from reports.jobs.answering_incidents import answer_incidents
from reports.jobs.draining import drain_inbox
from reports.jobs.fetching import fetch
from reports.jobs.following_up import enrich
from reports.jobs.learning import ring_at_night
from reports.models import Attachment, Change, InboxEntry, Message, Summons

logger = logging.getLogger(__name__)

DELIVER_SECONDS = 5
BATCH = 50


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
    unread = Message.objects.to_enrich(now).values_list("enrich_due_at", flat=True).first()
    _ring_or_do("reports.enrich", partial(enrich, rounds=1), unread, now)
    # Not the clock: it must not wait for an address server.
    ask = partial(asking.ask_places, looks_up=False)
    _ring_or_do("reports.ask_places", ask, asking.next_due(now), now)
    _ring_for_files(now)
    answers = incident_answers.next_due(now)
    _ring_or_do("reports.answer_incidents", answer_incidents, answers, now)
    _ring_or_do("reports.summon_due", summoning.summon_due, summoning.next_due(now), now)


def beat() -> None:
    """Say now and then that the clock goes, and ring for a sign of life of whoever has not given one lately."""
    now, seen = timezone.now(), heartbeats.seen()
    last = seen.get(heartbeats.CLOCK)
    if last is not None and abs(now - last) < settings.CLOCK_BEATS_EVERY:
        return
    heartbeats.beat(heartbeats.CLOCK)
    for part in (heartbeats.WORKER, heartbeats.SENDER, heartbeats.ENRICHER):
        if part not in seen or now - seen[part] >= settings.SIGN_OF_LIFE_EVERY:
            bell.ring(f"reports.{part}_beats")


def let_go_of_windows() -> int:
    """Every half minute: what was due because a window was closing goes on to what is lost next. How many did."""
    with transaction.atomic():
        let_go = targets.let_go_of_windows(at=timezone.now())
        events.changed(*let_go)
    return len(let_go)


def tell_new_numbers() -> int:
    """Every half minute: people with open reports on a number that was given up are told the new one. How many were."""
    return numbers.tell_due(timezone.now())


def tidy() -> dict[str, int]:
    """Once an hour: forget what nobody needs any more, anchor the audit chain, and ring for what is done at night."""
    now = timezone.now()
    audit.anchor()
    ring_at_night()
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


def _ring_for_files(now: datetime) -> None:
    """Never here and now: a file may take minutes. Where nobody else fetches, a thread of the clock's process does."""
    to_fetch = Attachment.objects.to_fetch(now).values_list("due_at", flat=True).first()
    to_delete = Attachment.objects.to_delete_at_provider(now).values_list(
        "delete_due_at", flat=True
    )
    due_at = to_fetch or to_delete.first()
    if due_at is None:
        return
    bell.ring("reports.fetch")
    if now - due_at < settings.STANDS_STILL_AFTER:
        return
    seen = heartbeats.seen().get(heartbeats.ENRICHER)
    if seen is None or now - seen > settings.STANDS_STILL_AFTER:
        threading.Thread(target=_fetch_aside, name="fetch", daemon=True).start()


def _fetch_aside() -> None:
    try:
        fetch()
    except Exception as error:  # noqa: BLE001
        # Whatever it was: the rows are still due.
        logger.error("files not fetched: %s", type(error).__name__)
    finally:
        connections.close_all()


def _ring_or_do(
    name: str, job: Callable[[], object], due_at: datetime | None, now: datetime
) -> None:
    if due_at is None:
        return
    bell.ring(name)
    if now - due_at > settings.OVERDUE_AFTER:
        job()

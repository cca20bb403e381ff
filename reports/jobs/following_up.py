"""What follows from what was found: through the verbs, and by itself only what may do no harm."""

import logging
import threading
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from reports import bell, describing, events, feedback
from reports.enrichment import enriching
from reports.enrichment.hints import Hint
from reports.jobs import asking
from reports.models import Message, Report
from reports.models.finding import Enricher
from reports.workflow import Urgency

logger = logging.getLogger(__name__)

BATCH = 20
ROUNDS = 25
"""One run gives way after so many batches, so that no worker is held for ever by a burst."""
CERTAIN_ENOUGH = 0.5

_one_reads = threading.Lock()
"""Reading computes: a second thread of the same process would only take turns with the first."""


@shared_task(name="reports.enrich")
def enrich(rounds: int = ROUNDS) -> int:
    """Read what waits to be read for hints, and do what follows, so many batches at most; how many messages."""
    if not _one_reads.acquire(blocking=False):
        return 0
    try:
        count = 0
        for _round in range(rounds):
            done = _batch()
            count += done
            if done < BATCH:
                return count
    finally:
        _one_reads.release()
    bell.ring("reports.enrich")
    return count


def _batch() -> int:
    messages = _claimed()
    try:
        _read(messages)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001
        # One of them breaks the batch: each alone, so that only that one steps aside.
        logger.warning("batch not read for hints: %s", type(error).__name__)
        for message in messages:
            _alone(message)
    return len(messages)


@transaction.atomic
def _claimed() -> list[Message]:
    """The longest waiting, for us alone as long as the lease lasts: whoever is killed leaves them to be read again.

    What follows is read outside of a transaction: one that has written holds up the feed of every desk.
    """
    now = timezone.now()
    due = Message.objects.select_for_update(skip_locked=True).to_enrich(now)
    ids = list(due.values_list("pk", flat=True)[:BATCH])
    if not ids:
        return []
    until = now + settings.ENRICH_LEASE
    Message.objects.filter(pk__in=ids).update(enrich_due_at=until)
    rows = Message.objects.select_related("report__category").defer(
        "raw_sealed", "report__category__keywords"
    )
    return list(rows.filter(pk__in=ids).order_by("at", "id"))


def _alone(message: Message) -> None:
    try:
        _read([message])
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001
        # Whatever a citizen managed to send: the desk has it, it only has no hints.
        logger.error(
            "message not read for hints",
            extra={"row": str(message.pk), "error": type(error).__name__},
        )
        _step_aside(message)


def _step_aside(message: Message) -> None:
    tries = message.enrich_tries + 1
    again = timezone.now() + timedelta(minutes=tries) if tries < settings.ENRICH_TRIES else None
    Message.objects.filter(pk=message.pk).update(enrich_due_at=again, enrich_tries=tries)


def _read(messages: Sequence[Message]) -> None:
    answers = enriching.enrich(messages)
    with transaction.atomic():
        ours = _still_ours(messages)
        answers = [answer for answer in answers if answer.message.pk in ours]
        enriching.write(answers)
        Message.objects.filter(pk__in=ours).update(enrich_due_at=None)
        events.changed(*{m.report_id: m.report for m in messages if m.pk in ours}.values())
        for answer in answers:
            follow_up(answer.message.report, answer.hints)
        feedback.take_answers([answer.message for answer in answers])
        asking.plan((answer.message, answer.hints) for answer in answers)


def _still_ours(messages: Sequence[Message]) -> set[UUID]:
    """Those whose lease has not passed to somebody else, and that are still part of the report that they were read in."""
    read_in = {message.pk: (message.enrich_due_at, message.report_id) for message in messages}
    now = Message.objects.select_for_update(of=("self",)).filter(pk__in=read_in)
    rows = now.values_list("pk", "enrich_due_at", "report_id")
    return {pk for pk, *as_read in rows if tuple(as_read) == read_in[pk]}


def follow_up(report: Report, hints: Iterable[Hint]) -> None:
    """Raise the urgency where the words are urgent: a rule may only raise it, and only until a person has set it."""
    for hint in hints:
        best = hint.best
        if (
            hint.enricher == Enricher.URGENCY
            and best is not None
            and best.confidence >= CERTAIN_ENOUGH
        ):
            describing.raise_urgency(report, Urgency.of(best.value["urgency"]), reason=best.source)

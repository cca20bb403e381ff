"""What follows from what was found: through the verbs, and by itself only what may do no harm."""

import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from reports import bell, describing, events
from reports.enrichment import enriching
from reports.enrichment.hints import Hint
from reports.jobs import asking
from reports.models import Message, Report
from reports.models.finding import Enricher
from reports.models.message import MessageQuerySet
from reports.workflow import Urgency

logger = logging.getLogger(__name__)

BATCH = 20
"""One transaction each: it holds up the feed of every desk for as long as it takes."""
ROUNDS = 25
"""One run gives way after so many batches, so that no worker is held for ever by a burst."""
CERTAIN_ENOUGH = 0.5


@shared_task(name="reports.enrich")
def enrich(rounds: int = ROUNDS) -> int:
    """Read what waits to be read for hints, and do what follows, so many batches at most; how many messages."""
    count = 0
    for _round in range(rounds):
        done = _batch()
        count += done
        if done < BATCH:
            return count
    bell.ring("reports.enrich")
    return count


def _batch() -> int:
    ids: list[UUID] = []
    try:
        with transaction.atomic():
            messages = list(_due()[:BATCH])
            ids = [message.pk for message in messages]
            _read(messages)
        return len(ids)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001
        # One of them breaks the batch: each alone, so that only that one steps aside.
        logger.warning("batch not read for hints: %s", type(error).__name__)
    for pk in ids:
        _alone(pk)
    return len(ids)


def _alone(pk: UUID) -> None:
    try:
        with transaction.atomic():
            _read(list(_due().filter(pk=pk)))
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001
        # Whatever a citizen managed to send: the desk has it, it only has no hints.
        logger.error(
            "message not read for hints", extra={"row": str(pk), "error": type(error).__name__}
        )
        _step_aside(pk)


def _step_aside(pk: UUID) -> None:
    message = Message.objects.get(pk=pk)
    tries = message.enrich_tries + 1
    again = timezone.now() + timedelta(minutes=tries) if tries < settings.ENRICH_TRIES else None
    Message.objects.filter(pk=pk).update(enrich_due_at=again, enrich_tries=tries)


def _due() -> MessageQuerySet:
    rows = Message.objects.select_related("report__category").defer(
        "raw_sealed", "report__category__keywords"
    )
    return rows.select_for_update(of=("self",), skip_locked=True).to_enrich(timezone.now())


def _read(messages: Sequence[Message]) -> None:
    read = enriching.enrich(messages)
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(enrich_due_at=None)
    events.changed(*{message.report_id: message.report for message in messages}.values())
    for message, hints in read:
        follow_up(message.report, hints)
    asking.plan(read)


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

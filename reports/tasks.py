"""Jobs that verbs start: ids in, one call."""

from celery import shared_task

from reports import delivery, heartbeats, summoning


@shared_task(name="reports.deliver")
def deliver(message_id: str) -> bool:
    return delivery.deliver(message_id)


@shared_task(name="reports.settle")
def settle(message_id: str) -> bool:
    return delivery.settle(message_id)


@shared_task(name="reports.summon_due")
def summon_due() -> int:
    return summoning.summon_due()


@shared_task(name="reports.worker_beats")
def worker_beats() -> None:
    heartbeats.beat(heartbeats.WORKER)


@shared_task(name="reports.enricher_beats")
def enricher_beats() -> None:
    heartbeats.beat(heartbeats.ENRICHER)


@shared_task(name="reports.sender_beats")
def sender_beats() -> None:
    heartbeats.beat(heartbeats.SENDER)

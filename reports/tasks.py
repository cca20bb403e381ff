"""Jobs that verbs start: ids in, one call."""

from celery import shared_task

from reports import delivery


@shared_task(name="reports.deliver")
def deliver(message_id: str) -> bool:
    return delivery.deliver(message_id)


@shared_task(name="reports.settle")
def settle(message_id: str) -> bool:
    return delivery.settle(message_id)

"""Answers to all reporters of an incident: what waits in the ledgers, found again from the database by whoever comes."""

import time

from celery import shared_task
from django.utils import timezone

from reports import bell, incident_answers
from reports.models import IncidentDelivery

SECONDS = 5
"""One run gives way after this long, so that no worker is held for ever by a large incident."""
BATCH = 50
TASK = "reports.answer_incidents"


@shared_task(name=TASK)
def answer_incidents(seconds: float | None = SECONDS) -> int:
    """Do what is due, each by itself, until nothing is (or for `seconds`); how many.

    Several may run at once: each takes rows that no other holds.
    """
    count, ends_at = 0, time.monotonic() + seconds if seconds is not None else None
    while True:
        due = IncidentDelivery.objects.due(timezone.now()).values_list("pk", flat=True)[:BATCH]
        done = 0
        for pk in list(due):
            done += incident_answers.deliver(pk)
            if ends_at is not None and time.monotonic() > ends_at:
                bell.ring(TASK)
                return count + done
        count += done
        if not done:
            # Nothing is due, or somebody else is at it.
            return count

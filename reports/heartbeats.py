"""Which parts of the program are alive: each leaves a mark now and then, and the desk reads how old it is."""

import time
from datetime import datetime

from django.utils import timezone

from reports.models import Heartbeat

CLOCK, WORKER, SENDER, ENRICHER = PARTS = ("clock", "worker", "sender", "enricher")

_marked_at: dict[str, float] = {}


def beat(part: str) -> None:
    """This part is alive now."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=part, at=timezone.now())],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at"],
    )


def beat_now_and_then(part: str, *, every: float) -> None:
    """The same, at most once in so many seconds for this process: whoever does much work says so seldom."""
    now = time.monotonic()
    if now - _marked_at.get(part, -every) >= every:
        _marked_at[part] = now
        beat(part)


def seen() -> dict[str, datetime]:
    """When each part was last alive; one that never was is left out. One query."""
    return dict(Heartbeat.objects.values_list("name", "at"))

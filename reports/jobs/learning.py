"""Learn from the day's decisions, at night."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from reports import bell
from reports.enrichment.learning import training

logger = logging.getLogger(__name__)

TASK = "reports.train_categories"


@shared_task(name=TASK)
def train_categories() -> bool:
    """Whether there was enough to learn from. Again changes nothing but the date."""
    row = training.train(at=timezone.now())
    if row is not None:
        logger.info(
            "categories learned",
            extra={
                "held_back": row.held_back_count,
                "top1": round(row.top1, 3),
                "keywords_top1": round(row.keywords_top1, 3),
                "is_used": row.is_used,
            },
        )
    return row is not None


def ring_at_night() -> None:
    """Once an hour: ring when it is the hour. A ring that is lost costs one night."""
    if timezone.localtime().hour == settings.TRAINS_AT_HOUR:
        bell.ring(TASK)

"""The Celery application: the bell's other end."""

import gc
import logging
import os
import warnings
from typing import Any

from billiard.einfo import ExceptionInfo
from celery import Celery, Task
from celery.exceptions import SecurityWarning
from celery.signals import (
    setup_logging,
    task_failure,
    task_postrun,
    task_prerun,
    worker_before_create_process,
    worker_init,
)

from polreswa import broker_of_files
from polreswa.logging import where_it_broke

# It warns root of pickled tasks; ours are JSON and hold nothing but ids.
warnings.filterwarnings("ignore", category=SecurityWarning)

logger = logging.getLogger(__name__)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polreswa.settings")

broker_of_files.register()
app = Celery("polreswa")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="tasks")
app.autodiscover_tasks(related_name="jobs")


@setup_logging.connect
def keep_our_logging(**kwargs: object) -> None:
    """Celery would replace our handlers, and the last net with them; connecting this is what stops it."""


@task_failure.connect
def say_that_it_failed(sender: "Task[Any, Any]", einfo: ExceptionInfo, **kwargs: object) -> None:
    """Which task, what kind of exception, where; the work is still in the database, and the clock finds it."""
    error = einfo.exception
    logger.error("task failed", extra={"task": sender.name, "traceback": where_it_broke(error)})


@worker_init.connect
def refuse_unsafe_settings(**kwargs: object) -> None:
    from polreswa.checks import refuse_if_unsafe

    refuse_if_unsafe()


@task_prerun.connect
@task_postrun.connect
def look_after_connections(**kwargs: object) -> None:
    """As Django does around a request: keep what works, drop what broke."""
    from django.db import close_old_connections

    close_old_connections()


@task_postrun.connect
def show_a_sign_of_life(sender: "Task[Any, Any]", **kwargs: object) -> None:
    """Whoever works off a long queue is alive, though the clock's question waits at its end."""
    from django.conf import settings
    from django.db import DatabaseError, InterfaceError

    from reports import heartbeats

    queue = settings.CELERY_TASK_ROUTES.get(sender.name, {}).get("queue", "")
    part = {"delivery": heartbeats.SENDER, "enrichment": heartbeats.ENRICHER}
    try:
        heartbeats.beat_now_and_then(
            part.get(queue, heartbeats.WORKER),
            every=settings.SIGN_OF_LIFE_EVERY.total_seconds(),
        )
    except (DatabaseError, InterfaceError) as error:
        logger.warning("no sign of life: %s", type(error).__name__)


@worker_before_create_process.connect
def share_what_is_loaded(**kwargs: object) -> None:
    """What is there before a worker forks stays shared: the collector would touch, and so copy, every page of it."""
    gc.collect()
    gc.freeze()

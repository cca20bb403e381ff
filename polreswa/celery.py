"""The Celery application: the bell's other end."""

import logging
import os
import warnings
from typing import Any

from billiard.einfo import ExceptionInfo
from celery import Celery, Task
from celery.exceptions import SecurityWarning
from celery.signals import setup_logging, task_failure, worker_init

from polreswa.logging import where_it_broke

# It warns root of pickled tasks; ours are JSON and hold nothing but ids.
warnings.filterwarnings("ignore", category=SecurityWarning)

logger = logging.getLogger(__name__)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polreswa.settings")

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

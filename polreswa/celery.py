"""The Celery application: the bell's other end."""

import os
import warnings

from celery import Celery
from celery.exceptions import SecurityWarning
from celery.signals import setup_logging, worker_init

# It warns root of pickled tasks; ours are JSON and hold nothing but ids.
warnings.filterwarnings("ignore", category=SecurityWarning)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polreswa.settings")

app = Celery("polreswa")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="tasks")
app.autodiscover_tasks(related_name="jobs")


@setup_logging.connect
def keep_our_logging(**kwargs: object) -> None:
    """Celery would replace our handlers, and the last net with them; connecting this is what stops it."""


@worker_init.connect
def refuse_unsafe_settings(**kwargs: object) -> None:
    from polreswa.checks import refuse_if_unsafe

    refuse_if_unsafe()

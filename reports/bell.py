"""The bell: tells the workers that there is something to do. Cheap, and unable to hurt whoever rings it.

Every job is also found from the database by the clock, so a ring that is lost only costs time. A thread of its own sends
the rings: a frozen broker holds that thread and no request; the same ring within BELL_PAUSE is sent once.
"""

import logging
import os
import threading
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction

logger = logging.getLogger(__name__)

WAITING_LIMIT = 10_000
"""Beyond this many rings unsent (a broker away for long) new ones are dropped: the clock finds the work."""


class _Bell:
    def __init__(self) -> None:
        self._rings: dict[tuple[str, tuple[Any, ...]], None] = {}
        self._wake = threading.Condition()
        self._pid = 0

    def ring(self, task: str, *args: str) -> None:
        with self._wake:
            if self._pid != os.getpid():
                # A forked worker has no copy of its parent's thread.
                self._pid = os.getpid()
                threading.Thread(target=self._send_for_ever, name="bell", daemon=True).start()
            if len(self._rings) < WAITING_LIMIT:
                self._rings[(task, args)] = None
                self._wake.notify()

    def _send_for_ever(self) -> None:
        pause = settings.BELL_PAUSE.total_seconds()
        while True:
            with self._wake:
                while not self._rings:
                    self._wake.wait()
                rings, self._rings = self._rings, {}
            for task, args in rings:
                try:
                    current_app.send_task(task, args=args, retry=False, ignore_result=True)
                except Exception as error:  # noqa: BLE001
                    # Whatever the broker's client raises: the work is in the database and the clock will find it.
                    logger.warning("bell not rung: %s", type(error).__name__)
                    break
            threading.Event().wait(pause)


_bell = _Bell()


def ring(task: str, *args: str) -> None:
    """Tell the workers to run this task, soon. Returns at once and raises nothing."""
    _bell.ring(task, *args)


def ring_on_commit(task: str, *args: str) -> None:
    """The same, once what was written in this transaction can be seen by the workers."""
    transaction.on_commit(lambda: ring(task, *args))

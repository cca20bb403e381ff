"""The clock: once a second it finds what a lost ring left lying, once an hour it tidies."""

import logging
import signal
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections

from operators import jobs
from reports.jobs import let_go_of_windows, tell_new_numbers, tidy

logger = logging.getLogger(__name__)

TIDY_EVERY = 3600
WINDOWS_EVERY = 30


class Command(BaseCommand):
    help = "Find what is due, every second, until stopped."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        tick = settings.CLOCK_TICK.total_seconds()
        tidy_at = windows_at = 0.0
        while not stop.is_set():
            try:
                jobs.tick()
                if time.monotonic() >= windows_at:
                    let_go_of_windows()
                    tell_new_numbers()
                    windows_at = time.monotonic() + WINDOWS_EVERY
                if time.monotonic() >= tidy_at:
                    tidy()
                    call_command("clearsessions")
                    tidy_at = time.monotonic() + TIDY_EVERY
            except (OperationalError, InterfaceError) as error:
                # The database is away: what arrives meanwhile is in the spool, and we try again in a second.
                logger.warning("clock waits: %s", type(error).__name__)
            close_old_connections()
            stop.wait(tick)

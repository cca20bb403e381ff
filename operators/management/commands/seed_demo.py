"""A demo's people and its day: the simulator's citizens write through the real webhook, and the desk does some work."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from operators import demo_shift
from operators.demo import approve_templates, make_accounts, start_shift
from reports.models import InboxEntry

WAIT_SECONDS = 45
OUT_OF_REACH = "pak-hadi"
"""The desk's answer to this citizen fails: the telephone cannot be reached."""


class Command(BaseCommand):
    help = "Make the demo accounts and, once, let the demo day come in. Needs DEMO and a running program."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demo accounts have known passwords: this works with DEMO only.")
        self.stdout.write(f"demo accounts made: {make_accounts()}")
        approve_templates()
        start_shift()
        if not settings.SIMULATOR_URL or settings.TWILIO_API_URL != settings.SIMULATOR_URL:
            return
        accepted = self._day()
        self.stdout.write(f"messages of the demo day: {accepted}")

    def _day(self) -> int:
        """The citizens write, the shift works, some citizens answer. How many messages; 0 when all that has been."""
        if not demo_shift.wait_until(_simulator_answers, WAIT_SECONDS):
            return 0
        day = _simulator("/demo-day", hold_back=True)
        if day["accepted_in_all"] == day["messages"]:
            return 0
        demo_shift.wait_until(_everything_is_read, WAIT_SECONDS)
        demo_shift.wait_until(demo_shift.nothing_is_under_way)
        with _out_of_reach(OUT_OF_REACH):
            worked = demo_shift.work()
            # Some quote what the desk wrote: it must have come to their telephone.
            demo_shift.wait_until(demo_shift.nothing_is_under_way)
        self.stdout.write(f"reports the demo shift has worked on: {worked}")
        return day["accepted"] + _simulator("/demo-day")["accepted"]


def _simulator(path: str, **fields: object) -> dict[str, int]:
    """Ask the simulator for something; its answer. Raises OSError."""
    request = urllib.request.Request(  # noqa: S310
        settings.SIMULATOR_URL + path,
        data=json.dumps(fields).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=WAIT_SECONDS) as answer:  # noqa: S310
        return dict(json.load(answer))


def _simulator_answers() -> bool:
    try:
        _simulator("/switches/")
    except OSError:
        return False
    return True


def _everything_is_read() -> bool:
    return not InboxEntry.objects.unread().filter(kind=InboxEntry.Kind.MESSAGE).exists()


@contextmanager
def _out_of_reach(citizen: str) -> Iterator[None]:
    _simulator(f"/phones/{citizen}/reach", unreachable=True)
    try:
        yield
    finally:
        _simulator(f"/phones/{citizen}/reach", unreachable=False)

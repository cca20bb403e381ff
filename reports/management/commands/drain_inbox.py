"""Process what waits in the inbox, now, until nothing is due."""

from typing import Any

from django.core.management.base import BaseCommand

from reports import jobs


class Command(BaseCommand):
    help = "Process what waits in the inbox until nothing is due, and say what became of it."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = jobs.drain_inbox(seconds=None)
        outcomes = ", ".join(f"{outcome} {count}" for outcome, count in sorted(counts.items()))
        self.stdout.write(f"inbox drained: {outcomes or 'nothing was due'}")

"""Try once more to fetch the files that were given up, after what was in the way has been mended."""

from typing import Any

from django.core.management.base import BaseCommand

from reports import jobs


class Command(BaseCommand):
    help = "Try once more to fetch the files that were given up; the worker brings them in."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"files to be fetched again: {jobs.fetch_again()}")

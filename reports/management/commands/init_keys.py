"""The file of keys that everything a citizen wrote is sealed with."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reports.identity import keyring


class Command(BaseCommand):
    help = "Make KEYS_FILE (mode 0600). A file that is there is never overwritten."
    requires_system_checks: list[str] = []
    """The checks ask for the very file that this command makes."""

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.KEYS_FILE
        try:
            is_new = keyring.create(path, demo=settings.DEMO)
        except OSError as error:
            raise CommandError(f"keys not made: {path}: {error.strerror}") from error
        self.stdout.write(f"keys made: {path}" if is_new else f"keys kept as they are: {path}")

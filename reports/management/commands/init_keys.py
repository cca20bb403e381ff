"""The file of keys that everything a citizen wrote is sealed with."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reports.identity import keyring


class Command(BaseCommand):
    help = (
        "Make KEYS_FILE (mode 0600). A file that is there is never overwritten: it is only given secrets for purposes that "
        "it does not know yet."
    )
    requires_system_checks: list[str] = []
    """The checks ask for the very file that this command makes."""

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.KEYS_FILE
        try:
            is_new = keyring.create(path, demo=settings.DEMO)
            added = [] if is_new else _added(path)
        except OSError as error:
            raise CommandError(f"keys not made: {path}: {error.strerror}") from error
        if added:
            self.stdout.write(f"keys kept, and new ones added for {', '.join(added)}: {path}")
        else:
            self.stdout.write(f"keys made: {path}" if is_new else f"keys kept as they are: {path}")


def _added(path: Path) -> list[str]:
    """What was missing in a file that is there. A damaged one is left as it is: the program says so when it starts."""
    try:
        return keyring.complete(path)
    except keyring.KeyringUnusable:
        return []

"""Whether the audit chain holds together."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.identity import audit


class Command(BaseCommand):
    help = "Walk the audit chain: say how many entries hold, or name the first broken one (exit 1)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            verdict = audit.verify()
        except audit.AnchorUnusable:
            raise CommandError(f"the anchor does not read: {audit.anchor_path()}") from None
        if verdict.broken is not None:
            raise CommandError(f"audit chain broken: entry {verdict.broken} {verdict.reason}")
        self.stdout.write(f"audit chain holds: {verdict.count} entries")
        if verdict.count and not verdict.has_anchor:
            # Without one, an end that was cut off before now leaves no trace.
            self.stdout.write(f"no anchor was found; one is written now: {audit.anchor_path()}")

"""Weigh anew what words speak of danger, after a lexicon or the sentences have changed."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.enrichment import alarm

DANGER = "D"
REMARK = "#"


class Command(BaseCommand):
    help = (
        "Weigh words of danger on labelled sentences: lines of 'anything|urgency|text', urgency D or another letter. "
        "Writes the file that messages are read with; for developers."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", type=Path, nargs="+")

    def handle(self, *args: Any, **options: Any) -> None:
        # Only who weighs loads scikit-learn.
        from reports.enrichment.learning.weighing import weigh

        rows = [row for path in options["files"] for row in self._rows(path)]
        if len({urgency == DANGER for urgency, _text in rows}) < 2:
            raise CommandError("There must be sentences of danger and others")
        weights = weigh([text for _, text in rows], [urgency == DANGER for urgency, _ in rows])
        written = json.dumps(weights, ensure_ascii=False, indent=0)
        alarm.WEIGHTS.write_text(written + "\n", encoding="utf-8")
        self.stdout.write(f"{len(weights)} weights from {len(rows)} sentences")

    def _rows(self, path: Path) -> list[tuple[str, str]]:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as problem:
            raise CommandError(f"Not read: {problem.strerror}: {path}") from None
        parts = [line.rsplit("|", 2) for line in lines if line and not line.startswith(REMARK)]
        if any(len(part) < 2 for part in parts):
            raise CommandError(f"Not a file of labelled sentences: {path}")
        return [(part[-2], part[-1]) for part in parts]

"""Weigh anew what words speak of danger, after a lexicon or the sentences have changed."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError

from reports.enrichment import alarm
from reports.reference.creation import table

DANGER = "D"
OF_DESPAIR = frozenset("krisis-diri krisis bunuhdiri".split())
OF_ANYTHING = frozenset("campur lain".split())
"""Among these danger is of every kind: they do not say what is no despair."""
REMARK = "#"


class Row(NamedTuple):
    what: str
    is_danger: bool
    text: str

    @property
    def is_despair(self) -> bool:
        return self.is_danger and self.what in OF_DESPAIR


class Command(BaseCommand):
    help = (
        "Weigh words of danger on labelled sentences: lines of 'what|...|urgency|text', urgency D or another letter. "
        "Writes the file that messages are read with; for developers."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", type=Path, nargs="+")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [row for path in options["files"] for row in _rows(path)]
        told = [row for row in rows if not (row.is_danger and row.what in OF_ANYTHING)]
        if len({row.is_danger for row in rows}) < 2 or len({row.is_despair for row in told}) < 2:
            raise CommandError("There must be sentences of danger, of despair, and others")
        weights = {
            alarm.DANGER: _weighed(rows, [row.is_danger for row in rows]),
            alarm.DESPAIR: _weighed(told, [row.is_despair for row in told]),
        }
        written = json.dumps(weights, ensure_ascii=False, indent=0)
        alarm.WEIGHTS.write_text(written + "\n", encoding="utf-8")
        counts = ", ".join(f"{len(each)} weights of {name}" for name, each in weights.items())
        self.stdout.write(f"{counts} from {len(rows)} sentences")


def _weighed(rows: Sequence[Row], answers: Sequence[bool]) -> dict[str, float]:
    # Only who weighs loads scikit-learn.
    from reports.enrichment.learning.weighing import weigh

    names = [row["name"] for row in table("areas.csv")]
    places = frozenset(word for name in names for word in name.lower().split())
    return dict(weigh([row.text for row in rows], answers, places))


def _rows(path: Path) -> list[Row]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as problem:
        raise CommandError(f"Not read: {problem.strerror}: {path}") from None
    parts = [line.split("|") for line in lines if line and not line.startswith(REMARK)]
    if any(len(part) < 3 for part in parts):
        raise CommandError(f"Not a file of labelled sentences: {path}")
    return [Row(part[0], part[-2] == DANGER, part[-1]) for part in parts]

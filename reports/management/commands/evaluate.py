"""How well messages are read, on labelled ones."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from reports.enrichment import evaluation, surroundings
from reports.enrichment.evaluation import Labelled
from reports.models import Category, Station


class Command(BaseCommand):
    help = "Read labelled messages (JSON lines) as real ones are read, and print how well. Stores nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="one JSON object, for programs")
        parser.add_argument(
            "--station", help="slug; without it, as a desk that serves every station would read"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open(encoding="utf-8") as lines:
                messages = evaluation.parse(lines)
        except OSError as problem:
            raise CommandError(f"Not read: {problem.strerror}: {options['file']}") from None
        except (evaluation.UnfitLine, UnicodeDecodeError) as problem:
            raise CommandError(f"Not a file of labelled messages: {problem}") from None
        try:
            figures = self._figures(messages, options["station"])
        except DatabaseError:
            raise CommandError("There are no tables yet: run `manage.py migrate` first") from None
        if options["json"]:
            shares = {
                name: None if share.value is None else round(share.value, 4)
                for name, share in figures.items()
            }
            counts = {name: share.whole for name, share in figures.items()}
            self.stdout.write(json.dumps({**shares, "n": counts}))
            return
        for name, share in figures.items():
            shown = "-" if share.value is None else f"{share.value:.3f}"
            self.stdout.write(f"{name:<20} {shown:>6}   {share.part} of {share.whole}")

    @transaction.atomic
    def _figures(
        self, messages: Sequence[Labelled], station: str | None
    ) -> dict[str, evaluation.Share]:
        """What is read against is made for the moment where it is missing, and nothing of it stays."""
        if not Category.objects.exists():
            call_command("seed_reference", stdout=StringIO())
        figures = evaluation.evaluate(messages, surroundings.of(self._station(station)))
        transaction.set_rollback(True)
        return figures

    def _station(self, slug: str | None) -> int | None:
        if slug is None:
            return None
        if (pk := Station.objects.filter(slug=slug).values_list("pk", flat=True).first()) is None:
            known = ", ".join(Station.objects.values_list("slug", flat=True))
            raise CommandError(f"There is no station {slug}. Known are: {known}")
        return int(pk)

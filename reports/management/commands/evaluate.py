"""How well messages are read, on labelled ones."""

import json
from argparse import ArgumentParser, FileType
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.enrichment import evaluation, surroundings
from reports.models import Station


class Command(BaseCommand):
    help = "Read labelled messages (JSON lines) as real ones are read, and print how well. Stores nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=FileType("r", encoding="utf-8"))
        parser.add_argument("--json", action="store_true", help="one JSON object, for programs")
        parser.add_argument(
            "--station", help="slug; without it, as a desk that serves every station would read"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            messages = evaluation.parse(options["file"])
        except evaluation.UnfitLine as problem:
            raise CommandError(f"Not a file of labelled messages: {problem}") from None
        figures = evaluation.evaluate(messages, surroundings.of(self._station(options["station"])))
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

    def _station(self, slug: str | None) -> int | None:
        if slug is None:
            return None
        if (pk := Station.objects.filter(slug=slug).values_list("pk", flat=True).first()) is None:
            known = ", ".join(Station.objects.values_list("slug", flat=True))
            raise CommandError(f"There is no station {slug}. Known are: {known}")
        return int(pk)

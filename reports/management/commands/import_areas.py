"""Outlines of areas, for points and for the small map, out of a GeoJSON file; one that is there already is kept."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.reference import boundaries


class Command(BaseCommand):
    help = (
        "Put the outlines of a GeoJSON file on the areas, by their codes (property code or kode)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="also where an area has an outline already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            collection = json.loads(options["file"].read_text(encoding="utf-8"))
            made = boundaries.import_areas(collection, replace=options["replace"])
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['file']}: {error}") from None
        self.stdout.write("areas: " + ", ".join(f"{made[key]} {key}" for key in made))

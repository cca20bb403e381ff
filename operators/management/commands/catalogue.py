"""The catalogue of translations: merge what is in the sources, compile it, name what is not in order."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from polreswa import catalogue


class Command(BaseCommand):
    help = "update: merge the sources into locale/id; compile: make what Django reads; check: name what is missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["update", "compile", "check"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        lines = catalogue.run(what)
        for line in lines:
            self.stdout.write(line)
        if what == "check" and lines:
            raise CommandError(f"{len(lines)} entries are not in order")

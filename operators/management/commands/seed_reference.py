"""Stations, numbers, units, categories, areas and the words to citizens: whatever is missing of them."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from operators.reference import (
    create_missing_rules,
    create_missing_shifts,
    create_missing_units,
)
from reports import reference


class Command(BaseCommand):
    help = "Create what is missing of the reference data. Never changes a row that exists."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        made = reference.create_missing()
        made["units"] = create_missing_units()
        made["routing rules"] = create_missing_rules()
        made["shifts"] = create_missing_shifts()
        counts = ", ".join(f"{kind} {count}" for kind, count in made.items())
        self.stdout.write(f"reference data made: {counts}")

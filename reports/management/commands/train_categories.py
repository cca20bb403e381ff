"""Learn the category from operators' decisions, now."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from reports.enrichment.learning import training


class Command(BaseCommand):
    help = "Learn the category from what operators have decided, and say whether it beats the keywords."

    def handle(self, *args: Any, **options: Any) -> None:
        row = training.train(at=timezone.now())
        if row is None:
            self.stdout.write(
                f"too little to learn from: {settings.TRAINED_FROM} decisions are needed, of two "
                f"categories with {settings.TRAINED_A_CATEGORY} each"
            )
            return
        self.stdout.write(f"learned from {row.train_count}, measured on {row.held_back_count}")
        self.stdout.write(f"right at first: {row.top1:.3f}, keywords {row.keywords_top1:.3f}")
        self.stdout.write(f"among three:    {row.top3:.3f}, keywords {row.keywords_top3:.3f}")
        self.stdout.write("it is used" if row.is_used else "the keywords are used")

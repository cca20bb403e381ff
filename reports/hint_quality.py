"""How good the hints have been, counted from what people made of them. Counts only: no words, no reporter."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from reports import findings
from reports.actors import Actor
from reports.identity import vault
from reports.models import Finding, Report
from reports.models.finding import Decision, Enricher

AMONG_FIRST = 3
NOTHING = ""
"""In the place of a suggestion where none was made."""


@dataclass(frozen=True)
class Tally:
    """What became of the suggestions of one enricher. `missed`: nothing was suggested, and a person chose something."""

    enricher: Enricher
    accepted: int
    corrected: int
    dismissed: int
    missed: int

    @property
    def decided(self) -> int:
        return self.accepted + self.corrected + self.dismissed

    @property
    def share(self) -> float | None:
        """Of what was suggested and decided, how much was right; None when there is nothing to tell from."""
        return self.accepted / self.decided if self.decided else None


@dataclass(frozen=True)
class CategoryDecisions:
    """The latest decisions on categories: one a report, its first suggestion against what was chosen in the end."""

    number: int = 0
    first_right: int = 0
    among_three: int = 0
    without: int = 0
    """Of them, those without any suggestion."""
    pairs: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """(slug that was chosen, slug that was suggested first or NOTHING) -> how often."""

    @property
    def first_share(self) -> float | None:
        return self.first_right / self.number if self.number else None

    @property
    def three_share(self) -> float | None:
        return self.among_three / self.number if self.number else None


def tallies(*, since: datetime, by: Actor) -> list[Tally]:
    """By enricher, as far as this person sees the reports. One query."""
    spoken = Q(confidence__gt=0)
    counts = (
        _decided(since, by)
        .values("enricher")
        .annotate(
            accepted=Count("pk", filter=spoken & Q(decision=Decision.ACCEPTED)),
            corrected=Count("pk", filter=spoken & Q(decision=Decision.CORRECTED)),
            dismissed=Count("pk", filter=spoken & Q(decision=Decision.DISMISSED)),
            missed=Count("pk", filter=~spoken),
        )
        .order_by()
        .values_list("enricher", "accepted", "corrected", "dismissed", "missed")
    )
    found = {enricher: Tally(Enricher(enricher), *numbers) for enricher, *numbers in counts}
    return [found[each] for each in Enricher if each in found]


def category_decisions(*, since: datetime, by: Actor) -> CategoryDecisions:
    """Of the latest HINT_DECISIONS reports, opened with their keys. Two queries."""
    rows = (
        _decided(since, by).filter(enricher=Enricher.CATEGORY).exclude(decision=Decision.DISMISSED)
    )
    latest = list(rows.order_by("-decided_at")[: settings.HINT_DECISIONS])
    boxes = vault.boxes_of("content", {row.report_id for row in latest})
    by_report: dict[Any, list[Finding]] = {}
    for row in sorted(latest, key=lambda row: row.at):
        by_report.setdefault(row.report_id, []).append(row)
    outcomes = [
        outcome
        for report_id, rows_of in by_report.items()
        if (box := boxes.get(report_id))
        for outcome in _outcome(rows_of, box)
    ]
    return CategoryDecisions(
        number=len(outcomes),
        first_right=sum(suggested[:1] == [chosen] for chosen, suggested in outcomes),
        among_three=sum(chosen in suggested[:AMONG_FIRST] for chosen, suggested in outcomes),
        without=sum(not suggested for _chosen, suggested in outcomes),
        pairs=Counter(
            (chosen, suggested[0] if suggested else NOTHING) for chosen, suggested in outcomes
        ),
    )


def _decided(since: datetime, by: Actor) -> QuerySet[Finding]:
    visible = Report.objects.visible_to(by)
    return Finding.objects.filter(decided_at__gte=since, report__in=visible)


def _outcome(rows: list[Finding], box: vault.Box) -> Iterator[tuple[str, list[str]]]:
    """What was chosen, and what the first finding that said something had suggested. Nothing if it does not open."""
    try:
        chosen = json.loads(box.open(findings.CHOSEN, rows[-1].pk, rows[-1].chosen_sealed).expose())
    except vault.Unreadable:
        return
    spoken = next((found for found in findings.opened(rows, box) if found.candidates), None)
    suggested = [str(one.value.get("slug")) for one in spoken.candidates] if spoken else []
    yield str(chosen.get("slug")), suggested

"""What was found about a report, opened for whoever may read it; and what a person has made of it."""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from reports.actors import Actor, NotAllowed
from reports.identity import vault
from reports.models import Finding, Message, Report
from reports.models.finding import Decision, Enricher

logger = logging.getLogger(__name__)

CANDIDATES = "finding.candidates"
CHOSEN = "finding.chosen"


@dataclass(frozen=True)
class Suggested:
    """A candidate as it stands on the desk."""

    value: dict[str, Any] = field(repr=False)
    confidence: float
    source: str
    reason: str = field(repr=False)


@dataclass(frozen=True)
class Found:
    """A finding with its candidates, the best first; none when it abstained or does not open any more."""

    finding: Finding
    candidates: tuple[Suggested, ...] = field(repr=False)


def of(report: Report, *, by: Actor) -> list[Found]:
    """Everything that was found about a report this person was shown by `visible_to`, oldest first. Two queries."""
    if not by.may("read_report"):
        raise NotAllowed
    box = vault.boxes_of("content", [report.pk]).get(report.pk)
    return opened(report.findings.order_by("at", "id"), box)


def latest(report: Report, enricher: Enricher, *, by: Actor) -> dict[str, Any]:
    """The value that this enricher found last for a report this person was shown; empty when it abstained. Two queries."""
    if not by.may("read_report"):
        raise NotAllowed
    row = report.findings.filter(enricher=enricher).order_by("-at", "-id").first()
    if row is None:
        return {}
    candidates = _candidates(row, vault.boxes_of("content", [report.pk]).get(report.pk))
    return candidates[0].value if candidates else {}


def opened(rows: Iterable[Finding], box: vault.Box | None) -> list[Found]:
    """These findings of one report with the key of it."""
    return [Found(row, _candidates(row, box)) for row in rows]


def decide(
    report: Report, enricher: Enricher, chosen: dict[str, Any], decision: Decision, *, by: Actor
) -> None:
    """Note on what is still open of this enricher what a person chose; in the transaction of the verb that changes the
    report. An accepted or corrected finding is what the station learns from."""
    rows = list(report.findings.filter(enricher=enricher, decision=Decision.OPEN))
    if not rows:
        return
    box = vault.box_of("content", report.pk)
    for row in rows:
        row.decision, row.decided_at, row.decided_by_id = decision, timezone.now(), by.pk
        row.chosen_sealed = box.seal(CHOSEN, row.pk, json.dumps(chosen))
    Finding.objects.bulk_update(rows, ["decision", "decided_at", "decided_by", "chosen_sealed"])


def carry(message: Message, report: Report, former: vault.Box, box: vault.Box) -> None:
    """Put what was found in a message, and what people made of it, into the report that it moves to, and under its key.

    Raises Unreadable when something of it does not open any more.
    """
    rows = list(Finding.objects.filter(message=message))
    for row in rows:
        row.report = report
        for column, name in ((CANDIDATES, "candidates_sealed"), (CHOSEN, "chosen_sealed")):
            if sealed := getattr(row, name):
                plain = former.open_bytes(column, row.pk, sealed)
                setattr(row, name, box.seal_bytes(column, row.pk, plain))
    Finding.objects.bulk_update(rows, ["report", "candidates_sealed", "chosen_sealed"])


def _candidates(row: Finding, box: vault.Box | None) -> tuple[Suggested, ...]:
    if box is None:
        return ()
    try:
        plain = json.loads(box.open(CANDIDATES, row.pk, row.candidates_sealed).expose())
    except vault.Unreadable:
        logger.error("a finding does not open", extra={"row": str(row.pk)})
        return ()
    return tuple(Suggested(**one) for one in plain)

"""What was found about a report, opened for whoever may read it; and what a person has made of it."""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.actors import Actor, NotAllowed, Refused
from reports.identity import vault
from reports.models import Finding, Likeness, Message, Report
from reports.models.area import Point
from reports.models.finding import Decision, Enricher
from reports.models.readers import AnyReader
from reports.statements import THE_REPORT, Statement

logger = logging.getLogger(__name__)

CANDIDATES = "finding.candidates"
CHOSEN = "finding.chosen"
SHOWN = 60
"""So many of the newest findings that say something stand on a page: somebody may write hundreds of messages."""
SAME_PLACE_KM = 0.3
"""Two points this close are one place to whoever is sent there."""


class SuggestionGone(Refused):
    """What was accepted is not suggested on this report, or has been decided since."""

    code = "suggestion_gone"


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


UNDECIDED = Statement(
    lambda: Finding.objects.filter(
        report=THE_REPORT, decision=Decision.OPEN, confidence__gt=0
    ).order_by("-at", "-id")[:SHOWN]
)


def undecided(report: Report) -> list[Finding]:
    """What says something and nobody has decided about, newest first: for a page, to be opened with the report's key."""
    return UNDECIDED.ask(report=report.pk)


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


IS_NAMED = Exists(Likeness.objects.filter(report=OuterRef("pk"), is_dismissed=False))
"""On a query of reports: whether `naming` may have something to say."""


@dataclass(frozen=True)
class Named:
    """A later report whose finding names the one that was asked about, and how."""

    report_id: UUID
    suggested: Suggested


def _naming() -> "QuerySet[Likeness]":
    visible = Report.objects.visible_to(AnyReader()).exclude(pk=THE_REPORT)
    rows = Likeness.objects.filter(
        report=THE_REPORT,
        is_dismissed=False,
        finding__decision=Decision.OPEN,
        finding__report__in=visible,
    )
    return rows.select_related("finding").order_by("-pk")[:SHOWN]


NAMING = Statement(_naming)


def naming(report: Report, *, by: Actor) -> list[Named]:
    """Which reports this person may see were found to be like this one when they came, the newest first. Two queries; one
    where there are none."""
    if not by.may("read_report"):
        return []
    rows = NAMING.ask(report=report.pk, **AnyReader.values_of(by))
    found = [row.finding for row in rows]
    if not found:
        return []
    boxes = vault.boxes_of("content", {finding.report_id for finding in found})
    return [
        Named(finding.report_id, one)
        for finding in found
        for one in _candidates(finding, boxes.get(finding.report_id))
        if one.value.get("report") == str(report.pk)
    ]


def suggested(report: Report, finding_id: UUID, candidate: int) -> tuple[Enricher, Suggested]:
    """One candidate of an undecided finding of this report. Raises SuggestionGone."""
    row = report.findings.filter(pk=finding_id, decision=Decision.OPEN).first()
    found = opened([row], vault.box_of("content", report.pk))[0].candidates if row else ()
    if row is None or not 0 <= candidate < len(found):
        raise SuggestionGone(_("This suggestion is no longer there, or has been decided already."))
    return Enricher(row.enricher), found[candidate]


def decide(
    report: Report, enricher: Enricher, chosen: Mapping[str, Any], *, by: Actor
) -> Decision | None:
    """Note on every finding of this enricher what a person chose; in the transaction of the verb that changes the report.

    Accepted where it is the best of what was suggested, else corrected; chosen anew, it is noted anew. What comes out is
    accepted if any suggestion was right, corrected if none was, None where nothing was suggested. The station learns
    from it (`reports.enrichment.category`), and counts how good the hints are.
    """
    rows = list(report.findings.filter(enricher=enricher).exclude(decision=Decision.DISMISSED))
    if not rows:
        return None
    box = vault.box_of("content", report.pk)
    verdicts = set()
    for found in opened(rows, box):
        row, best = found.finding, next(iter(found.candidates), None)
        is_right = best is not None and is_same(enricher, best.value, chosen)
        row.decision = Decision.ACCEPTED if is_right else Decision.CORRECTED
        if best is not None:
            verdicts.add(row.decision)
        _note(row, box, chosen, by)
    fields = ["decision", "decided_at", "decided_by", "chosen_sealed"]
    Finding.objects.bulk_update(rows, fields)
    if Decision.ACCEPTED in verdicts:
        return Decision.ACCEPTED
    return Decision.CORRECTED if verdicts else None


def dismiss(report: Report, enricher: Enricher, *, by: Actor) -> int:
    """Nothing that is suggested by this enricher is right, and nothing is chosen in its place; how many findings."""
    rows = report.findings.filter(enricher=enricher, decision=Decision.OPEN, confidence__gt=0)
    count = 0
    if enricher == Enricher.DUPLICATE:
        # What came later and named this one is suggested here as well.
        named = Likeness.objects.filter(report=report, is_dismissed=False)
        count = named.update(is_dismissed=True)
    return count + rows.update(
        decision=Decision.DISMISSED, decided_at=timezone.now(), decided_by=by.pk
    )


def is_same(enricher: Enricher, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two values of this enricher mean the same to the desk."""
    if enricher in (Enricher.PLACE, Enricher.CAMERA):
        return _is_same_place(one, other)
    key = KEYS[enricher]
    return bool(one.get(key)) and one.get(key) == other.get(key)


KEYS: Mapping[Enricher, str] = {
    Enricher.KIND: "kind",
    Enricher.CATEGORY: "slug",
    Enricher.URGENCY: "urgency",
    Enricher.DUPLICATE: "report",
}
"""What tells two values of an enricher apart; a place is told apart by where it is."""


def _is_same_place(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if any(one.get(key) and one.get(key) == other.get(key) for key in ("landmark", "area")):
        return True
    here, there = _point(one), _point(other)
    return bool(here and there and here.km_to(there) <= SAME_PLACE_KM)


def _point(value: Mapping[str, Any]) -> Point | None:
    latitude, longitude = value.get("latitude"), value.get("longitude")
    return None if latitude is None or longitude is None else Point(latitude, longitude)


def _note(row: Finding, box: vault.Box, chosen: Mapping[str, Any], by: Actor) -> None:
    row.decided_at, row.decided_by_id = timezone.now(), by.pk
    row.chosen_sealed = box.seal(CHOSEN, row.pk, json.dumps(dict(chosen)))


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

"""Findings as the enrichers write them, for tests of what people make of them.

hints.suggest(report, Enricher.CATEGORY, {"slug": "laka-lantas"}, {"slug": "kemacetan"})
"""

from typing import Any

from reports import events
from reports.enrichment import enriching
from reports.enrichment.hints import Candidate, Hint
from reports.identity import vault
from reports.models import Attachment, Finding, Message, Report
from reports.models.finding import Enricher

BEST, STEP = 0.9, 0.3


def suggest(
    report: Report,
    enricher: Enricher,
    *values: dict[str, Any],
    best: float = BEST,
    source: str = "keywords",
    message: Message | None = None,
    attachment: Attachment | None = None,
) -> Finding:
    """A finding of the report's first message (or of another), the values in order, each less sure than the one before."""
    of = message or report.messages.filter(direction="inbound").earliest("at")
    candidates = tuple(
        Candidate(value, max(0.1, best - STEP * number), source, f"Alasan {number + 1}.")
        for number, value in enumerate(values)
    )
    box = vault.box_of("content", report.pk)
    hint = Hint(enricher, candidates)
    row = enriching.finding(hint, of, box, attachment=attachment)
    row.save(force_insert=True)
    enriching.note_likenesses([(hint, row)])
    events.changed(report)
    return row


def chosen(row: Finding) -> str:
    """What a person chose, as it was noted."""
    row.refresh_from_db()
    box = vault.box_of("content", row.report_id)
    return box.open("finding.chosen", row.pk, row.chosen_sealed).expose()

"""Open the words of messages, read them, write down what was found. The only part of enrichment that meets keys and rows."""

import json
import logging
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from reports.enrichment import location, looking_back, surroundings
from reports.enrichment.hints import Hint
from reports.enrichment.looking_back import JustRead
from reports.enrichment.reading import Words, read
from reports.identity import vault
from reports.models import Attachment, Finding, Likeness, Message, Report
from reports.models.finding import Decision, Enricher

logger = logging.getLogger(__name__)

COLUMN = "finding.candidates"


class Answer(NamedTuple):
    """A message with everything that was read out of it, and the rows to write of that."""

    message: Message
    hints: Sequence[Hint]
    findings: list[Finding]


def enrich(messages: Sequence[Message]) -> list[Answer]:
    """Read these messages (with `report`). Writes nothing: call outside of a transaction, for it takes its time, and then
    `write` what it gives.

    A message whose words do not open any more is left out: it has no findings, and none is owed.
    """
    boxes = vault.boxes_of("content", {message.report_id for message in messages})
    stations = {message.report.station_id for message in messages}
    around = {station: surroundings.of(station) for station in stations}
    read_now = []
    for message in messages:
        if (box := boxes.get(message.report_id)) is None:
            continue
        try:
            words = _opened(message, box)
        except vault.Unreadable:
            logger.error("a message cannot be read for hints", extra={"row": str(message.pk)})
            continue
        hints = read(words, around[message.report.station_id])
        read_now.append(JustRead(message, words, hints, message.at))
    answers = []
    for one, like in zip(read_now, looking_back.hints(read_now, around), strict=True):
        every = [*one.hints, like]
        box = boxes[one.message.report_id]
        answers.append(Answer(one.message, every, [finding(h, one.message, box) for h in every]))
    return answers


def write(answers: Iterable[Answer]) -> None:
    """Add what was found, in the caller's transaction; what was found before stays."""
    hinted = [pair for one in answers for pair in zip(one.hints, one.findings, strict=True)]
    Finding.objects.bulk_create((row for _hint, row in hinted), ignore_conflicts=True)
    note_likenesses(hinted)


def note_likenesses(hinted: Iterable[tuple[Hint, Finding]]) -> None:
    """Note which reports these findings, just written, name: both pages then show the other report."""
    named = [
        (row.pk, UUID(str(one.value["report"])))
        for hint, row in hinted
        if hint.enricher == Enricher.DUPLICATE
        for one in hint.candidates
        if str(one.value["report"]) != str(row.report_id)
    ]
    if not named:
        return
    # One that was there before has kept its place, and this one was not written.
    written = _there(Finding, (pk for pk, _ in named))
    reports = _there(Report, (report for _, report in named))
    Likeness.objects.bulk_create(
        (
            Likeness(finding_id=pk, report_id=report)
            for pk, report in named
            if pk in written and report in reports
        ),
        ignore_conflicts=True,
    )


def _there(model: type[Finding | Report], ids: Iterable[UUID]) -> set[UUID]:
    return set(model._default_manager.filter(pk__in=set(ids)).values_list("pk", flat=True))


def look_up(report_id: UUID) -> int:
    """Ask the address server about messages of this report that name no place of the lists; for how many it knew one.

    Outside of any transaction: it waits for a server. What it says is a guess, written into the finding that abstained.
    """
    rows = Finding.objects.filter(
        report=report_id, enricher=Enricher.PLACE, source="", decision=Decision.OPEN
    )
    box = vault.boxes_of("content", [report_id]).get(report_id)
    if box is None:
        return 0
    count = 0
    for row in rows.select_related("message__report"):
        try:
            words = _opened(row.message, box)
        except vault.Unreadable:
            continue
        hint = location.looked_up(words, surroundings.of(row.message.report.station_id))
        if hint.best is None:
            continue
        sealed = box.seal(COLUMN, row.pk, json.dumps(_plain(hint)))
        count += rows.filter(pk=row.pk).update(
            source=hint.best.source, confidence=hint.best.confidence, candidates_sealed=sealed
        )
    return count


def finding(
    hint: Hint, message: Message, box: vault.Box, *, attachment: Attachment | None = None
) -> Finding:
    """The row of a hint, sealed and not yet written."""
    row = Finding(
        report_id=message.report_id,
        message=message,
        attachment=attachment,
        enricher=hint.enricher,
        source=hint.best.source if hint.best else hint.noticed,
        confidence=hint.best.confidence if hint.best else 0.0,
        at=timezone.now(),
    )
    row.candidates_sealed = box.seal(COLUMN, row.pk, json.dumps(_plain(hint)))
    return row


def _plain(hint: Hint) -> list[dict[str, Any]]:
    return [
        {
            "value": dict(one.value),
            "confidence": round(one.confidence, 3),
            "source": one.source,
            "reason": one.reason,
        }
        for one in hint.candidates
    ]


def _opened(message: Message, box: vault.Box) -> Words:
    text = _open(box, "message.body", message.pk, message.body_sealed)
    details = _open(box, "message.details", message.pk, message.details_sealed)
    return Words(
        text=text,
        at=message.at,
        details=json.loads(details) if details else {},
        is_follow_up=message.at > message.report.received_at,
    )


def _open(box: vault.Box, column: str, row: UUID, sealed: vault.Buffer) -> str:
    return box.open(column, row, sealed).expose() if sealed else ""

"""What a person may read of a report: opens what is sealed, for somebody whose right has been checked.

The one place where a citizen's words become plain text for a screen. Whoever asks gives the reports they were shown by
`visible_to`; an account that may not read gets nothing.
"""

import json
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from reports import findings, media_files
from reports.actors import Actor, NotAllowed
from reports.findings import Found
from reports.identity import vault
from reports.models import (
    Attachment,
    Finding,
    Incident,
    IncidentAnswer,
    Message,
    Note,
    Report,
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Line:
    """A message with its words. `text` is None when they cannot be read any more."""

    message: Message
    text: str | None = field(repr=False)
    details: dict[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class NoteLine:
    """A note with its words. `text` is None when they cannot be read any more."""

    note: Note
    text: str | None = field(repr=False)


def openings(reports: Iterable[Report], *, by: Actor) -> dict[UUID, str | None]:
    """The first words of many reports, by report; None where they do not open. One query."""
    _refuse_unless_reader(by)
    reports = list(reports)
    boxes = vault.boxes_of("content", [report.pk for report in reports])
    return {
        report.pk: _open(boxes.get(report.pk), "report.opening", report.pk, report.opening_sealed)
        for report in reports
    }


class Whole(NamedTuple):
    """A report with everything of it that was opened with its key."""

    lines: list[Line]
    about: "About"
    found: list[Found]
    told: Mapping[UUID, media_files.About]
    """What was read out of the files, by attachment."""
    notes: list[NoteLine]


def whole(
    report: Report,
    messages: Iterable[Message],
    found: Iterable[Finding] = (),
    attached: Iterable[Attachment] = (),
    written: Iterable[Note] = (),
    *,
    by: Actor,
) -> Whole:
    """These messages of one report with their words, in the order given, the desk's own words, these findings, what these
    files tell, and these notes. One query for the key of all."""
    _refuse_unless_reader(by)
    box = vault.boxes_of("content", [report.pk]).get(report.pk)
    told = media_files.about(attached, box)
    return Whole(
        _lines(messages, box),
        _about(report, box),
        findings.opened(found, box),
        told,
        [_note(note, box) for note in written],
    )


def conversation(report: Report, messages: Iterable[Message], *, by: Actor) -> list[Line]:
    """The messages alone. One query."""
    return whole(report, messages, by=by).lines


def _lines(messages: Iterable[Message], box: vault.Box | None) -> list[Line]:
    lines = []
    for message in messages:
        text = _open(box, "message.body", message.pk, message.body_sealed)
        details = _open(box, "message.details", message.pk, message.details_sealed)
        lines.append(Line(message, text, json.loads(details) if details else {}))
    return lines


def notes(written: Iterable[Note], *, by: Actor) -> list[NoteLine]:
    """These notes, of any reports, with their words, in the order given. One query."""
    _refuse_unless_reader(by)
    written = list(written)
    boxes = vault.boxes_of("content", {note.report_id for note in written}) if written else {}
    return [_note(note, boxes.get(note.report_id)) for note in written]


def _note(note: Note, box: vault.Box | None) -> NoteLine:
    return NoteLine(note, _open(box, "note.body", note.pk, note.body_sealed))


@dataclass(frozen=True)
class About:
    """What the desk has written down about a report: "" where nothing is, None where it does not open any more."""

    summary: str | None = field(repr=False)
    place_note: str | None = field(repr=False)
    outcome_note: str | None = field(repr=False)


def about(report: Report, *, by: Actor) -> About:
    """The desk's own words about a report. One query."""
    _refuse_unless_reader(by)
    return _about(report, vault.boxes_of("content", [report.pk]).get(report.pk))


def _about(report: Report, box: vault.Box | None) -> About:
    return About(
        _open(box, "report.summary", report.pk, report.summary_sealed),
        _open(box, "report.place_note", report.pk, report.place_note_sealed),
        _open(box, "report.outcome_note", report.pk, report.outcome_note_sealed),
    )


def outcome_note(report: Report, *, by: Actor) -> str | None:
    """The sentence with which the report was closed."""
    _refuse_unless_reader(by)
    box = vault.boxes_of("content", [report.pk]).get(report.pk)
    return _open(box, "report.outcome_note", report.pk, report.outcome_note_sealed)


def incident_note(incident: Incident, *, by: Actor) -> str | None:
    """The sentence with which the incident was closed; "" while it goes on."""
    _refuse_unless_reader(by)
    box = vault.boxes_of("content", [incident.pk]).get(incident.pk)
    return _open(box, "incident.note", incident.pk, incident.note_sealed)


def answers_to_all(answers: Collection[IncidentAnswer], *, by: Actor) -> Mapping[UUID, str | None]:
    """The words of answers to incidents. One query."""
    _refuse_unless_reader(by)
    boxes = vault.boxes_of("content", {answer.incident_id for answer in answers})
    return {
        answer.pk: _open(
            boxes.get(answer.incident_id), "incident_answer.text", answer.pk, answer.text_sealed
        )
        for answer in answers
    }


class Sealed(NamedTuple):
    """A sealed value: of which report, in which column ("message.body") of which row."""

    report_id: UUID
    column: str
    row: UUID
    value: vault.Buffer


def opened(sealed: Collection[Sealed], *, by: Actor) -> Iterator[tuple[Sealed, str]]:
    """Those that open, with their words, in the order given: for going through many. One query."""
    _refuse_unless_reader(by)
    boxes = vault.boxes_of("content", {one.report_id for one in sealed})
    for one in sealed:
        if not one.value or (box := boxes.get(one.report_id)) is None:
            continue
        try:
            yield one, box.open(one.column, one.row, one.value).expose()
        except vault.Unreadable:
            # Not told again and again: the page of its report says so.
            continue


def unreadable() -> str:
    """What a screen shows in place of words that do not open."""
    return _("Cannot be read – tell the administrator.")


def _refuse_unless_reader(by: Actor) -> None:
    if not by.may("read_report"):
        raise NotAllowed(_("Your account may not do this."))


def _open(box: vault.Box | None, column: str, row: UUID, sealed: vault.Buffer) -> str | None:
    if not sealed:
        return ""
    try:
        if box is None:
            raise vault.Unreadable
        return box.open(column, row, sealed).expose()
    except vault.Unreadable:
        logger.error("sealed value does not open", extra={"column": column, "row": str(row)})
        return None

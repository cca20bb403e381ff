"""The words of an assignment: sealed under its own key, opened for the desk that wrote them and for the unit they are for.

The key of a report opens none of them, and theirs opens no report.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from reports.actors import Actor, NotAllowed
from reports.identity import vault
from reports.models import Assignment

logger = logging.getLogger(__name__)

BRIEF = "assignment.brief"
PLACE_NOTE = "assignment.place_note"
CLOSING_NOTE = "assignment.closing_note"


@dataclass(frozen=True)
class Words:
    """What the desk wrote and how it ended: "" where nothing is, None where it does not open any more."""

    brief: str | None = field(repr=False)
    place_note: str | None = field(repr=False)
    closing_note: str | None = field(repr=False)


def for_desk(assignments: Iterable[Assignment], *, by: Actor) -> Mapping[UUID, Words]:
    """The words of these assignments, of reports that this person was shown by `visible_to`. One query."""
    if not by.may("read_report"):
        raise NotAllowed(_("Your account may not do this."))
    return _opened(assignments)


def for_unit(assignments: Iterable[Assignment], *, by: Actor) -> Mapping[UUID, Words]:
    """The words of these tasks, that this person was shown by `for_unit_of`. One query."""
    if not by.may("work_assignment"):
        raise NotAllowed(_("Your account may not do this."))
    return _opened(assignments)


def close(assignment: Assignment, note: str) -> None:
    """Seal what is said at the end, in memory. The verb saves."""
    box = vault.box_of("dispatch", assignment.pk)
    assignment.closing_note_sealed = box.seal(CLOSING_NOTE, assignment.pk, note) if note else b""


def _opened(assignments: Iterable[Assignment]) -> Mapping[UUID, Words]:
    assignments = list(assignments)
    boxes = vault.boxes_of("dispatch", [one.pk for one in assignments]) if assignments else {}
    return {
        one.pk: Words(
            *(
                _open(boxes.get(one.pk), column, one.pk, sealed)
                for column, sealed in (
                    (BRIEF, one.brief_sealed),
                    (PLACE_NOTE, one.place_note_sealed),
                    (CLOSING_NOTE, one.closing_note_sealed),
                )
            )
        )
        for one in assignments
    }


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

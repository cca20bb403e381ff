"""What somebody has begun to write and not sent: kept sealed, for them alone, whatever becomes of the report meanwhile."""

import uuid

from django.db.models import IntegerField
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.actors import Actor, NotAllowed, Refused
from reports.identity import vault
from reports.models import Draft, Report
from reports.statements import THE_REPORT, Given, Statement

TEXT_LIMIT = 8000
"""More than any message or note may have: what is too long to send is still not lost."""


class DraftTooLong(Refused):
    code = "draft_too_long"


def keep(report: Report, kind: Draft.Kind, text: str, *, by: Actor) -> None:
    """Keep what this person is writing in place of what was kept before; blanks alone leave nothing behind.

    One statement: of two browsers of the same person, the last one wins.
    """
    if not Report.objects.visible_to(by).filter(pk=report.pk).exists():
        raise NotAllowed(_("Your account may not do this."))
    if len(text) > TEXT_LIMIT:
        raise DraftTooLong(_("This text is too long to be kept."))
    if not text.strip():
        forget(report, kind, by=by)
        return
    place = _place_of(report, kind, by)
    box = vault.box_of("content", report.pk)
    draft = Draft(
        pk=place,
        report=report,
        operator_id=by.pk,
        kind=kind,
        body_sealed=box.seal("draft.body", place, text),
        updated_at=timezone.now(),
    )
    Draft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["body_sealed", "updated_at"],
    )


def forget(report: Report, kind: Draft.Kind, *, by: Actor) -> None:
    """It was sent, or taken back."""
    Draft.objects.filter(pk=_place_of(report, kind, by)).delete()


BEGUN = Statement(
    lambda: Draft.objects.filter(report=THE_REPORT, operator=Given("operator", IntegerField()))
)


def of(report: Report, *, by: Actor) -> dict[str, str]:
    """What this person has begun on a report that they were shown, by kind. What does not open any more is left out."""
    drafts = BEGUN.ask(report=report.pk, operator=by.pk)
    box = vault.boxes_of("content", [report.pk]).get(report.pk) if drafts else None
    if box is None:
        return {}
    texts = {}
    for draft in drafts:
        try:
            texts[draft.kind] = box.open("draft.body", draft.pk, draft.body_sealed).expose()
        except vault.Unreadable:
            continue
    return texts


def _place_of(report: Report, kind: Draft.Kind, by: Actor) -> uuid.UUID:
    """The row of this person's draft. Known beforehand, because what is sealed is bound to its row."""
    return uuid.uuid5(report.pk, f"{by.pk} {kind}")
